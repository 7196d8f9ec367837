import type { Attributes, DocumentNode, NestedNumbers, OpInfo } from '../shared/api.ts';
import { emptySlot } from './draft.ts';

/** What a leaf starts with. */
export const startValue = 1;

/** Attributes that an op cannot do without, with a value to start from. */
const starts: Readonly<Record<string, NonNullable<Attributes[string]>>> = {
  exponent: 2,
  shape: [-1],
  axes: [0],
  axis: 0,
  size: 2,
  kernel: 3,
  min: 0,
  max: 1,
};

export function startAttributes(op: OpInfo): Attributes {
  const given: Record<string, Attributes[string]> = {};
  for (const { name, type, required } of op.attributes) {
    if (!required) continue;
    given[name] = starts[name] ?? (type === 'boolean' ? false : type === 'integers' ? [1] : 1);
  }
  return given;
}

/** A new node of an op: slots empty, required attributes set, a leaf with its first value. */
export function newNode(op: OpInfo, id: string, value: NestedNumbers = startValue): DocumentNode {
  if (op.category === 'leaf') return { id, op: op.name, value };
  const attrs = startAttributes(op);
  return {
    id,
    op: op.name,
    inputs: op.inputs.map(() => emptySlot),
    ...(Object.keys(attrs).length === 0 ? {} : { attrs }),
  };
}

/** Something that the palette offers. */
export interface Choice {
  readonly op: OpInfo;
  /** What it is called in the reader's language. */
  readonly title: string;
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

/**
 * The choices that a search finds, best first: symbol or name as a whole, then names that begin with it, then words that do, then
 * anything that has it somewhere. All of them for an empty search, in the catalogue's order.
 */
export function search(choices: readonly Choice[], text: string): readonly Choice[] {
  const wanted = plain(text.trim());
  if (wanted === '') return choices;
  const symbols: Readonly<Record<string, string>> = { '*': '×', '/': '÷', '-': '−', '@': '·', x: '×' };
  const rank = ({ op, title }: Choice): number => {
    const names = [op.name, op.name.replaceAll('_', ' '), op.title, title].map(plain);
    if (op.symbol !== '' && (op.symbol === wanted || op.symbol === symbols[wanted])) return 0;
    if (names.includes(wanted)) return 1;
    if (names.some((name) => name.startsWith(wanted))) return 2;
    if (names.some((name) => name.split(' ').some((word) => word.startsWith(wanted)))) return 3;
    return names.some((name) => name.includes(wanted)) || plain(op.category).startsWith(wanted) ? 4 : Infinity;
  };
  return choices
    .map((choice, i) => ({ choice, i, rank: rank(choice) }))
    .filter((found) => found.rank < Infinity)
    .sort((a, b) => a.rank - b.rank || a.i - b.i)
    .map(({ choice }) => choice);
}

/** A leaf that is typed into the quick-add field: `100`, `tax = 1.1`, `W = [[1, 2], [3, 4]]`. */
export interface TypedLeaf {
  readonly name: string | null;
  readonly value: NestedNumbers;
}

export function typedLeaf(text: string): TypedLeaf | null {
  const parts = /^(?:([^=]+)=)?\s*([-+−.\d[].*)$/su.exec(text.normalize('NFKC').trim());
  if (parts === null) return null;
  const name = parts[1]?.trim() || null;
  const numbers = parts[2]!
    .replaceAll('−', '-')
    .replace(/(^|[[,\s+-])\.(?=\d)/g, '$10.')
    .replace(/^\+/, '');
  try {
    const value = JSON.parse(numbers) as unknown;
    return isNested(value) ? { name, value } : null;
  } catch {
    return null;
  }
}

/** Numbers, or lists of lists of equal lengths, with at least one number. */
function isNested(value: unknown): value is NestedNumbers {
  if (typeof value === 'number') return Number.isFinite(value);
  if (!Array.isArray(value) || value.length === 0 || !value.every(isNested)) return false;
  const shape = (each: NestedNumbers): string => (typeof each === 'number' ? '' : `${each.length},${shape(each[0]!)}`);
  return value.every((each) => shape(each) === shape(value[0] as NestedNumbers));
}
