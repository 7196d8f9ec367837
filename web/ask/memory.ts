import type { MemoryEntry } from '../shared/api.ts';

/** Whether an entry is in memory after a step: from its forward step until its backward step has run. */
export const isKept = ({ from, until }: MemoryEntry, step: number): boolean => step >= from && step < until;

/** Arrays that are kept after a step. The same value kept by several nodes is one array. */
export function keptAt(
  entries: readonly MemoryEntry[],
  step: number,
): { readonly arrays: number; readonly bytes: number } {
  const arrays = new Map<string, number>();
  for (const entry of entries) {
    if (!isKept(entry, step)) continue;
    for (const { of, bytes } of entry.keeps) arrays.set(of, bytes);
  }
  let bytes = 0;
  for (const size of arrays.values()) bytes += size;
  return { arrays: arrays.size, bytes };
}
