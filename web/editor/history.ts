import type { Draft } from './draft.ts';
import { applyEdit, type Edit } from './edits.ts';

interface Entry {
  readonly before: Draft;
  readonly edit: Edit;
}

/** Drafts share what did not change, so every state is kept: undo is exact and has no end. */
export interface History {
  readonly past: readonly Entry[];
  readonly present: Draft;
  /** Undone, the next to come back first. */
  readonly future: readonly { readonly after: Draft; readonly edit: Edit }[];
}

export const newHistory = (present: Draft): History => ({ past: [], present, future: [] });

/**
 * Does an edit. `merge`: the edit goes on with the last one (another value of the same field while it is scrubbed), so that both are
 * undone at once. The same history where the edit changes nothing.
 */
export function perform(history: History, edit: Edit, merge = false): History {
  const present = applyEdit(history.present, edit);
  if (present === history.present) return history;
  const last = history.past[history.past.length - 1];
  const goesOn = merge && last !== undefined && history.future.length === 0 && continues(last.edit, edit);
  const past = goesOn
    ? [...history.past.slice(0, -1), { before: last.before, edit }]
    : [...history.past, { before: history.present, edit }];
  return { past, present, future: [] };
}

const continues = (last: Edit, next: Edit): boolean =>
  (last.type === 'value' && next.type === 'value' && last.id === next.id) ||
  (last.type === 'move' &&
    next.type === 'move' &&
    Object.keys(last.positions).join('\n') === Object.keys(next.positions).join('\n'));

export function undo(history: History): History {
  const last = history.past[history.past.length - 1];
  if (last === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: last.before,
    future: [{ after: history.present, edit: last.edit }, ...history.future],
  };
}

export function redo(history: History): History {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, { before: history.present, edit: next.edit }], present: next.after, future };
}
