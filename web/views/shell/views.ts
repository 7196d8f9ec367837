import type { Component } from 'svelte';
import type { Params, ViewName } from '../../page/route.ts';

/** A view gets what the address says about it, and writes back with `replaceParams`. */
export type View = Component<{ params: Params }>;

/** A chunk each: a visitor fetches only the views that are opened. */
const views: Record<ViewName, () => Promise<{ default: Component<never> }>> = {
  home: () => import('../home/HomeView.svelte'),
  graph: () => import('../graph/GraphView.svelte'),
  digits: () => import('../digits/DigitsView.svelte'),
  train: () => import('../train/TrainView.svelte'),
};

export async function loadView(name: ViewName): Promise<View> {
  // A view may leave its parameters alone; TypeScript has no type for "these props or fewer".
  return (await views[name]()).default as View;
}
