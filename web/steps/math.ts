import { formatNumber } from '../page/format.ts';
import type { OpInfo } from '../shared/api.ts';
import type { TextRole } from './rich-text.ts';
import { type AnyTensor, count, shownShape } from './numbers.ts';

/**
 * A formula as plain data: MathML elements, with the meaning that colours and outlines follow. `MathTree.svelte` turns it into
 * elements; nothing here is markup.
 */
export type MathNode =
  | {
      readonly tag: 'mi' | 'mn' | 'mo' | 'mtext';
      readonly text: string;
      readonly role?: TextRole;
      readonly stretchy?: boolean;
      /** One letter that is no variable: the T of a transpose. */
      readonly upright?: boolean;
      /** An operator between two terms, the first of which stands elsewhere. */
      readonly infix?: boolean;
    }
  /** A formula of the op catalogue, typeset at build time. Stands only in rows, never inside another element. */
  | {
      readonly tag: 'catalogue';
      readonly op: string;
      readonly part: 'value' | 'local' | 'backward';
      readonly slot: number;
      readonly source: string;
      /** What its letters are called in the graph, where they are not called as in the catalogue. */
      readonly letters?: Letters;
    }
  | {
      readonly tag: 'mrow' | 'mfrac' | 'msup' | 'msub' | 'munder' | 'mtable' | 'mtr' | 'mtd';
      readonly children: readonly MathNode[];
      readonly role?: TextRole;
      /** Id of the node that the number comes from: pointing at it outlines that node. */
      readonly origin?: string;
      /** Drawn as a filled label, like a number on an active wire. */
      readonly filled?: 'fwd' | 'grad';
      /** Stands for a number that is still to come: dotted. */
      readonly missing?: boolean;
      /** What a reader is told of a part that can be pointed at. */
      readonly name?: string;
    };

/** Names of a graph's nodes in place of the catalogue's letters, see letters.ts. */
export interface Letters {
  readonly inText: (text: string) => string;
  readonly inElement: (element: Element) => void;
  readonly inMath: (node: MathNode) => MathNode;
}

export const mi = (text: string, role?: TextRole): MathNode => ({ tag: 'mi', text, ...(role && { role }) });
export const mo = (text: string): MathNode => ({ tag: 'mo', text });
export const mn = (x: number, role?: TextRole): MathNode => {
  const text = formatNumber(Math.abs(x));
  const number: MathNode = { tag: 'mn', text, ...(role && { role }) };
  return x < 0 ? { tag: 'mrow', children: [mo('−'), { tag: 'mn', text }], ...(role && { role }) } : number;
};
export const row = (...children: MathNode[]): MathNode => ({ tag: 'mrow', children });
export const fraction = (over: MathNode, under: MathNode): MathNode => ({ tag: 'mfrac', children: [over, under] });
export const power = (base: MathNode, exponent: MathNode): MathNode => ({ tag: 'msup', children: [base, exponent] });
export const sub = (base: MathNode, index: MathNode): MathNode => ({ tag: 'msub', children: [base, index] });
export const transposed = (matrix: MathNode): MathNode => power(matrix, { tag: 'mi', text: 'T', upright: true });
export const words = (text: string): MathNode => ({ tag: 'mtext', text });

/** A formula of an op; null where the op has none. */
export function catalogue(op: OpInfo | undefined, part: 'value' | 'local' | 'backward', slot = 0): MathNode | null {
  if (op === undefined) return null;
  const listed = op.variadic ? Math.min(slot, op.inputs.length - 1) : slot;
  const source = part === 'value' ? op.formulas.value : op.formulas[part][listed];
  return source ? { tag: 'catalogue', op: op.name, part, slot: listed, source } : null;
}

const greek: Readonly<Record<string, string>> = { gamma: 'γ', beta: 'β', running_mean: 'μ', running_var: 'σ²' };

export const shownName = (name: string): string => greek[name] ?? name;

/** The name of a slot or an output as a symbol: `X`, `gamma` as γ, `x2` with its index lowered. */
export function symbol(name: string, role?: TextRole): MathNode {
  const [, letter, index] = /^(\p{L}\p{M}*)(\d+)$/u.exec(name) ?? [];
  if (letter !== undefined && index !== undefined) return sub(mi(letter, role), { tag: 'mn', text: index });
  return mi(shownName(name), role);
}

/** The name of an input; a variadic op counts on where its list ends. */
export function slotName(op: OpInfo | undefined, slot: number): string {
  const name = op?.inputs[slot]?.name;
  if (name !== undefined || op === undefined || !op.variadic) return name ?? 'x';
  return `${(op.inputs.at(-1)?.name ?? 'x').replace(/\d+$/, '')}${slot + 1}`;
}

export const parens = (inner: MathNode): MathNode => row(mo('('), inner, mo(')'));
export const brackets = (inner: MathNode): MathNode => row(mo('['), inner, mo(']'));

/** ∂over/∂under. */
export const derivative = (over: string, under: string): MathNode =>
  fraction(row(mo('∂'), symbol(over)), row(mo('∂'), symbol(under)));

/** The same in one line: ∂over / ∂under. */
export const linear = (over: string, under: string): MathNode =>
  row(mo('∂'), symbol(over), mo('/'), mo('∂'), symbol(under));

/** A brace under a term, with a word below it. */
export const braced = (term: MathNode, ...below: readonly string[]): MathNode => {
  const brace: MathNode = { tag: 'munder', children: [term, { tag: 'mo', text: '⏟', stretchy: true }] };
  return below.reduce<MathNode>((inner, text) => ({ tag: 'munder', children: [inner, words(text)] }), brace);
};

/** Matrices up to this many numbers are written out. */
const mostWritten = 12;
const mostColumns = 4;

/** A tensor as numbers: "2.2", a row in brackets, a matrix. Null where it is too large: then its shape and a heat map stand for it. */
export function tensorMath(tensor: AnyTensor, role?: TextRole): MathNode | null {
  const { data } = tensor;
  const shape = shownShape(tensor.shape);
  if (data === null) return null;
  if (count(shape) === 1 && data.length === 1) return mn(data[0] ?? NaN, role);
  const columns = shape.at(-1) ?? 0;
  if (shape.length > 2 || data.length === 0 || data.length > mostWritten || columns > mostColumns) return null;
  const rows: MathNode[] = [];
  for (let start = 0; start < data.length; start += columns) {
    const cells = Array.from(data.slice(start, start + columns), (x): MathNode => ({ tag: 'mtd', children: [mn(x)] }));
    rows.push({ tag: 'mtr', children: cells });
  }
  const table = brackets({ tag: 'mtable', children: rows });
  return role === undefined ? table : { tag: 'mrow', children: [table], role };
}

/** A number with the node it comes from. */
export const from = (origin: string, name: string, child: MathNode): MathNode => ({
  tag: 'mrow',
  children: [child],
  origin,
  name,
});

/** What is still to come, and when. */
export const missing = (when: string): MathNode => ({ tag: 'mrow', children: [words(when)], missing: true });
