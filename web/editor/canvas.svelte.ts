/* eslint-disable svelte/prefer-svelte-reactivity -- states are replaced as a whole, never changed */
/** Scales that a canvas can be seen at. */
export const leastZoom = 0.6;
export const mostZoom = 2;
export const zoomStep = 1.2;
export const keptZoom = (zoom: number): number => Math.min(mostZoom, Math.max(leastZoom, zoom));

/** A wire that is being drawn, in px of the sheet. */
export interface PendingWire {
  readonly from: string;
  readonly x: number;
  readonly y: number;
  /** Where it would end. */
  readonly to: string | null;
  readonly slot: number | null;
  /** Why it may not end there. */
  readonly refusal: string | null;
}

export interface Marquee {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A place where something is to be added: by pointer in px of the window, and what it is to be connected with. */
export interface AddPlace {
  /** Null: beside the selection, or where the figure puts it. */
  readonly at: readonly [clientX: number, clientY: number] | null;
  /** A wire from this node was dropped on nothing: it leads to what is added. */
  readonly from: string | null;
}

export type Dialog = 'keys' | 'library' | 'connect' | 'rename' | 'note' | 'group' | 'values';

/** How the canvas is seen and what is being done on it. Nothing of this is part of the graph. */
export class Canvas {
  zoom = $state<number | null>(null);
  moves = $state.raw<ReadonlyMap<string, readonly [x: number, y: number]> | null>(null);
  wire = $state.raw<PendingWire | null>(null);
  marquee = $state.raw<Marquee | null>(null);
  adding = $state.raw<AddPlace | null>(null);
  dialog = $state<Dialog | null>(null);
  hovered = $state<string | null>(null);
  /** Blocks whose insides are shown. */
  openBlocks = $state.raw<ReadonlySet<string>>(new Set());
  palette = $state(false);

  toggleBlock(name: string): void {
    const next = new Set(this.openBlocks);
    if (!next.delete(name)) next.add(name);
    this.openBlocks = next;
  }
}
