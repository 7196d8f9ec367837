import type { DocumentNode } from '../shared/api.ts';
import type { Draft } from './draft.ts';

/** Letters that a new node is called by, as one would on paper. */
const letters: Readonly<Record<string, readonly string[]>> = {
  input: ['x', 'y', 'z'],
  parameter: ['w', 'b'],
  constant: ['c'],
  operator: ['p', 'q', 'r', 's', 'u', 'v'],
};

/** An id that nobody in the draft has: a free letter of its kind, then letters with numbers. */
export function freshName(taken: ReadonlySet<string>, op: string): string {
  const kind = letters[op] ?? letters['operator']!;
  for (const letter of kind) if (!taken.has(letter)) return letter;
  for (let n = 2; ; n += 1) for (const letter of kind) if (!taken.has(`${letter}${n}`)) return `${letter}${n}`;
}

/** `name`, or `name 2`, `name 3`, … where it is taken. */
export function freeName(taken: ReadonlySet<string>, name: string): string {
  if (!taken.has(name)) return name;
  const stem = name.replace(/ ?\d+$/, '') || name;
  const gap = /^[A-Za-z]$/.test(stem) ? '' : ' ';
  for (let n = 2; ; n += 1) if (!taken.has(`${stem}${gap}${n}`)) return `${stem}${gap}${n}`;
}

export const idsOf = (draft: Draft): Set<string> => new Set(draft.nodes.map(({ id }) => id));

/** Bytes of an id that the core still takes. */
const longestName = 256;
export const fitsName = (name: string): boolean =>
  name.trim() !== '' && new TextEncoder().encode(name).length <= longestName;

/** What a node is called where no other words are given. */
export const nameOf = (node: DocumentNode): string => node.label ?? node.id;
