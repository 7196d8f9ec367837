import { forget, recall, remember } from '../page/storage.ts';
import type { Draft } from './draft.ts';
import { parseDraft } from './read-draft.ts';

/** Graphs that were kept under a name, in this browser. */
export interface Kept {
  readonly key: string;
  readonly name: string;
  readonly nodes: number;
}

const index = 'graphs';
const place = (key: string): string => `graph.kept.${key}`;

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { key, name, nodes } = value as Record<string, unknown>;
  return typeof key === 'string' && typeof name === 'string' && typeof nodes === 'number';
}

/** The list, the last kept first. */
export function keptGraphs(): readonly Kept[] {
  try {
    const value = JSON.parse(recall(index) ?? '[]') as unknown;
    return Array.isArray(value) ? value.filter(isKept) : [];
  } catch {
    return [];
  }
}

export function readKept(key: string): Draft | null {
  const text = recall(place(key));
  return text === null ? null : parseDraft(text);
}

/** Keeps a draft under a name; one of the same name is replaced. Null where the browser keeps nothing. */
export function keep(name: string, draft: Draft): { readonly replaced: boolean } | null {
  const list = keptGraphs();
  const old = list.find((each) => each.name === name);
  const key = old?.key ?? newKey(list);
  if (!remember(place(key), JSON.stringify({ ...draft, title: name }))) return null;
  const entry: Kept = { key, name, nodes: draft.nodes.length };
  if (!remember(index, JSON.stringify([entry, ...list.filter((each) => each.key !== key)]))) return null;
  return { replaced: old !== undefined };
}

/** False where another graph has the name, or nothing is kept. */
export function renameKept(key: string, name: string): boolean {
  const list = keptGraphs();
  if (list.some((each) => each.name === name && each.key !== key)) return false;
  const draft = readKept(key);
  if (draft === null || !remember(place(key), JSON.stringify({ ...draft, title: name }))) return false;
  return remember(index, JSON.stringify(list.map((each) => (each.key === key ? { ...each, name } : each))));
}

/** Takes a graph out of the list and gives it back, so that it can be brought back. */
export function drop(key: string): Draft | null {
  const draft = readKept(key);
  remember(index, JSON.stringify(keptGraphs().filter((each) => each.key !== key)));
  forget(place(key));
  return draft;
}

const newKey = (list: readonly Kept[]): string => {
  for (let n = list.length + 1; ; n += 1) if (!list.some(({ key }) => key === String(n))) return String(n);
};
