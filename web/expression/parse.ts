import type { NestedNumbers } from '../shared/api.ts';
import { fail, type Wanted } from './errors.ts';
import { lex, type Token } from './lex.ts';
import {
  type Argument,
  type Expr,
  type InfixOp,
  type LeafOp,
  limits,
  type Named,
  type Program,
  type Span,
  type Statement,
} from './types.ts';

/** How strongly a sign holds what stands left of it; `^` also takes everything as strong at its right. */
const STRENGTH: Readonly<Record<string, number>> = { '+': 10, '-': 10, '*': 20, '/': 20, '@': 20, '·': 20, '^': 40 };
/** 3x: more than × and less than ^. */
const IMPLICIT = 25;
const PREFIX = 30;
/** More than every sign. */
const ATOM = 50;

const LEAVES: Readonly<Record<string, LeafOp>> = {
  param: 'parameter',
  parameter: 'parameter',
  const: 'constant',
  constant: 'constant',
  input: 'input',
};

/** Reads a program: statements apart by `;` or lines. Top-down operator precedence; nothing is ever evaluated. Throws ExpressionError. */
export function parse(source: string): Program {
  return new Parser(source).program();
}

class Parser {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = withoutInnerLines(lex(source));
  }

  program(): Program {
    const statements: Statement[] = [];
    for (;;) {
      while (this.#isSign(';') || this.#peek().kind === 'line') this.#next += 1;
      if (this.#peek().kind === 'end') break;
      if (this.#isOfPython()) {
        while (this.#peek().kind !== 'line' && this.#peek().kind !== 'end' && !this.#isSign(';')) this.#next += 1;
        continue;
      }
      statements.push(this.#statement());
      const token = this.#peek();
      if (token.kind === 'end' || token.kind === 'line' || this.#isSign(';')) continue;
      if (token.text === ')' || token.text === ']') this.#expected('end');
      const before = this.#tokens[this.#next - 1];
      if (startsValue(token) && before !== undefined) {
        fail('MissingOperator', token, { left: before.text, right: token.text });
      }
      this.#expected('end');
    }
    if (statements.length === 0) fail('Empty', { at: 0, length: this.#source.length }, {});
    const names = new Set(this.#tokens.filter(({ kind }) => kind === 'name').map(({ text }) => text));
    return { source: this.#source, statements, names };
  }

  /** Lines that come along when a program is copied, and compute nothing: `import torch`, `loss.backward()`, `print(loss)`. */
  #isOfPython(): boolean {
    const [first, second, third] = [this.#peek(), this.#peek(1), this.#peek(2)];
    if (first.kind !== 'name' || first.quoted === true) return false;
    if (second.kind === 'name') return first.text === 'import' || first.text === 'from';
    if (!isSign(second, '(') || this.#isDefinition()) return false;
    return first.text === 'print' || (first.text.endsWith('.backward') && isSign(third, ')'));
  }

  #statement(): Statement {
    const first = this.#peek();
    const second = this.#peek(1);
    if (first.kind === 'name' && first.quoted !== true) {
      if (first.text === 'seed' && isSign(second, ':')) {
        this.#next += 2;
        return { kind: 'seed', value: this.#literal().value };
      }
      const leaf = LEAVES[first.text];
      if (leaf !== undefined && second.kind === 'name') {
        this.#next += 1;
        const name = this.#name();
        if (!this.#isSign('=')) return { kind: 'define', name, leaf, value: null };
        this.#next += 1;
        const value = this.#expression(0);
        if (value.kind !== 'number' && value.kind !== 'tensor') fail('LiteralWanted', value, { name: name.text });
        return { kind: 'define', name, leaf, value };
      }
    }
    const derivative = this.#derivative();
    if (derivative !== null) return derivative;
    if (first.kind === 'name' && isSign(second, '=')) {
      const name = this.#name();
      this.#next += 1;
      return { kind: 'define', name, leaf: null, value: this.#expression(0) };
    }
    if (first.kind === 'name' && isSign(second, '(') && this.#isDefinition()) {
      const name = this.#name();
      const parameters = this.#parameters();
      this.#next += 1;
      return { kind: 'function', name, parameters, body: this.#expression(0) };
    }
    return { kind: 'express', value: this.#expression(0) };
  }

  /** Whether the parenthesis after this name closes before an `=`: then a function is being defined. */
  #isDefinition(ahead = 1): boolean {
    let depth = 0;
    for (let i = ahead; ; i += 1) {
      const token = this.#peek(i);
      if (token.kind === 'end' || isSign(token, ';')) return false;
      if (isSign(token, '(')) depth += 1;
      if (isSign(token, ')') && --depth === 0) return isSign(this.#peek(i + 1), '=');
    }
  }

  /** `f'(x) = …`, `df/dx = …`, `∂f/∂x = …`, `df/dx(x, y) = …`; null where none of them begins here. */
  #derivative(): Statement | null {
    const [first, second] = [this.#peek(), this.#peek(1)];
    if (first.kind === 'name' && isSign(second, "'")) {
      const of = this.#name();
      this.#next += 1;
      if (!this.#isSign('(')) this.#expected('open');
      const parameters = this.#parameters();
      this.#sign('=', 'equals');
      return { kind: 'derivative', of, by: null, parameters, body: this.#expression(0) };
    }
    const start = this.#next;
    const of = this.#differential();
    if (of !== null && this.#isSign('/')) {
      this.#next += 1;
      const by = this.#differential();
      if (by !== null && (this.#isSign('=') || (this.#isSign('(') && this.#isDefinition(0)))) {
        const parameters = this.#isSign('(') ? this.#parameters() : null;
        this.#sign('=', 'equals');
        return { kind: 'derivative', of, by, parameters, body: this.#expression(0) };
      }
    }
    this.#next = start;
    return null;
  }

  /** The `f` of `df` or `∂f`. */
  #differential(): Named | null {
    const token = this.#peek();
    if (isSign(token, '∂') && this.#peek(1).kind === 'name') {
      this.#next += 1;
      return this.#name();
    }
    if (token.kind !== 'name' || !/^d./u.test(token.text)) return null;
    this.#next += 1;
    return { text: token.text.slice(1), at: token.at + 1, length: token.length - 1 };
  }

  #parameters(): Named[] {
    const open = this.#take();
    const parameters: Named[] = [];
    while (!this.#isSign(')')) {
      const name = this.#name();
      if (parameters.some(({ text }) => text === name.text)) fail('ParameterTwice', name, { name: name.text });
      parameters.push(name);
      if (!this.#isSign(',')) break;
      this.#next += 1;
    }
    this.#close(')', open);
    if (parameters.length === 0) fail('Expected', this.#tokens[this.#next - 1] ?? open, { wanted: 'name', found: ')' });
    return parameters;
  }

  #expression(least: number): Expr {
    this.#depth += 1;
    if (this.#depth > limits.depth) fail('TooDeep', this.#peek(), { limit: limits.depth });
    let left = this.#prefix();
    for (;;) {
      const token = this.#peek();
      const strength = token.kind === 'sign' ? STRENGTH[token.text] : undefined;
      if (strength !== undefined) {
        if (strength <= least) break;
        this.#next += 1;
        // What follows `^` is read first, from the right.
        const right = this.#expression(token.text === '^' ? strength - 1 : strength);
        if (token.text === '/' && this.#isImplicit(right)) {
          fail('AmbiguousProduct', right, { over: this.#text(left), product: this.#text(right) });
        }
        left = infix(token.text as InfixOp, left, right);
      } else if (left.kind === 'number' && left.bare && this.#multipliesWithoutSign(token) && IMPLICIT > least) {
        left = infix('*', left, this.#expression(IMPLICIT));
      } else break;
    }
    this.#depth -= 1;
    return left;
  }

  /** 3x, 3(x + 1), 3[1, 2]: a name or a bracket follows a number in the same line. */
  #multipliesWithoutSign(token: Token): boolean {
    return token.kind === 'name' || ['(', '[', '√'].some((sign) => isSign(token, sign));
  }

  /** Whether a product was written without a sign and without parentheses around it. */
  #isImplicit(expr: Expr): boolean {
    if (expr.kind !== 'infix' || expr.op !== '*') return false;
    const { left, right } = expr;
    // With parentheses around it, the whole begins before its first factor.
    return (
      left.kind === 'number' && left.at === expr.at && this.#source.slice(left.at + left.length, right.at).trim() === ''
    );
  }

  #prefix(): Expr {
    const token = this.#take();
    if (token.kind === 'number') return { kind: 'number', value: token.value ?? NaN, bare: true, ...spanOf(token) };
    if (token.kind === 'name') {
      if (!this.#isSign('(')) return { kind: 'name', name: token.text, ...spanOf(token) };
      return this.#methods(this.#call(token));
    }
    if (isSign(token, '-')) {
      const operand = this.#expression(PREFIX);
      const span = { at: token.at, length: operand.at + operand.length - token.at };
      if (operand.kind === 'number' && operand.bare) return { ...operand, value: -operand.value, ...span };
      return { kind: 'negate', operand, ...span };
    }
    if (isSign(token, '+')) {
      const operand = this.#expression(PREFIX);
      return { ...operand, at: token.at, length: operand.at + operand.length - token.at };
    }
    if (isSign(token, '√')) {
      const operand = this.#expression(ATOM);
      // √x² is read in both ways.
      const after = this.#peek();
      if (operand.kind !== 'call' && isSign(after, '^') && this.#text(operand).at(-1) !== ')') {
        fail('AmbiguousRoot', { at: token.at, length: after.at - token.at }, { operand: this.#text(operand) });
      }
      return called('sqrt', operand, token, operand.at + operand.length);
    }
    if (isSign(token, '|')) {
      const inner = this.#expression(0);
      const close = this.#close('|', token);
      return called('abs', inner, token, close.at + close.length);
    }
    if (isSign(token, '(')) {
      const inner = this.#expression(0);
      const close = this.#close(')', token);
      const span = { at: token.at, length: close.at + close.length - token.at };
      return this.#methods(inner.kind === 'number' ? { ...inner, bare: false, ...span } : { ...inner, ...span });
    }
    if (isSign(token, '[')) {
      this.#next -= 1;
      return this.#methods({ kind: 'tensor', ...this.#tensor() });
    }
    this.#next -= 1;
    return this.#expected('value');
  }

  /** `(x²).sum(axis=0)`, `f(x).T`: calls with what stands before the dot as their first input. */
  #methods(value: Expr): Expr {
    let result = value;
    while (this.#isSign('.') && this.#peek(1).kind === 'name') {
      this.#next += 1;
      const name = this.#take();
      if (this.#isSign('(')) result = this.#call(name, result);
      else if (name.text === 'T') result = called('transpose', result, name, name.at + name.length);
      else this.#expected('open');
      result = { ...result, at: value.at, length: result.at + result.length - value.at };
    }
    return result;
  }

  #call(name: Token, self: Expr | null = null): Expr {
    const open = this.#take();
    const args: Argument[] = self === null ? [] : [{ name: null, value: self }];
    while (!this.#isSign(')')) {
      const first = this.#peek();
      if (first.kind === 'name' && isSign(this.#peek(1), '=')) {
        const named = this.#name();
        this.#next += 1;
        args.push({ name: named, value: this.#expression(0) });
      } else {
        const value = this.#expression(0);
        if (args.some((arg) => arg.name !== null)) fail('PositionalAfterNamed', value, {});
        args.push({ name: null, value });
      }
      if (!this.#isSign(',')) break;
      this.#next += 1;
    }
    const close = this.#close(')', open);
    const span = { at: name.at, length: close.at + close.length - name.at };
    // `torch.tensor([1., 2.], requires_grad=True)` is its numbers.
    const [first, ...rest] = args;
    if (ARRAY.test(name.text) && isWritten(first?.value) && rest.every((arg) => arg.name !== null))
      return { ...first.value, ...(first.value.kind === 'number' ? { bare: false } : {}), ...span };
    const method = self === null ? {} : { method: true };
    return { kind: 'call', name: name.text, nameSpan: spanOf(name), args, ...method, ...span };
  }

  /** A number, vector or matrix that is written out. */
  #literal(): Span & { value: NestedNumbers } {
    const token = this.#peek();
    if (isSign(token, '[')) return this.#tensor();
    const sign = isSign(token, '-') ? -1 : 1;
    if (sign < 0 || isSign(token, '+')) this.#next += 1;
    const number = this.#peek();
    if (number.kind !== 'number') this.#expected('literal');
    this.#next += 1;
    return { value: sign * (number.value ?? NaN), at: token.at, length: number.at + number.length - token.at };
  }

  /** `[1, 2]`, `[1, 2; 3, 4]`, `[[1, 2], [3, 4]]`; commas between numbers may be left out. */
  #tensor(): Span & { value: NestedNumbers } {
    const open = this.#take();
    this.#depth += 1;
    if (this.#depth > limits.depth) fail('TooDeep', open, { limit: limits.depth });
    const rows: NestedNumbers[][] = [[]];
    while (!this.#isSign(']')) {
      const token = this.#peek();
      if (isSign(token, ';')) {
        this.#next += 1;
        rows.push([]);
        continue;
      }
      if (token.kind === 'name' || isSign(token, '(')) fail('NumbersOnly', token, { found: token.text });
      if (token.kind === 'end') fail('Unclosed', open, { bracket: '[' });
      const literal = this.#literal();
      const row = rows.at(-1) ?? [];
      const first = row[0] ?? rows[0]?.[0];
      if (first !== undefined && extentsOf(first) !== extentsOf(literal.value)) {
        const count = (value: NestedNumbers): number => (typeof value === 'number' ? 1 : value.length);
        fail('Ragged', literal, { row: row.length + 1, wanted: count(first), got: count(literal.value) });
      }
      row.push(literal.value);
      const after = this.#peek();
      if (isSign(after, ',')) this.#next += 1;
      else if (
        after.kind === 'sign' &&
        STRENGTH[after.text] !== undefined &&
        after.text !== '-' &&
        after.text !== '+'
      ) {
        fail('NumbersOnly', after, { found: after.text });
      }
    }
    // A last `;` opens no row.
    if (rows.length > 1 && rows.at(-1)?.length === 0) rows.pop();
    const close = this.#close(']', open);
    this.#depth -= 1;
    const wanted = rows[0]?.length ?? 0;
    const span = { at: open.at, length: close.at + close.length - open.at };
    rows.forEach((row, i) => {
      if (row.length !== wanted) fail('Ragged', span, { row: i + 1, wanted, got: row.length });
    });
    return { value: rows.length === 1 ? (rows[0] ?? []) : rows, ...span };
  }

  #name(): Named {
    const token = this.#peek();
    if (token.kind !== 'name') this.#expected('name');
    this.#next += 1;
    return { text: token.text, ...spanOf(token) };
  }

  #sign(text: string, wanted: Wanted): Token {
    if (!this.#isSign(text)) this.#expected(wanted);
    return this.#take();
  }

  #close(bracket: ')' | ']' | '|', open: Token): Token {
    const token = this.#peek();
    if (!isSign(token, bracket)) {
      if (token.kind === 'end') fail('Unclosed', open, { bracket: open.text });
      const before = this.#tokens[this.#next - 1];
      if (startsValue(token) && before !== undefined) {
        fail('MissingOperator', token, { left: before.text, right: token.text });
      }
      this.#expected('close');
    }
    this.#next += 1;
    return token;
  }

  #expected(wanted: Wanted): never {
    const token = this.#peek();
    const found = token.kind === 'line' ? '' : this.#source.slice(token.at, token.at + token.length);
    // At the end there is no character to point at but the last one.
    const span = token.kind === 'end' ? { at: Math.max(0, this.#source.trimEnd().length - 1), length: 1 } : token;
    return fail('Expected', span, { wanted, found });
  }

  #peek(ahead = 0): Token {
    const { length } = this.#tokens;
    const token = this.#tokens[Math.min(this.#next + ahead, length - 1)];
    if (token === undefined) throw new Error('there is always an end');
    return token;
  }

  #take(): Token {
    const token = this.#peek();
    if (token.kind !== 'end') this.#next += 1;
    else this.#next = this.#tokens.length;
    return token;
  }

  #isSign(text: string): boolean {
    return isSign(this.#peek(), text);
  }

  #text({ at, length }: Span): string {
    return this.#source.slice(at, at + length);
  }
}

/** Line ends within brackets, after a sign that still wants something, and before one that goes on, are white space. */
function withoutInnerLines(tokens: readonly Token[]): Token[] {
  let open = 0;
  const goesOn = (token: Token | undefined): boolean =>
    token?.kind === 'sign' && (STRENGTH[token.text] !== undefined || token.text === '=' || token.text === ',');
  return tokens.filter((token, i) => {
    if (isSign(token, '(') || isSign(token, '[')) open += 1;
    if (isSign(token, ')') || isSign(token, ']')) open = Math.max(0, open - 1);
    if (token.kind !== 'line') return true;
    let after = i + 1;
    while (tokens[after]?.kind === 'line') after += 1;
    let before = i - 1;
    while (tokens[before]?.kind === 'line') before -= 1;
    return open === 0 && !goesOn(tokens[before]) && !(goesOn(tokens[after]) && tokens[after]?.text !== '-');
  });
}

/** How libraries write an array of numbers. */
const ARRAY =
  /^(?:(?:np|numpy)\.(?:array|float64|float32)|torch\.[tT]ensor|tf\.(?:tensor|scalar|constant|Variable|variable))$/;
const isWritten = (expr: Expr | undefined): expr is Extract<Expr, { kind: 'number' | 'tensor' }> =>
  expr?.kind === 'number' || expr?.kind === 'tensor';

/** √x and |x| are calls. */
const called = (name: string, operand: Expr, sign: Token, end: number): Expr => ({
  kind: 'call',
  name,
  nameSpan: spanOf(sign),
  args: [{ name: null, value: operand }],
  at: sign.at,
  length: end - sign.at,
});

const isSign = (token: Token, text: string): boolean => token.kind === 'sign' && token.text === text;
const spanOf = ({ at, length }: Span): Span => ({ at, length });
const startsValue = (token: Token): boolean =>
  token.kind === 'number' || token.kind === 'name' || ['(', '[', '√'].some((sign) => isSign(token, sign));

const infix = (op: InfixOp, left: Expr, right: Expr): Expr => ({
  kind: 'infix',
  op,
  left,
  right,
  at: left.at,
  length: right.at + right.length - left.at,
});

/** `2x3` of a nested array whose rows are known to be equal. */
function extentsOf(value: NestedNumbers): string {
  const extents: number[] = [];
  for (
    let inner: NestedNumbers | undefined = value;
    inner !== undefined && typeof inner !== 'number';
    inner = inner[0]
  ) {
    extents.push(inner.length);
  }
  return extents.join('x');
}
