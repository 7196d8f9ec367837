import { describe, expect, it } from 'vitest';
import { fromAddress } from '../../../web/expression/address';
import { graphOf, problem } from './support';

/** A graph in one line, as nested calls. */
function told(source: string): string {
  const { nodes, output } = graphOf(source);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const tell = (id: string): string => {
    const node = byId.get(id);
    if (node === undefined) return '?';
    if (node.op === 'constant') return JSON.stringify(node.value);
    if (node.inputs === undefined) return id;
    const attrs = node.attrs === undefined ? [] : [JSON.stringify(node.attrs)];
    return `${node.op}(${[...node.inputs.map(tell), ...attrs].join(',')})`;
  };
  return tell(output ?? '');
}

describe('signs', () => {
  it.each([
    ['a + b + c', 'add(add(a,b),c)'],
    ['a - b - c', 'sub(sub(a,b),c)'],
    ['a + b * c', 'add(a,mul(b,c))'],
    ['(a + b) * c', 'mul(add(a,b),c)'],
    ['a / b / c', 'div(div(a,b),c)'],
    ['a ^ b ^ c', 'pow(a,pow(b,c))'],
    ['a ** b', 'pow(a,b)'],
    ['(x + y)^2', 'square(add(x,y))'],
    ['x²', 'square(x)'],
    ['x³', 'pow(x,3)'],
    ['-x', 'neg(x)'],
    ['-x^2', 'neg(square(x))'],
    ['(-x)^2', 'square(neg(x))'],
    ['a * -b', 'mul(a,neg(b))'],
    ['x^-1', 'pow(x,-1)'],
    ['-3', '-3'],
    ['x + -(3)', 'add(x,neg(3))'],
    ['a × b ÷ c − d', 'sub(div(mul(a,b),c),d)'],
    ['a · b', 'mul(a,b)'],
    ['3x', 'mul(3,x)'],
    ['3x^2 + 2(x + 1)', 'add(mul(3,square(x)),mul(2,add(x,1)))'],
    ['-2x', 'mul(-2,x)'],
    ['1e-3x', 'mul(0.001,x)'],
    ['x * .5', 'mul(x,0.5)'],
    ['１２．５ ＊ （ｘ ＋ y）', 'mul(12.5,add(x,y))'],
    ['a - -b', 'sub(a,neg(b))'],
    ['exp(-x)', 'exp(neg(x))'],
    ['Sigmoid(x)', 'sigmoid(x)'],
    ['ReLU(ln(x))', 'relu(log(x))'],
  ])('%s is %s', (source, wanted) => {
    expect(
      told(source.includes('=') || wanted !== '-3' ? source : `y = ${source} + 0`).replace('add(-3,0)', '-3'),
    ).toBe(wanted);
  });

  it('pow with 2 by name stays pow', () => {
    expect(told('pow(x, 2)')).toBe('pow(x,2)');
  });
});

describe('names', () => {
  it.each(['苹果 × 个数', 'りんご * 個数', 'цена × число', 'x₁ × x₂', 'affine1.weight + b', 'ä * ß'])(
    '%s',
    (source) => {
      const [a, b] = source.split(/ [×*+] /);
      expect(graphOf(source).nodes.map(({ id }) => id)).toEqual([a, b, 'y']);
    },
  );

  it('odd ones stand in backquotes', () => {
    expect(graphOf('`price of an apple` × `a\\`b`').nodes.map(({ id }) => id)).toEqual([
      'price of an apple',
      'a`b',
      'y',
    ]);
  });

  it('what is used twice is one node', () => {
    const { nodes } = graphOf('s = a + b; s × s + a');
    expect(nodes.map(({ op }) => op)).toEqual(['input', 'input', 'add', 'mul', 'add']);
    expect(nodes[3]?.inputs).toEqual(['s', 's']);
  });

  it('that only name another name are the same node', () => {
    const document = graphOf('a = b; a × b');
    expect(document.nodes.map(({ id }) => id)).toEqual(['b', 'y']);
    expect(document.nodes[1]?.inputs).toEqual(['b', 'b']);
  });

  it('may be defined after their use', () => {
    const { nodes, output } = graphOf('W = [1; 2]\nz = x @ W\nx = [3, 4]\nL = sum(z)');
    expect(nodes.map(({ id }) => id)).toEqual(['W', 'x', 'z', 'L']);
    expect(output).toBe('L');
  });

  it('keep value and kind that they have in the graph on show, and are 1 without any', () => {
    const present = graphOf('apple = 100; param w = 3; apple × w');
    const { nodes } = graphOf('apple × w + tax', present);
    expect(nodes.filter(({ inputs }) => !inputs).map(({ id, op, value }) => [id, op, value])).toEqual([
      ['apple', 'input', 100],
      ['w', 'parameter', 3],
      ['tax', 'input', 1],
    ]);
  });

  it('e and π are what they are unless somebody says otherwise', () => {
    expect(told('e^x')).toBe(`pow(${Math.E},x)`);
    expect(told('π × r²')).toBe(`mul(${Math.PI},square(r))`);
    expect(graphOf('e = 3; e × 2').nodes[0]).toMatchObject({ id: 'e', op: 'input', value: 3 });
  });
});

describe('values', () => {
  it.each([
    ['[1, 2, 3]', [1, 2, 3]],
    ['[1 -2 3e-1]', [1, -2, 0.3]],
    ['[1, 2; 3, 4]', [[1, 2], [3, 4]]],
    ['[[1, 2], [3, 4]]', [[1, 2], [3, 4]]],
    ['[1; 2]', [[1], [2]]],
    ['[[[1], [2]], [[3], [4]]]', [[[1], [2]], [[3], [4]]]],
    ['[\n 1, 2;\n 3, −4\n]', [[1, 2], [3, -4]]],
    ['-0.5', -0.5],
  ])('%s', (text, value) => {
    expect(graphOf(`x = ${text}; relu(x)`).nodes[0]).toEqual({ id: 'x', op: 'input', value });
  }); // prettier-ignore

  it('are inputs, parameters or constants', () => {
    const { nodes } = graphOf('x = 1; param w = 2; const c = 3; input q = 4; x + w + c + q');
    expect(nodes.slice(0, 4).map(({ op }) => op)).toEqual(['input', 'parameter', 'constant', 'input']);
  });

  it('a seed', () => {
    expect(graphOf('x = [1, 2]; relu(x); seed: [3, 4]').seed).toEqual([3, 4]);
  });
});

describe('programs', () => {
  it('the forward pass of a layer with its loss', () => {
    const { nodes, output } = graphOf(
      'x = [1, 2]; param W = [1, 2, 3; 4, 5, 6]; param b = [0, 0, 0]; t = 1\nz = x @ W + b; L = softmax_with_loss(z, t) # loss',
    );
    expect(nodes.map(({ id, op }) => `${id}:${op}`)).toEqual([
      'x:input',
      'W:parameter',
      'b:parameter',
      't:input',
      'h1:matmul',
      'z:add',
      'L:softmax_with_loss',
    ]);
    expect(output).toBe('L');
  });

  it('lines go on after a sign, before one, and within brackets', () => {
    expect(told('a +\nb')).toBe('add(a,b)');
    expect(told('a\n  × b')).toBe('mul(a,b)');
    expect(told('exp(\n a\n)')).toBe('exp(a)');
  });

  it('attributes by name, and by place after the inputs', () => {
    expect(told('x = [1, 2; 3, 4]; sum(x, axis=0, keepdims=true)')).toBe('sum(x,{"axis":0,"keepdims":true})');
    expect(told('x = [1, 2; 3, 4]; mean(x, [0, 1])')).toBe('mean(x,{"axis":[0,1]})');
    expect(told('x = [1, 2; 3, 4]; reshape(x, shape=[4])')).toBe('reshape(x,{"shape":[4]})');
  });

  it('· is the product of matrices, unless one side is a number', () => {
    expect(told('X = [1, 2; 3, 4]; W = [1; 2]; X · W')).toBe('matmul(X,W)');
    expect(told('X = [1, 2]; k = 3; k · X')).toBe('mul(k,X)');
    expect(told('X = [1, 2]; sum(X) · X')).toBe('mul(sum(X),X)');
  });

  it('intermediate results are called what was typed', () => {
    const { nodes } = graphOf('(apple*n + orange × m) * tax');
    expect(nodes.filter(({ inputs }) => inputs).map(({ label }) => label ?? '')).toEqual([
      'apple × n',
      'orange × m',
      'apple × n + orange × m',
      '',
    ]);
  });
});

describe('functions of the program', () => {
  it('become primitives, a block a call', () => {
    const { nodes } = graphOf('f(x) = x^2 + 3x; z = f(a) + f(b)');
    expect(nodes.map(({ op, group }) => [op, group ?? ''])).toEqual([
      ['input', ''],
      ['square', 'f'],
      ['constant', 'f'],
      ['mul', 'f'],
      ['add', 'f'],
      ['input', ''],
      ['square', 'f 2'],
      ['constant', 'f 2'],
      ['mul', 'f 2'],
      ['add', 'f 2'],
      ['add', ''],
    ]);
  });
  it('may call each other, in the outer block, and know the names around them', () => {
    const { nodes } = graphOf('g(u) = k × u; f(x) = g(x) + 1; z = f(a)');
    expect(nodes.map(({ id, group }) => [id, group ?? ''])).toEqual([
      ['a', ''],
      ['k', ''],
      ['h1', 'f'],
      ['c1', 'f'],
      ['z', 'f'],
    ]);
  });
});

describe('mistakes', () => {
  it.each([
    ['', 'Empty', ''],
    ['a + ', 'Expected', '+'],
    ['a + * b', 'Expected', '*'],
    ['(a + b', 'Unclosed', '('],
    ['a + b)', 'Expected', ')'],
    ['[1, 2', 'Unclosed', '['],
    ['a $ b', 'UnexpectedCharacter', '$'],
    ['a 🍎', 'UnexpectedCharacter', '🍎'],
    ['1.2.3 + a', 'BadNumber', '1.2.3'],
    ['1e999', 'BadNumber', '1e999'],
    ['a b', 'MissingOperator', 'b'],
    ['(a)(b)', 'MissingOperator', '('],
    ['f(a b)', 'MissingOperator', 'b'],
    ['1/2x', 'AmbiguousProduct', '2x'],
    ['sigmiod(x)', 'UnknownFunction', 'sigmiod'],
    ['x = 3; x(2)', 'NotAFunction', 'x'],
    ['relu(x, y)', 'WrongArity', 'relu(x, y)'],
    ['softmax_with_loss(x)', 'WrongArity', 'softmax_with_loss(x)'],
    ['f(x) = x; f(a, b)', 'WrongArity', 'f(a, b)'],
    ['sum(x, axes=0)', 'UnknownAttribute', 'axes'],
    ['sum(x, axis=0.5)', 'AttributeValue', '0.5'],
    ['sum(x, keepdims=1)', 'AttributeValue', '1'],
    ['sum(x, axis=0, axis=1)', 'AttributeTwice', 'axis'],
    ['sum(axis=0, x)', 'PositionalAfterNamed', 'x'],
    ['reshape(x)', 'AttributeMissing', 'reshape(x)'],
    ['a = 1; a = 2', 'DefinedTwice', 'a'],
    ['a = b; b = a', 'CyclicDefinition', 'a'],
    ['x = x + 1', 'CyclicDefinition', 'x'],
    ['f(x) = f(x); f(a)', 'RecursiveFunction', 'f'],
    ['f(x, x) = x; f(1, 2)', 'ParameterTwice', 'x'],
    ['sum(x) = x', 'ClashWithOp', 'sum'],
    ['x = [1, 2]; x @ W', 'ValueNeeded', 'W'],
    ['softmax_with_loss(z, t)', 'ValueNeeded', 'z'],
    ['[1, 2; 3]', 'Ragged', '[1, 2; 3]'],
    ['[[1, 2], [3]]', 'Ragged', '[3]'],
    ['[a, 1]', 'NumbersOnly', 'a'],
    ['param W = a + b', 'LiteralWanted', 'a + b'],
    ["g'(x) = 1; x", 'DerivativeOfNothing', 'g'],
    ['f(x, y) = x y; x', 'MissingOperator', 'y'],
    ["f(x, y) = x × y; f'(x, y) = y; f(1, 2)", 'DerivativeBy', 'f'],
    ['f(x) = x', 'NothingToDraw', 'f(x) = x'],
    ['z = y = x', 'Expected', '='],
    ['`a', 'UnclosedQuote', '`'],
    ['constructor(x)', 'UnknownFunction', 'constructor'],
    ['x.constructor.constructor("alert(1)")()', 'UnexpectedCharacter', '"'],
    ['(('.repeat(200), 'TooDeep', '('],
    ['x'.padEnd(200_001, '+x'), 'TooLong', 'x'],
    ['x+x'.padEnd(20_001, '+x'), 'TooManyNodes', ''],
  ])('%s', (source, code, text) => {
    const found = problem(source);
    expect(found.code).toBe(code);
    if (text !== '') expect(found.text).toBe(text);
  });

  it('names the nearest function, and the circle', () => {
    expect(problem('sigmiod(x)').details).toMatchObject({ nearest: 'sigmoid' });
    expect(problem('sofmax(x)').details).toMatchObject({ nearest: 'softmax' });
    expect(problem('foobar(x)').details).toMatchObject({ nearest: null });
    expect(problem('a = b + 1; b = c; c = 2a; a').details).toEqual({ names: ['a', 'b', 'c', 'a'] });
  });

  it('a long sum and a long chain of definitions are read', () => {
    expect(graphOf(Array.from({ length: 4000 }, () => 'x').join('+')).nodes).toHaveLength(4000);
    const chain = ['a0 = 1', ...Array.from({ length: 1500 }, (_, i) => `a${i + 1} = a${i} + x`)];
    expect(graphOf(chain.join('\n')).nodes).toHaveLength(1502);
  });
});

it('a plus sign that became a space on its way is found again', () => {
  expect(fromAddress('(x y)^2')).toBe('(x+y)^2');
  expect(fromAddress('a = 3; a × b   a')).toBe('a = 3; a × b + a');
  expect(fromAddress('a * b')).toBe('a * b');
  expect(fromAddress('x = [1 2]; x')).toBe('x = [1 2]; x');
  expect(fromAddress('a $ b')).toBe('a $ b');
});

describe('as people type it', () => {
  it.each([
    // A middle dot is a sign, also without spaces.
    ['a·b', 'mul(a,b)'],
    ['a・b', 'mul(a,b)'],
    ['+x', 'x'],
    ['a - +b', 'sub(a,b)'],
    ['-2^2 + x', 'add(neg(square(2)),x)'],
    ['2^-x', 'pow(2,neg(x))'],
    ['x⁻¹', 'pow(x,-1)'],
    ['x⁻² y'.replace(' ', '×'), 'mul(pow(x,-2),y)'],
    ['√x + √(x + y)', 'add(sqrt(x),sqrt(add(x,y)))'],
    ['2√x', 'mul(2,sqrt(x))'],
    ['√(x)²', 'square(sqrt(x))'],
    ['|x − y|', 'abs(sub(x,y))'],
    ['|x| × |y|²', 'mul(abs(x),square(abs(y)))'],
    ['½(y − t)²', 'mul(0.5,square(sub(y,t)))'],
    ['¾x', 'mul(0.75,x)'],
    ['1_000x + 39_760', 'add(mul(1000,x),39760)'],
    ['x := 3; x × 2', 'mul(x,2)'],
    ['ａ＊＊２'.replace('ａ', 'a'), 'square(a)'],
    ['a……2', 'square(a)'],
    ['max(x, 0)', 'maximum(x,0)'],
    ['max(0, x)', 'maximum(0,x)'],
    ['min(a, b, c)', 'minimum(minimum(a,b),c)'],
    ['x = [1, 2]; max(x)', 'max(x)'],
    ['x = [1, 2]; max(x, axis=0)', 'max(x,{"axis":0})'],
    ['np.exp(x) + math.sin(x) + F.relu(x)', 'add(add(exp(x),sin(x)),relu(x))'],
    ['σ(x)', 'sigmoid(x)'],
    ['x = [1, 2]; ∑(x)', 'sum(x)'],
    ['X = 【1，2；3，4】; sum(X, axis=0, keepdims=True)', 'sum(X,{"axis":0,"keepdims":true})'],
    ['X = [1, 2; 3, 4]; X.T @ X', 'matmul(transpose(X),X)'],
    ['X = [1, 2; 3, 4]; Xᵀ', 'transpose(X)'],
    ['`X.T` = 2; X = 3; X.T × X', 'mul(X.T,X)'],
    ['tan(x)', 'div(sin(x),cos(x))'],
    ['TAN(x)', 'div(sin(x),cos(x))'],
    ['tan(x) = x; tan(y)', 'y'],
  ])('%s is %s', (source, wanted) => {
    expect(told(source)).toBe(wanted);
  });

  it('√ before a power is a question, not a guess', () => {
    expect(problem('√x²')).toMatchObject({ code: 'AmbiguousRoot', text: '√x' });
  });
  it.each([
    ['0x10', 'BadNumber', '0x10'],
    ['|x', 'Unclosed', '|'],
    ['√', 'Expected', '√'],
    ['tan(x, y)', 'WrongArity', 'tan(x, y)'],
  ])('%s', (source, code, text) => {
    expect(problem(source)).toMatchObject({ code, text });
  });
  it.each(['√', '|', '-', '+', '(', '[', 'exp('])('100,000 times %s is refused, not run into', (sign) => {
    expect(['TooDeep', 'TooLong']).toContain(problem(sign.repeat(100_000)).code);
  });
});

describe('the result', () => {
  it.each([
    ['a + b', 'y'],
    ['a + b; c × d', 'y'],
    ['z = a × b; L = z²', 'L'],
    ['a + b; z = c × d', 'z'],
    // Values that are given afterwards are inputs of it.
    ['z = a × b; a = 2; b = 3', 'z'],
    ['(a + b)²; a = 2; param b = 3; const c = 4', 'y'],
    ['y = f(a); f(x) = x²; a = 2', 'y'],
    ['L = W; W = [1, 2]', 'W'],
    ['z = a × b; a', 'a'],
    ['z = a × b; const b', 'z'],
    // Values alone: the last.
    ['a = 3', 'a'],
    ['a = 3; b = 4', 'b'],
  ])('of %s is %s', (source, wanted) => {
    expect(graphOf(source).output).toBe(wanted);
  });
});
