import type { DocumentNode, GraphDocument, NestedNumbers } from '../shared/api.ts';
import { writtenName } from './lex.ts';
import { limits } from './types.ts';

export interface PrintOptions {
  /** With `values`, the program says everything; without, only what a reader cannot keep: names of leaves stand for their values. */
  readonly values: boolean;
  /** `; ` for one line, a line end for a program. */
  readonly separator?: string;
}

/** A piece of text with how strongly it holds together; see STRENGTH in parse.ts. */
interface Piece {
  readonly text: string;
  readonly strength: number;
  readonly depth: number;
}

const SUM = 10;
const PRODUCT = 20;
const MINUS = 30;
const POWER = 40;
const ATOM = 100;
/** An expression gets a name of its own beyond this, and line breaks with it. */
const longest = 240;
const deepest = 30;

const leafOps = new Set(['input', 'parameter', 'constant']);
const INFIX: Readonly<Record<string, readonly [sign: string, strength: number]>> = {
  add: [' + ', SUM],
  sub: [' − ', SUM],
  mul: [' × ', PRODUCT],
  div: [' / ', PRODUCT],
  matmul: [' @ ', PRODUCT],
};
const KEYWORD: Readonly<Record<string, string>> = { input: '', parameter: 'param ', constant: 'const ' };

/**
 * A graph as a program that makes the same graph: a tree as one expression, what is used twice under a name. Null where the
 * document is no graph, or too large to be read as text.
 */
export function print(document: GraphDocument, { values, separator = '; ' }: PrintOptions): string | null {
  const order = ordered(document);
  const last = document.output ?? document.nodes.at(-1)?.id;
  if (order === null || last === undefined) return null;
  const uses = new Map<string, number>();
  for (const { inputs = [] } of order) for (const id of inputs) uses.set(id, (uses.get(id) ?? 0) + 1);

  const pieces = new Map<string, Piece>();
  const statements: string[] = [];
  let length = 0;
  const state = (text: string): void => {
    statements.push(text);
    length += text.length + separator.length;
  };
  let final = '';
  for (const node of order) {
    if (length > limits.length) return null;
    const used = uses.get(node.id) ?? 0;
    const name = writtenName(node.id);
    const named: Piece = { text: name, strength: ATOM, depth: 0 };
    if (leafOps.has(node.op)) {
      if (node.value === undefined) return null;
      const inline = node.op === 'constant' && typeof node.value === 'number' && used === 1 && node.id !== last;
      pieces.set(node.id, inline ? literal(node.value) : named);
      if (!inline && (values || used === 0)) state(`${KEYWORD[node.op] ?? ''}${name} = ${literal(node.value).text}`);
      if (node.id === last) final = name;
      continue;
    }
    const piece = operation(node, pieces);
    if (piece === null) return null;
    const isWhole = node.id === last && used === 0;
    if (isWhole) {
      final = piece.text;
    } else if (used === 1 && node.id !== last && piece.text.length <= longest && piece.depth <= deepest) {
      pieces.set(node.id, piece);
    } else {
      state(`${name} = ${piece.text}`);
      pieces.set(node.id, named);
      if (node.id === last) final = name;
    }
  }
  // Under names of their own, the result has one too: `L = …`.
  const result = order.find(({ id }) => id === last);
  const isNamed = final !== writtenName(last) && statements.length > 0 && result !== undefined;
  if (isNamed) final = `${writtenName(last)} = ${final}`;
  const seed = document.seed === undefined ? [] : [`seed: ${literal(document.seed).text}`];
  const text = [...statements, final, ...seed].join(separator);
  return text.length > limits.length || order.length > limits.nodes ? null : text;
}

function operation(node: DocumentNode, pieces: ReadonlyMap<string, Piece>): Piece | null {
  const inputs = (node.inputs ?? []).map((id) => pieces.get(id));
  if (inputs.some((piece) => piece === undefined)) return null;
  const given = inputs as Piece[];
  const depth = 1 + given.reduce((most, piece) => Math.max(most, piece.depth), 0);
  const [a, b] = given;
  if (node.attrs === undefined || Object.keys(node.attrs).length === 0) {
    const infix = INFIX[node.op];
    if (infix && a && b && given.length === 2) {
      const [sign, strength] = infix;
      return { text: `${atLeast(a, strength)}${sign}${atLeast(b, strength + 1)}`, strength, depth };
    }
    if (node.op === 'neg' && a && given.length === 1) {
      // −3 would be a number, and −−x is hard to read.
      const bare = /^[\d.]/.test(a.text) ? `(${a.text})` : atLeast(a, MINUS + 1);
      return { text: `−${bare}`, strength: MINUS, depth };
    }
    if (node.op === 'square' && a && given.length === 1)
      return { text: `${atLeast(a, POWER + 1)}^2`, strength: POWER, depth };
    // x^2 would be read as a square.
    if (node.op === 'pow' && a && b && given.length === 2 && b.text !== '2') {
      return { text: `${atLeast(a, POWER + 1)}^${atLeast(b, MINUS)}`, strength: POWER, depth };
    }
  }
  const attributes: string[] = [];
  for (const [name, value] of Object.entries(node.attrs ?? {})) {
    if (typeof value === 'string') return null;
    attributes.push(`${name}=${typeof value === 'boolean' ? value : literal(value).text}`);
  }
  const text = `${node.op}(${[...given.map((piece) => piece.text), ...attributes].join(', ')})`;
  return { text, strength: ATOM, depth };
}

const atLeast = (piece: Piece, strength: number): string =>
  piece.strength >= strength ? piece.text : `(${piece.text})`;

/** Matrices row by row, `[1, 2; 3, 4]`; more axes in nested brackets. */
function literal(value: NestedNumbers): Piece {
  if (typeof value === 'number') {
    const text = Object.is(value, -0) ? '−0' : String(value).replace(/^-/, '−');
    return { text, strength: text.startsWith('−') ? MINUS : ATOM, depth: 0 };
  }
  const isMatrix =
    value.length > 1 &&
    value.every((row) => Array.isArray(row) && row.length > 0 && row.every((x) => typeof x === 'number'));
  const rows = value.map((row) =>
    isMatrix && Array.isArray(row) ? row.map((x) => literal(x as NestedNumbers).text).join(', ') : literal(row).text,
  );
  return { text: `[${rows.join(isMatrix ? '; ' : ', ')}]`, strength: ATOM, depth: 0 };
}

/** Each node after its inputs, otherwise as the document has them. Null for ids that are missing, twice there or in a circle. */
function ordered({ nodes }: GraphDocument): DocumentNode[] | null {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  if (byId.size !== nodes.length) return null;
  const missing = new Map(nodes.map(({ id, inputs = [] }) => [id, new Set(inputs).size]));
  const consumers = new Map<string, string[]>();
  for (const { id, inputs = [] } of nodes) {
    for (const from of new Set(inputs)) {
      if (!byId.has(from)) return null;
      const list = consumers.get(from);
      if (list) list.push(id);
      else consumers.set(from, [id]);
    }
  }
  const place = new Map(nodes.map(({ id }, i) => [id, i]));
  const ready = nodes.filter(({ inputs = [] }) => inputs.length === 0).map(({ id }) => place.get(id) ?? 0);
  const order: DocumentNode[] = [];
  // Few are ready at a time; the earliest goes first.
  for (let next = ready.shift(); next !== undefined; next = ready.shift()) {
    const node = nodes[next];
    if (node === undefined) return null;
    order.push(node);
    for (const id of consumers.get(node.id) ?? []) {
      const left = (missing.get(id) ?? 0) - 1;
      missing.set(id, left);
      if (left > 0) continue;
      const at = place.get(id) ?? 0;
      let slot = ready.findIndex((other) => other > at);
      if (slot < 0) slot = ready.length;
      ready.splice(slot, 0, at);
    }
  }
  return order.length === nodes.length ? order : null;
}
