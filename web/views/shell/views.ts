import type { Component } from 'svelte';
import type { LateName } from '../../i18n/dictionary.ts';
import { loadWords } from '../../i18n/index.ts';
import type { Params, ViewName } from '../../page/route.ts';

/** A view gets what the address says about it, and writes back with `replaceParams`. */
export type View = Component<{ params: Params }>;

/** A chunk each, with its words: a visitor fetches only the views that are opened. */
const views: Record<ViewName, () => Promise<{ default: Component<never> }>> = {
  home: () => import('../home/HomeView.svelte'),
  graph: () => withWords(import('../graph/GraphView.svelte'), 'ops', 'graph', 'errors', 'editor'),
  digits: () => withWords(import('../digits/DigitsView.svelte'), 'ops'),
  train: () => withWords(import('../train/TrainView.svelte'), 'ops', 'train'),
};

async function withWords<T>(part: Promise<T>, ...words: LateName[]): Promise<T> {
  const [loaded] = await Promise.all([part, loadWords(...words)]);
  return loaded;
}

export async function loadView(name: ViewName): Promise<View> {
  // A view may leave its parameters alone; TypeScript has no type for "these props or fewer".
  return (await views[name]()).default as View;
}
