import type { Around } from './around';
import type { Ways } from './kept-ways';
import { laneHalf, type Measures } from './measures';
import type { FigureModel, FigureNode } from './model';
import type { Columns, Item } from './order';

/** Where nodes stand, as the router needs it. */
export interface Grid {
  readonly x: (id: string) => number;
  readonly y: (id: string) => number;
  /** Where the horizontal run of a node's outgoing wire ends. */
  readonly runEnd: (id: string) => number;
  /** The columns that the wire of `id` passes by: entry, height, exit, from left to right. */
  readonly lanes: (
    id: string,
  ) => readonly { readonly layer: number; readonly x0: number; readonly x1: number; readonly y: number }[];
  /** Left edge of the widest node in the column of `id`, with a little room: wires have reached their height here. */
  readonly columnEdge: (id: string) => number;
  /** Other circles and boxes in the column of `id`. */
  readonly neighbours: (id: string) => readonly FigureNode[];
  /** Where nodes stand as they were put, wires go round what is in their way; null where columns keep them apart. */
  readonly around: ((before: Ways | undefined, dragged: boolean) => Around) | null;
  /** Column of a node. With stored positions there are no columns: all wires go straight from run to node. */
  readonly layer: ((id: string) => number) | null;
}

/** The same grid, shifted. */
export const movedGrid = (grid: Grid, dx: number, dy: number): Grid => ({
  ...grid,
  x: (id) => grid.x(id) + dx,
  y: (id) => grid.y(id) + dy,
  runEnd: (id) => grid.runEnd(id) + dx,
  lanes: (id) => grid.lanes(id).map((lane) => ({ ...lane, x0: lane.x0 + dx, x1: lane.x1 + dx, y: lane.y + dy })),
  columnEdge: (id) => grid.columnEdge(id) + dx,
});

/** Length of run that the labels of a node need. */
export const runNeed = (node: FigureNode): number => node.extent.width + 24;

export interface PlacedColumns {
  readonly grid: Grid;
  readonly slants: readonly number[];
  readonly labelReaches: (id: string) => boolean;
}

/** Widths: every column is as wide as its widest node, its longest run, and the slope of the wires that leave it. */
export function placeColumns(params: {
  readonly model: FigureModel;
  readonly layer: ReadonlyMap<string, number>;
  readonly columns: Columns;
  readonly lines: ReadonlyMap<Item, number>;
  readonly heights: readonly number[];
  readonly measures: Measures;
  readonly width: number | undefined;
  readonly slants?: readonly number[];
}): PlacedColumns {
  const { model, layer, columns, lines, heights, measures } = params;
  const layerOf = (id: string): number => layer.get(id) ?? 0;
  const lineOf = (id: string, l: number): number => {
    const item = columns.carrier(id, l);
    return item ? (heights[lines.get(item)!] ?? 0) : 0;
  };
  const y = (id: string): number => lineOf(id, layerOf(id));
  const count = columns.columns.length;
  const half = new Array<number>(count).fill(0);
  const run = new Array<number>(count).fill(0);
  const steepest = new Array<number>(count).fill(0);
  const parallel = new Array<boolean>(count).fill(false);
  const inColumn: FigureNode[][] = Array.from({ length: count }, () => []);
  const leafRun = (node: FigureNode): number =>
    Math.max(measures.inputRun, runNeed(node), measures.labels === 'above' ? node.labelWidth - 12 : 0);

  for (const node of model.nodes) {
    const l = layerOf(node.id);
    inColumn[l]!.push(node);
    half[l] = Math.max(half[l]!, node.width / 2);
    // A node narrower than its column has its run longer for free, up to the half width that it lacks.
    if (node.shape !== 'leaf') run[l] = Math.max(run[l]!, measures.run, runNeed(node));
    for (const { from } of node.feeds)
      steepest[l - 1] = Math.max(steepest[l - 1] ?? 0, Math.abs(lineOf(from, l - 1) - y(node.id)));
    if (new Set(node.feeds.map((f) => f.from)).size < node.feeds.length) parallel[l - 1] = true;
    for (let lane = l + 1; columns.carrier(node.id, lane); lane += 1) {
      steepest[lane - 1] = Math.max(steepest[lane - 1]!, Math.abs(lineOf(node.id, lane) - lineOf(node.id, lane - 1)));
    }
  }
  for (const node of model.nodes) {
    if (node.shape !== 'leaf') continue;
    const l = layerOf(node.id);
    run[l] = Math.max(run[l]!, l === 0 ? leafRun(node) : leafRun(node) - half[l]! - 8);
  }
  const [least, slope, most] = measures.slant;
  const slants = steepest.map((height, l) => {
    const needed = parallel[l] ? 78 : height < 1 ? 14 : Math.min(most, Math.max(least, Math.round(height * slope)));
    return Math.max(needed, params.slants?.[l] ?? 0);
  });

  const place = (stretch: number): { centre: number[]; end: number[]; width: number } => {
    const centre: number[] = [];
    const end: number[] = [];
    let at = 0;
    for (let l = 0; l < count; l += 1) {
      centre[l] = at + half[l]!;
      end[l] = centre[l]! + half[l]! + Math.round(run[l]! * stretch);
      at = end[l]! + slants[l]!;
    }
    return { centre, end, width: end[count - 1] ?? 0 };
  };
  const labelRoom = Math.max(0, ...inColumn[0]!.map((node) => (measures.labels === 'left' ? node.labelWidth + 12 : 0)));
  const endRoom = Math.max(
    0,
    ...model.nodes.map((node) => (node.uses.length === 0 ? Math.max(node.labelWidth + 12, 76) + 24 : 0)),
  );
  const natural = place(1).width;
  const free = (params.width ?? 0) - natural - labelRoom - endRoom;
  const total = run.reduce((a, b) => a + b, 0) || 1;
  const { centre, end } = place(1 + Math.min(0.5, Math.max(0, free / total)));

  const x = (id: string): number => {
    const node = model.byId.get(id)!;
    const l = layerOf(id);
    if (node.shape !== 'leaf') return centre[l]!;
    return l === 0 && half[0] === 0 ? 0 : Math.max(end[l]! - Math.max(leafRun(node), 118), centre[l]! - half[l]!);
  };
  const lanes = new Map<string, ReturnType<Grid['lanes']>>();
  const grid: Grid = {
    x,
    y,
    runEnd: (id) => end[layerOf(id)]!,
    lanes: (id) => {
      const known = lanes.get(id);
      if (known) return known;
      const result = [];
      for (let l = layerOf(id) + 1; columns.carrier(id, l); l += 1) {
        result.push({ layer: l, x0: centre[l]! - half[l]! - laneHalf, x1: end[l]!, y: lineOf(id, l) });
      }
      lanes.set(id, result);
      return result;
    },
    columnEdge: (id) => centre[layerOf(id)]! - half[layerOf(id)]! - 14,
    neighbours: (id) => inColumn[layerOf(id)]!.filter((node) => node.shape !== 'leaf' && node.id !== id),
    around: null,
    layer: layerOf,
  };
  const labelReaches = (id: string): boolean => {
    const node = model.byId.get(id)!;
    const l = layerOf(id);
    return l > 0 && x(id) - 12 - node.labelWidth < end[l - 1]! + 16;
  };
  return { grid, slants, labelReaches };
}
