import type { Words } from '../i18n/index.ts';
import type { DocumentNode, GraphDocument } from '../shared/api.ts';

/** What a node of a preset is called, by id. */
export interface NodeName {
  /** Beside the wire and in tables. For an operator: what it stands for, `apples` in "× apples". */
  readonly label: Words;
  /** Inside a sentence: "the price". Without it, the label. */
  readonly phrase?: Words;
  /** The output only: what its operator is called, where `label` names the result ("to pay"). */
  readonly operator?: Words;
}

export const presetGroups = ['apples', 'rules', 'functions', 'layers', 'loss', 'branches', 'networks'] as const;
export type PresetGroup = (typeof presetGroups)[number];

export interface Preset {
  /** Used in links: `#/graph?example=apple`. Never renamed. */
  readonly id: string;
  readonly group: PresetGroup;
  /** Section of "Deep Learning from Scratch" that it follows; null where the book has no such example. */
  readonly section: string | null;
  readonly title: Words;
  /** One line under the figure: what to look at. */
  readonly caption: Words;
  readonly names: Readonly<Record<string, NodeName>>;
  readonly document: GraphDocument;
}

export const words = (en: string, zh: string, ja: string): Words => ({ en, zh, ja });

/** The same in every language: `x`, `W`. */
export const symbol = (name: string): NodeName => ({ label: words(name, name, name) });

export const graph = (nodes: readonly DocumentNode[], seed?: GraphDocument['seed']): GraphDocument => ({
  format: 'backprop-graph',
  version: 1,
  nodes,
  ...(seed === undefined ? {} : { seed }),
});
