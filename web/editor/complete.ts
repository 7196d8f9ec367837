import type { GraphDocument } from '../shared/api.ts';
import { type Draft, emptySlot, outputOf } from './draft.ts';

/** Why a node is not computed yet. */
export type Gap =
  /** Slots without a wire. */
  | { readonly kind: 'slots'; readonly slots: readonly number[] }
  /** It waits for nodes that are not computed. */
  | { readonly kind: 'waits'; readonly for: readonly string[] }
  /** The engine refuses it: its own sentence. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

export interface Part {
  /** The largest part of the draft that is whole, without what only the page needs; null where nothing is. */
  readonly document: GraphDocument | null;
  readonly gaps: ReadonlyMap<string, Gap>;
}

/** What of a draft can be computed. `refused` are nodes that the engine did not take; what depends on them waits. Pure. */
export function completePart(draft: Draft, refused: ReadonlyMap<string, Gap> = new Map()): Part {
  const gaps = new Map<string, Gap>();
  for (const node of draft.nodes) {
    const slots = (node.inputs ?? []).flatMap((from, slot) => (from === emptySlot ? [slot] : []));
    const no = refused.get(node.id);
    if (slots.length > 0) gaps.set(node.id, { kind: 'slots', slots });
    else if (no !== undefined) gaps.set(node.id, no);
  }
  const users = new Map<string, string[]>();
  for (const node of draft.nodes)
    for (const from of node.inputs ?? []) {
      const list = users.get(from);
      if (list) list.push(node.id);
      else users.set(from, [node.id]);
    }
  const waiting = [...gaps.keys()];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const user of users.get(id) ?? []) {
      const known = gaps.get(user);
      if (known === undefined) {
        gaps.set(user, { kind: 'waits', for: [id] });
        waiting.push(user);
      } else if (known.kind === 'waits' && !known.for.includes(id)) {
        gaps.set(user, { kind: 'waits', for: [...known.for, id] });
      }
    }
  }
  const nodes = draft.nodes.filter(({ id }) => !gaps.has(id));
  if (nodes.length === 0) return { document: null, gaps };
  const whole = new Set(nodes.map(({ id }) => id));
  const output = outputOf(draft, whole)!;
  // A seed has the shape of the output that it was given for.
  const { seed, ...rest } = draft;
  const isFor = output === outputOf(draft);
  return { document: { ...rest, nodes, output, ...(seed !== undefined && isFor ? { seed } : {}) }, gaps };
}
