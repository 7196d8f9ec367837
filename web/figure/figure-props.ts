import type { Snippet } from 'svelte';
import type { OpInfo, Tensor, TensorLike } from '../shared/api';
import type { Frame, GraphInfo } from '../shared/protocol';
import type { FigureLayout } from './layout';
import type { LitPath } from './lit-path';

/** An element of the tensor that a node computed, or of its gradient, was pressed. */
export type OnPick = (node: string, of: 'value' | 'grad', index: number[]) => void;

/** What is given to a figure. */
export interface FigureProps {
  readonly info: GraphInfo;
  readonly frame: Frame | null;
  readonly step: number;
  readonly ops: readonly OpInfo[];
  /** Label of a node in the reader's language; of the output, the name of the result. */
  readonly names?: (id: string) => string;
  /** Accessible name of a node ("× apples"); without it, symbol and label. */
  readonly fullNames?: ((id: string) => string) | undefined;
  readonly editable?: boolean;
  readonly onedit?: ((id: string, value: TensorLike) => void) | undefined;
  readonly selected?: string | null;
  readonly onselect?: ((id: string) => void) | undefined;
  /** Nodes named by an error: drawn broken and struck through. */
  readonly refused?: readonly string[];
  /** Why a node is not computed, for its accessible name. */
  readonly whyNot?: (id: string) => string | null;
  /** Tensors as heat maps, however small. */
  readonly maps?: boolean;
  /** Weights, biases and targets of a layer live in its box. */
  readonly foldParameters?: boolean;
  /** `fit`: the whole graph, where that leaves it legible. `follow`: the current step at full size, whole graph below. */
  readonly camera?: 'fit' | 'follow';
  readonly onpick?: OnPick | undefined;
  /** Cell of a heat map that is marked. */
  readonly picked?: { readonly node: string; readonly of: 'value' | 'grad'; readonly index: readonly number[] } | null;
  /** A path that is pointed at elsewhere: its wires are drawn strong. */
  readonly lit?: LitPath | null;
  /** Forward mode: how fast nodes move while a chosen input does, by node; shown with their values. */
  readonly tangents?: Readonly<Record<string, Tensor>> | null;
  /** Accessible name of the figure. */
  readonly label?: string | undefined;
  /** Nodes that are selected beside `selected`, where several may be. */
  readonly selection?: ReadonlySet<string> | undefined;
  /** Scale that the reader chose; null leaves it to the figure. */
  readonly zoom?: number | null;
  /** Least height of the canvas in px: room to build in. */
  readonly leastHeight?: number;
  /** Places of nodes that are being dragged, in px of the sheet. */
  readonly moves?: ReadonlyMap<string, readonly [x: number, y: number]> | null;
  /** Drawn over the graph, in px of the sheet. */
  readonly overlay?: Snippet<[layout: FigureLayout, scale: number]> | undefined;
}
