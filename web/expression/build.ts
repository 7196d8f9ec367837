import { formatNumber } from '../page/format.ts';
import type { DocumentNode, GraphDocument, NestedNumbers, OpInfo } from '../shared/api.ts';
import { attributesOf, booleanOf } from './attributes.ts';
import { fail } from './errors.ts';
import { callable, findFunction, nearest, signature, withoutModule } from './functions.ts';
import { isPlainName } from './lex.ts';
import { mathConstant, Nodes } from './nodes.ts';
import { parse } from './parse.ts';
import { preludeFunction, preludeSignatures } from './prelude.ts';
import type { Expr, InfixOp, LeafOp, Named, Program, Span, Statement } from './types.ts';

export interface BuildOptions {
  readonly ops: readonly OpInfo[];
  /** The graph on show: names without a value keep the one that they have there. */
  readonly present?: GraphDocument | null;
}

export interface Built {
  readonly document: GraphDocument;
  readonly program: Program;
  /** Names that got 1, because nobody said anything else. */
  readonly assumed: readonly Named[];
}

type Define = Extract<Statement, { kind: 'define' }>;
export type FunctionStatement = Extract<Statement, { kind: 'function' }>;
/** What a name means inside a function: ids of the arguments, and the block that its nodes belong to. */
interface Scope {
  readonly names: ReadonlyMap<string, string>;
  readonly group: string;
}

const INFIX: Readonly<Record<InfixOp, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '@': 'matmul',
  '·': 'matmul',
  '^': 'pow',
};
const CHOICES: ReadonlyMap<string, string> = new Map([
  ['max', 'maximum'],
  ['min', 'minimum'],
]);
/** Beyond this a reader sees more in the graph than in its words. */
const longestLabel = 24;
const resultNames = ['y', 'z', 'L', 'out'];

/** The graph that a program describes. Throws ExpressionError; whether shapes fit, the core says. */
export function build(source: string, options: BuildOptions): Built {
  return new Builder(parse(source), options).build();
}

export class Builder {
  readonly program: Program;
  readonly nodes: Nodes;
  readonly #present: ReadonlyMap<string, DocumentNode>;
  readonly #definitions = new Map<string, Define>();
  readonly functions = new Map<string, FunctionStatement>();
  /** Names that have a node, or another name's. */
  readonly #ids = new Map<string, string>();
  /** What is being resolved now, outermost first: a name that comes again is a circle. */
  readonly #resolving: string[] = [];
  readonly #calls: string[] = [];
  readonly #groups = new Map<string, number>();
  readonly #assumed: Named[] = [];

  constructor(program: Program, { ops, present = null }: BuildOptions) {
    this.program = program;
    this.nodes = new Nodes(ops, program.names);
    const leaves = (present?.nodes ?? []).filter(({ op, value }) => leafOps.has(op) && value !== undefined);
    this.#present = new Map(leaves.map((node) => [node.id, node]));
    for (const statement of program.statements) this.#declare(statement);
  }

  build(): Built {
    const { statements } = this.program;
    let output: string | null = null;
    const last = resultOf(statements);
    let seed: NestedNumbers | undefined;
    statements.forEach((statement, i) => {
      if (statement.kind === 'seed') {
        if (seed !== undefined) fail('SeedTwice', { at: 0, length: this.program.source.length }, {});
        seed = statement.value;
      } else if (statement.kind === 'define') {
        const id = this.#resolve(statement.name);
        if (i === last) output = id;
      } else if (statement.kind === 'express') {
        const id = this.expand(statement.value, null, () =>
          i === last ? this.nodes.firstFree(resultNames) : this.nodes.fresh('h'),
        );
        if (i === last) output = id;
      } else if (statement.kind === 'derivative') this.#checkDerivative(statement);
    });
    if (output === null) fail('NothingToDraw', { at: 0, length: this.program.source.trimEnd().length }, {});
    const document: GraphDocument = {
      format: 'backprop-graph',
      version: 1,
      nodes: this.nodes.list,
      output,
      ...(seed === undefined ? {} : { seed }),
    };
    return { document, program: this.program, assumed: this.#assumed };
  }

  /** Adds the nodes of an expression; returns the id of its value. `id` names the node at its root, if it has one of its own. */
  expand(expr: Expr, scope: Scope | null, id?: () => string): string {
    switch (expr.kind) {
      case 'number':
      case 'tensor': {
        const label = typeof expr.value === 'number' ? { label: formatNumber(expr.value) } : {};
        return this.nodes.leaf(
          { id: this.nodes.fresh('c'), op: 'constant', value: expr.value, ...label, ...inGroup(scope) },
          expr,
        );
      }
      case 'name':
        return (
          scope?.names.get(expr.name) ??
          this.#transposed(expr, scope, id) ??
          this.#resolve({ text: expr.name, at: expr.at, length: expr.length })
        );
      case 'negate':
        return this.#operator('neg', [this.expand(expr.operand, scope)], expr, scope, id);
      case 'infix':
        return this.#infix(expr, scope, id);
      case 'call':
        return this.#call(expr, scope, id);
    }
  }

  /** `X.T`, `Xᵀ`: the transpose of a name that is known, unless the whole is a name of its own. */
  #transposed(expr: Extract<Expr, { kind: 'name' }>, scope: Scope | null, id?: () => string): string | undefined {
    const { name, at, length } = expr;
    const stem = /^(.+?)(?:\.T|ᵀ)$/u.exec(name)?.[1];
    if (stem === undefined || this.#isKnown(name, scope) || !this.#isKnown(stem, scope)) return undefined;
    const operand: Expr = { kind: 'name', name: stem, at, length: stem.length };
    return this.#operator('transpose', [this.expand(operand, scope)], { ...expr, length }, scope, id);
  }

  #isKnown(name: string, scope: Scope | null): boolean {
    return scope?.names.has(name) === true || this.#definitions.has(name) || this.#present.has(name);
  }

  /** Adds the body of a function of the program, with nodes for its parameters. */
  expandCall(name: string, args: readonly string[], span: Span, outer: Scope | null, id?: () => string): string {
    const definition = this.functions.get(name);
    if (definition === undefined) throw new Error(`no function ${name}`);
    const { parameters, body } = definition;
    if (args.length !== parameters.length) {
      const form = `${name}(${parameters.map(({ text }) => text).join(', ')})`;
      fail('WrongArity', span, { name, signature: form, wanted: parameters.length, got: args.length });
    }
    const again = this.#calls.indexOf(name);
    if (again >= 0) fail('RecursiveFunction', definition.name, { names: [...this.#calls.slice(again), name] });
    this.#calls.push(name);
    const names = new Map(parameters.map(({ text }, i) => [text, args[i] ?? '']));
    const result = this.expand(body, { names, group: outer?.group ?? this.#group(name) }, id);
    this.#calls.pop();
    return result;
  }

  #declare(statement: Statement): void {
    if (statement.kind === 'define') {
      const { name } = statement;
      if (this.#definitions.has(name.text)) fail('DefinedTwice', name, { name: name.text });
      this.#definitions.set(name.text, statement);
    } else if (statement.kind === 'function') {
      const { name } = statement;
      if (this.functions.has(name.text)) fail('DefinedTwice', name, { name: name.text });
      if (this.nodes.ops.some((op) => op.name === name.text)) fail('ClashWithOp', name, { name: name.text });
      this.functions.set(name.text, statement);
    }
  }

  /** The node of a name of the program: defined in it, in the graph on show, or assumed. */
  #resolve(name: Named): string {
    const known = this.#ids.get(name.text);
    if (known !== undefined) return known;
    const circle = this.#resolving.indexOf(name.text);
    if (circle >= 0) {
      const names = [...this.#resolving.slice(circle), name.text];
      fail('CyclicDefinition', this.#definitions.get(name.text)?.name ?? name, { names });
    }
    const definition = this.#definitions.get(name.text);
    if (this.functions.has(name.text) && definition === undefined)
      fail('Expected', name, { wanted: 'open', found: name.text });
    this.#resolving.push(name.text);
    const id = definition === undefined ? this.#free(name, null) : this.#define(definition);
    this.#resolving.pop();
    this.#ids.set(name.text, id);
    return id;
  }

  #define({ name, leaf, value }: Define): string {
    if (value === null) return this.#free(name, leaf);
    if (value.kind === 'number' || value.kind === 'tensor') {
      // Shown again after a new value was typed, an input stays an input and a parameter a parameter.
      const op = leaf ?? 'input';
      return this.nodes.leaf({ id: name.text, op, value: value.value }, name);
    }
    return this.expand(value, null, () => name.text);
  }

  #free(name: Named, leaf: LeafOp | null): string {
    const kept = this.#present.get(name.text);
    const id = name.text;
    if (kept?.value !== undefined) {
      const { value, label, op } = kept;
      return this.nodes.leaf(
        { id, op: leaf ?? (op as LeafOp), value, ...(label === undefined ? {} : { label }) },
        name,
      );
    }
    const constant = mathConstant(withoutModule(name.text));
    if (constant !== undefined && leaf === null) return this.nodes.leaf({ id, op: 'constant', value: constant }, name);
    if (leaf === null) this.#refuseRun(name);
    this.#assumed.push(name);
    return this.nodes.leaf({ id, op: leaf ?? 'input', value: 1 }, name);
  }

  /** `mx` where m and x have values, `πr`, `sinx`: a sign or a bracket was left out; a new name that would be 1 was not meant. */
  #refuseRun({ text, at, length }: Named): void {
    const isValue = (part: string): boolean => this.#isKnown(part, null);
    const isFunction = (part: string): boolean =>
      this.functions.has(part) ||
      findFunction(part, this.nodes.ops) !== undefined ||
      preludeFunction(part) !== undefined;
    const letters = Array.from(text);
    for (let i = 1; i < letters.length; i += 1) {
      const [left, right] = [letters.slice(0, i).join(''), letters.slice(i).join('')];
      const isRun =
        left === 'π'
          ? isPlainName(right) && !right.startsWith('_')
          : isValue(right) && (isValue(left) || isFunction(left));
      if (isRun) fail('MissingOperator', { at, length }, { left, right });
    }
  }

  #infix(expr: Extract<Expr, { kind: 'infix' }>, scope: Scope | null, id?: () => string): string {
    // The left side of a long sum is as deep as the sum is long: walked, not called.
    const spine: Extract<Expr, { kind: 'infix' }>[] = [];
    let first: Expr = expr;
    for (; first.kind === 'infix'; first = first.left) spine.push(first);
    let left = this.expand(first, scope);
    for (const part of spine.reverse()) left = this.#step(part, left, scope, part === expr ? id : undefined);
    return left;
  }

  #step(part: Extract<Expr, { kind: 'infix' }>, left: string, scope: Scope | null, id?: () => string): string {
    const { op, right } = part;
    if (op === '^' && right.kind === 'number' && right.value === 2 && findFunction('square', this.nodes.ops)) {
      return this.#operator('square', [left], part, scope, id);
    }
    const second = this.expand(right, scope);
    const name = op === '·' && this.#isPlainProduct(left, second) ? 'mul' : INFIX[op];
    if (name === 'matmul') this.#needValues([part.left, right], 'matmul', scope);
    return this.#operator(name, [left, second], part, scope, id);
  }

  #call(expr: Extract<Expr, { kind: 'call' }>, scope: Scope | null, id?: () => string): string {
    const method = this.#asFunction(expr, scope);
    if (method !== null) return this.#call(method, scope, id);
    const { name, nameSpan, args } = expr;
    if (this.functions.has(name)) {
      const named = args.find((arg) => arg.name !== null)?.name;
      if (named) fail('UnknownAttribute', named, { name: named.text, op: name, known: '' });
      return this.expandCall(
        name,
        args.map(({ value }) => this.expand(value, scope)),
        expr,
        scope,
        id,
      );
    }
    // `max(0, x)`: of several values it is the largest, of one array its largest element.
    const choice = CHOICES.get(withoutModule(name));
    // `np.max(X, 1)`, `X.max(1)`: there the number is an axis.
    const alongAxis = (expr.method === true || isOfArrays(name)) && args[1]?.value.kind === 'number';
    if (choice !== undefined && !alongAxis && args.length > 1 && args.every((arg) => arg.name === null)) {
      const [first, ...others] = args.map(({ value }) => this.expand(value, scope));
      return others.reduce(
        (left, right, i) =>
          this.#operator(choice, [left, right], expr, scope, i === others.length - 1 ? id : undefined),
        first ?? '',
      );
    }
    const op = findFunction(name, this.nodes.ops);
    const prelude = op === undefined ? preludeFunction(withoutModule(name).toLowerCase()) : undefined;
    if (prelude !== undefined && !this.#definitions.has(name)) {
      this.functions.set(name, prelude);
      return this.#call(expr, scope, id);
    }
    if (op === undefined) {
      if (this.#definitions.has(name) || this.#present.has(name) || scope?.names.has(name))
        fail('NotAFunction', nameSpan, { name });
      const known = [...callable(this.nodes.ops), ...preludeSignatures]
        .map((each) => each.name)
        .concat([...this.functions.keys()]);
      fail('UnknownFunction', nameSpan, { name, nearest: nearest(withoutModule(name), known) });
    }
    const given = args.filter((arg, i) => arg.name === null && !(i === 1 && isLastAxis(op, arg.value)));
    const wanted = op.inputs.length;
    // `concat(a, b, c)`: the last input may come again.
    const spare = isVariadic(op) ? [] : given.slice(wanted);
    // `sum(x, 0)`: what follows the inputs are attributes, in their order.
    const isAttribute = spare.length <= op.attributes.length && spare.every(({ value }) => isLiteral(value));
    if (given.length < wanted || !isAttribute) {
      fail('WrongArity', expr, { name: op.name, signature: signature(op), wanted, got: given.length });
    }
    const inputs = given.slice(0, given.length - spare.length);
    const attrs = attributesOf(
      op,
      [
        ...spare.map(({ value }, i) => ({
          name: op.attributes[i]?.name ?? '',
          at: value.at,
          length: value.length,
          value,
        })),
        ...args.flatMap((arg) =>
          arg.name && !(/^(?:dim|axis)$/.test(arg.name.text) && isLastAxis(op, arg.value))
            ? [{ name: arg.name.text, at: arg.name.at, length: arg.name.length, value: arg.value }]
            : [],
        ),
      ],
      expr,
    );
    if (needsTensor(op))
      this.#needValues(
        inputs.map(({ value }) => value),
        op.name,
        scope,
      );
    return this.#operator(
      op.name,
      inputs.map(({ value }) => this.expand(value, scope)),
      expr,
      scope,
      id,
      attrs,
    );
  }

  /** A call as libraries write it, in the words of the language: `x.sum()`, `X.mm(W)`, `X.view(-1)`, `softmax(X, dim=-1)`. Null: as it is. */
  #asFunction(expr: Extract<Expr, { kind: 'call' }>, scope: Scope | null): Extract<Expr, { kind: 'call' }> | null {
    const { name, nameSpan, args } = expr;
    const [, stem = '', last = ''] = /^(.+)\.([^.]+)$/u.exec(name) ?? [];
    if (stem !== '' && !this.functions.has(name) && withoutModule(name) === name && this.#isKnown(stem, scope)) {
      const self: Expr = { kind: 'name', name: stem, at: nameSpan.at, length: stem.length };
      const span = { at: nameSpan.at + stem.length + 1, length: last.length };
      return { ...expr, name: last, nameSpan: span, args: [{ name: null, value: self }, ...args], method: true };
    }
    if (expr.method !== true && !isOfArrays(name)) return null;
    const bare = withoutModule(name);
    const [first, ...rest] = args;
    if (first === undefined || this.functions.has(name)) return null;
    const call = (op: string, ...more: (typeof args)[number][]): typeof expr => ({
      kind: 'call',
      name: op,
      nameSpan,
      args: [first, ...more],
      at: expr.at,
      length: expr.length,
    });
    if (bare === 't' && rest.length === 0) return call('transpose');
    // Of all axes one; the op of that name keeps the first.
    const extents =
      bare === 'flatten' && rest.length === 0
        ? [-1]
        : rest.map(({ value }) => (value.kind === 'number' ? value.value : NaN));
    if (/^(?:view|reshape|flatten)$/.test(bare) && extents.length > 0 && extents.every(Number.isInteger)) {
      const value: Expr = { kind: 'tensor', value: extents, at: expr.at, length: expr.length };
      return call('reshape', { name: { text: 'shape', ...nameSpan }, value });
    }
    return bare === 'view' ? call('reshape', ...rest) : null;
  }

  #operator(
    op: string,
    inputs: readonly string[],
    expr: Expr,
    scope: Scope | null,
    id?: () => string,
    attrs?: DocumentNode['attrs'],
  ): string {
    const own = id?.();
    const label = own === undefined && scope === null ? this.#label(expr) : undefined;
    return this.nodes.operator(
      {
        id: own ?? this.nodes.fresh('h'),
        op,
        inputs,
        ...(attrs === undefined ? {} : { attrs }),
        ...(label === undefined ? {} : { label }),
        ...inGroup(scope),
      },
      expr,
    );
  }

  /** An intermediate result is called what was typed for it. */
  #label({ at, length }: Span): string | undefined {
    if (length > 2 * longestLabel) return undefined;
    const text = this.program.source
      .slice(at, at + length)
      .replace(/\s+/g, ' ')
      .replace(/^\(([^()]*)\)$/, '$1')
      .replace(/ ?[*] ?/g, ' × ')
      .replace(/-/g, '−');
    return text.length > longestLabel || /[#`]/.test(text) ? undefined : text;
  }

  /** Where an op wants arrays, a bare name must have a value: 1 would only be refused with less to go by. */
  #needValues(operands: readonly Expr[], op: string, scope: Scope | null): void {
    const info = this.nodes.ops.find(({ name }) => name === op);
    operands.forEach((operand, slot) => {
      if (operand.kind !== 'name' || scope?.names.has(operand.name)) return;
      const { name } = operand;
      const stem = /^(.+?)(?:\.T|ᵀ)$/u.exec(name)?.[1];
      if (stem !== undefined && !this.#isKnown(name, scope) && this.#isKnown(stem, scope)) return;
      const definition = this.#definitions.get(name);
      const hasValue =
        definition === undefined ? this.#present.has(name) : definition.value !== null || this.#present.has(name);
      if (!hasValue) fail('ValueNeeded', operand, { name, op, slot: info?.inputs[slot]?.name ?? '' });
    });
  }

  /** `a · b` of single numbers is their product; as in NumPy's `dot`, one number times an array too. */
  #isPlainProduct(left: string, right: string): boolean {
    const isNumber = (id: string): boolean => this.nodes.isScalar(id) && !this.#assumed.some(({ text }) => text === id);
    return isNumber(left) || isNumber(right) || (this.nodes.isScalar(left) && this.nodes.isScalar(right));
  }

  #checkDerivative({ of, by, parameters, body }: Extract<Statement, { kind: 'derivative' }>): void {
    const definition = this.functions.get(of.text);
    if (definition === undefined) fail('DerivativeOfNothing', of, { name: of.text });
    const own = parameters ?? definition.parameters;
    const form = definition.parameters.map(({ text }) => text).join(', ');
    if (own.length !== definition.parameters.length || (by === null && own.length !== 1)) {
      fail('DerivativeBy', of, { name: of.text, by: by?.text ?? '', parameters: form });
    }
    if (by !== null && !own.some(({ text }) => text === by.text)) {
      fail('DerivativeBy', by, { name: of.text, by: by.text, parameters: form });
    }
    void body;
  }

  /** A block a call: `f`, `f 2`, `f 3`. */
  #group(name: string): string {
    const count = (this.#groups.get(name) ?? 0) + 1;
    this.#groups.set(name, count);
    return count === 1 ? name : `${name} ${count}`;
  }
}

/**
 * The statement whose value is the result: the last that computes or names something. Values that are given after it, `y = x²; x = 3`, are
 * inputs of it; where there is nothing else, the last of them.
 */
function resultOf(statements: readonly Statement[]): number {
  const computes = (statement: Statement): boolean => {
    if (statement.kind === 'express') return true;
    if (statement.kind !== 'define' || statement.value === null) return false;
    return statement.value.kind !== 'number' && statement.value.kind !== 'tensor';
  };
  const found = statements.findLastIndex(computes);
  return found >= 0 ? found : statements.findLastIndex(({ kind }) => kind === 'define');
}

const leafOps = new Set(['input', 'parameter', 'constant']);
/** A name out of a library of arrays. */
const isOfArrays = (name: string): boolean => /^(?:np|numpy|torch|tf)\./.test(name);
const inGroup = (scope: Scope | null): { group?: string } => (scope === null ? {} : { group: scope.group });
const isLiteral = (expr: Expr): boolean =>
  expr.kind === 'number' || expr.kind === 'tensor' || (expr.kind === 'name' && booleanOf(expr.name) !== undefined);
const isVariadic = (op: OpInfo & { readonly variadic?: boolean }): boolean => op.variadic === true;
/** `softmax(X, dim=-1)` says what it does anyway. */
const isLastAxis = ({ name }: OpInfo, value: Expr): boolean =>
  /^(?:log_)?softmax$/.test(name) && value.kind === 'number' && value.value === -1;
/** Ops whose inputs are vectors or more by their meaning. */
const needsTensor = ({ category, name }: OpInfo): boolean =>
  ['linear', 'convolution', 'shape'].includes(category) || /softmax|_norm$/.test(name);
