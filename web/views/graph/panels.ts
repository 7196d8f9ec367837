import type { Component } from 'svelte';
import { withWords } from '../../ask/words.ts';
import type { LitPath } from '../../figure/lit-path.ts';
import { exportsWords } from '../../i18n/exports.ts';
import { t } from '../../i18n/index.ts';
import type { Tensor } from '../../shared/api.ts';
import type { GraphPage } from './graph-page.svelte.ts';

/** What a panel is given. It reads the graph from `page` and asks the engine through `engine` of `page/client.ts`. */
export interface PanelProps {
  readonly page: GraphPage;
  /** Id of the chosen node. */
  readonly selected: string | null;
  readonly onselect: (id: string) => void;
  /** Marks a node in the figure while something is hovered or focused; null takes the mark away. */
  readonly onpoint: (id: string | null) => void;
  /** Draws the wires of a path strong; null no longer. */
  readonly onlight: (path: LitPath | null) => void;
  /** Shows tangents with the values of the figure; null no longer. */
  readonly ontangents?: (tangents: Readonly<Record<string, Tensor>> | null) => void;
}

/** A panel that questions the graph. Its code is fetched when the reader opens it. */
export interface PanelEntry {
  readonly id: string;
  /** In the reader's language; read inside the template, so that it follows the language. */
  readonly title: () => string;
  /** `side`: beside the figure, 320 px wide. `below`: under the table of values, as wide as the figure. */
  readonly place: 'side' | 'below';
  readonly load: () => Promise<{ readonly default: Component<PanelProps> }>;
}

/** In the order of the page. */
export const panels: readonly PanelEntry[] = [
  {
    id: 'chain',
    title: () => t.graph.asked.chain,
    place: 'below',
    load: () => withWords(() => import('../../ask/ChainPanel.svelte')),
  },
  {
    id: 'nudge',
    title: () => t.graph.asked.nudge,
    place: 'below',
    load: () => withWords(() => import('../../ask/NudgePanel.svelte')),
  },
  {
    id: 'check',
    title: () => t.graph.asked.check,
    place: 'below',
    load: () => withWords(() => import('../../ask/CheckPanel.svelte')),
  },
  {
    id: 'forward',
    title: () => t.graph.asked.forward,
    place: 'below',
    load: () => withWords(() => import('../../ask/ForwardPanel.svelte')),
  },
  {
    id: 'memory',
    title: () => t.graph.asked.memory,
    place: 'below',
    load: () => withWords(() => import('../../ask/MemoryPanel.svelte')),
  },
  {
    id: 'shapes',
    title: () => t.graph.asked.shapes,
    place: 'below',
    load: () => withWords(() => import('../../ask/ShapePanel.svelte')),
  },
  {
    id: 'code',
    title: () => t.graph.asked.code,
    place: 'below',
    load: async () => (await Promise.all([import('./CodePanel.svelte'), exportsWords.load()]))[0],
  },
];
