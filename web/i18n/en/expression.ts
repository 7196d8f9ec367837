export const expression = {
  label: 'Expression',
  program: 'Program',
  draw: 'Draw',
  expand: 'Several lines',
  collapse: 'One line',
  undo: 'Previous graph',
  help: 'Type what is to be computed, then press Enter to draw it. Letters offer names and functions; arrow keys choose.',
  helpProgram: 'One statement a line. Control with Enter draws.',
  placeholder: 'for example (x + y)^2',
  tooLarge: 'This graph is too large to be written as an expression.',
  suggestions: 'Suggestions',
  offered: ({ count }: { count: number }) => (count === 1 ? '1 suggestion' : `${count} suggestions`),
  nameKind: 'name',
  preview: ({ inputs, operators }: { inputs: number; operators: number }) =>
    `${operators === 1 ? '1 operator' : `${operators} operators`}, ${inputs === 1 ? '1 input' : `${inputs} inputs`}`,
  drawn: ({ inputs, operators }: { inputs: number; operators: number }) =>
    `Drawn: ${operators === 1 ? '1 operator' : `${operators} operators`}, ${inputs === 1 ? '1 input' : `${inputs} inputs`}.`,
  assumed: ({ names }: { names: string }) => `Without a value, so 1: ${names}. Change it in the figure.`,
  assumedShape: ({ names }: { names: string }) =>
    `These have no value yet and were taken as 1: ${names}. Give them one, for example W = [1, 2; 3, 4].`,
  refused: 'The engine refuses this graph.',
  claimHolds: ({ title, points }: { title: string; points: number }) =>
    `${title} agrees with the engine’s gradient at ${points} points.`,
  claimFails: ({ title, x, claimed, engine }: { title: string; x: string; claimed: string; engine: string }) =>
    `${title} differs at ${x}: you wrote ${claimed}, the engine computes ${engine}.`,
  claimOpen: ({ title }: { title: string }) => `${title} could not be compared: the function takes no single numbers.`,

  wanted: {
    value: 'a number, a name or a parenthesis',
    open: 'an opening parenthesis',
    close: 'a closing bracket',
    name: 'a name',
    equals: 'an equals sign',
    end: 'the end of the statement',
    literal: 'a number or a list of numbers in brackets',
    comma: 'a comma',
  },
  type: {
    number: 'a number',
    integer: 'a whole number',
    boolean: 'true or false',
    integers: 'whole numbers, as in [0, 1]',
  },
  problems: {
    Empty: () => 'There is nothing to draw yet.',
    TooLong: ({ limit }: { limit: number }) => `The text is longer than ${limit} characters.`,
    TooDeep: ({ limit }: { limit: number }) =>
      `Brackets are nested more than ${limit} deep here. Give a part of it a name of its own.`,
    TooManyNodes: ({ limit }: { limit: number }) => `The graph would have more than ${limit} nodes.`,
    UnexpectedCharacter: ({ found }: { found: string }) =>
      `“${found}” has no meaning here. A name with unusual characters stands in backquotes.`,
    BadNumber: ({ found }: { found: string }) => `${found} is no number that can be computed with.`,
    UnclosedQuote: () => 'The backquote that ends this name is missing.',
    Expected: ({ wanted, found }: { wanted: string; found: string }) =>
      found === '' ? `Here ${wanted} is missing.` : `Here stands “${found}”; ${wanted} is wanted.`,
    Unclosed: ({ bracket }: { bracket: string }) => `This “${bracket}” is never closed.`,
    MissingOperator: ({ left, right }: { left: string; right: string }) =>
      `Between “${left}” and “${right}” an operator is missing. For a product write ×.`,
    AmbiguousRoot: ({ operand }: { operand: string }) =>
      `The root of ${operand} or of the whole power? Write √(${operand}^…) or (√${operand})^….`,
    AmbiguousProduct: ({ over, product }: { over: string; product: string }) =>
      `${over} / ${product} can be read in two ways. Put parentheses around ${product}, or write ×.`,
    NumbersOnly: ({ found }: { found: string }) =>
      `Only numbers can stand in square brackets; “${found}” cannot. Give it a name of its own.`,
    Ragged: ({ row, wanted, got }: { row: number; wanted: number; got: number }) =>
      `Row ${row} has ${got} numbers, the first has ${wanted}. All rows need the same length.`,
    LiteralWanted: ({ name }: { name: string }) =>
      `${name} needs a number or a list of numbers here; what is computed has no “param” or “const” before it.`,
    UnknownFunction: ({ name, nearest }: { name: string; nearest: string | null }) =>
      nearest === null
        ? `There is no function “${name}”. Control with Space lists them all.`
        : `There is no function “${name}”. Did you mean ${nearest}?`,
    NotAFunction: ({ name }: { name: string }) =>
      `${name} is a value and cannot be called. For a product write ${name} × (…).`,
    WrongArity: ({ signature, wanted, got }: { signature: string; wanted: number; got: number }) =>
      `${signature} takes ${wanted === 1 ? '1 input' : `${wanted} inputs`}; ${got === 1 ? '1 is' : `${got} are`} given.`,
    UnknownAttribute: ({ name, op, known }: { name: string; op: string; known: string }) =>
      known === '' ? `${op} has no settings, so no “${name}”.` : `${op} has no setting “${name}”. It has: ${known}.`,
    AttributeMissing: ({ name, op }: { name: string; op: string }) => `${op} also needs ${name}, as in ${name}=….`,
    AttributeValue: ({ name, op, type }: { name: string; op: string; type: string }) =>
      `${name} of ${op} must be ${type}.`,
    AttributeTwice: ({ name }: { name: string }) => `${name} is given twice.`,
    PositionalAfterNamed: () => 'Inputs come before settings with a name.',
    DefinedTwice: ({ name }: { name: string }) =>
      `${name} is already defined. In a graph a name stands for one value; take another name.`,
    ClashWithOp: ({ name }: { name: string }) =>
      `${name} is a function of the engine. Call your function something else.`,
    CyclicDefinition: ({ names }: { names: readonly string[] }) =>
      names.length === 2
        ? `${names[0]} is defined by itself.`
        : `These names are defined in a circle: ${names.join(' → ')}.`,
    RecursiveFunction: ({ names }: { names: readonly string[] }) =>
      `A function cannot call itself here, the graph would never end: ${names.join(' → ')}.`,
    ParameterTwice: ({ name }: { name: string }) => `The function has two parameters called ${name}.`,
    ValueNeeded: ({ name, op, slot }: { name: string; op: string; slot: string }) =>
      `${name} needs a value: ${op} takes an array for ${slot}. Write for example ${name} = [1, 2; 3, 4].`,
    DerivativeOfNothing: ({ name }: { name: string }) =>
      `There is no function ${name} to be differentiated. Define it first: ${name}(x) = ….`,
    DerivativeBy: ({ name, parameters }: { name: string; parameters: string }) =>
      `Say by which parameter ${name} is differentiated: it has ${parameters}. Write d${name}/dx = ….`,
    SeedTwice: () => 'The seed is given twice.',
    NothingToDraw: () => 'Functions alone draw nothing. Call one: z = f(a).',
  },
};
