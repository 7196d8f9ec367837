import type { GraphInfo } from '../shared/protocol';
import { assignLayers } from './layers';
import { entries } from './branch';
import { aroundRoom } from './late-parts.svelte';
import { joinLines } from './lines';
import { circleRadius, labelLine, ringReach, ringRadius } from './measures';
import { figureModel, type FigureModel, type FigureNode, type ModelOptions } from './model';
import { orderColumns, type Columns } from './order';
import { placeLines } from './place';
import { movedGrid, placeColumns, runNeed, type Grid } from './place-columns';
import { routeWires, type Routes } from './route';

export interface PlacedNode {
  readonly node: FigureNode;
  /** Centre of a circle or box; start of the wire of an input. */
  readonly x: number;
  readonly y: number;
}

/** The horizontal part of a node's outgoing wire: all numbers live here. */
export interface Run {
  readonly id: string;
  readonly y: number;
  /** The wire itself. */
  readonly x0: number;
  readonly x1: number;
  /** The gradient arrow points from `tail` back to `tip`. */
  readonly tip: number;
  readonly tail: number;
  /** Where labels are centred. */
  readonly middle: number;
}

export interface FigureLayout extends Routes {
  readonly model: FigureModel;
  /** The point of the document that lies at the top left corner. */
  readonly origin: readonly [x: number, y: number];
  /** Positions come from the document. */
  readonly stored: boolean;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly place: ReadonlyMap<string, PlacedNode>;
  readonly runs: ReadonlyMap<string, Run>;
}

export interface LayoutOptions extends ModelOptions {
  /** Width that the figure would like to fill at scale 1; runs stretch up to half their length towards it. */
  readonly width?: number | undefined;
  /** The layout of the same figure from before: ways of wires that still hold are taken from it. */
  readonly before?: FigureLayout | undefined;
  /** A sheet on which nodes stand where they were put: it reaches from (0, 0) of the document at least this far. */
  readonly room?: readonly [width: number, height: number] | undefined;
}

export interface Bounds {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Room right of a result for the step flag of the seed. */
const seedFlag = 76;

/** Room of a node with everything that belongs to it: labels, numbers, ring, flag. `runEnd` is where its run ends. */
export function nodeBounds(
  { node, x, y }: PlacedNode,
  runEnd: number,
  isEnd: boolean,
  labels: 'left' | 'above',
): Bounds {
  const leaf = node.shape === 'leaf';
  const half = leaf ? 0 : node.width / 2 + ringRadius - circleRadius;
  const left = leaf ? x - (labels === 'left' && node.label.length > 0 ? 12 + node.labelWidth : 4) : x - half;
  const right = Math.max(
    x + half,
    isEnd && !leaf ? runEnd + Math.max(12 + node.labelWidth, seedFlag) : runEnd,
    leaf && labels === 'above' ? x + node.labelWidth : x,
  );
  return {
    left,
    right,
    top: y - Math.max(node.extent.above, leaf ? (node.label.length * labelLine) / 2 : ringReach(node) + 26),
    bottom: y + Math.max(node.extent.below, leaf ? 0 : ringReach(node) + 4),
  };
}

/** A picture with the positions that the document gives: circles by their centres, inputs by the start of their wires. */
function storedGrid(model: FigureModel): Grid | null {
  const given = model.nodes.filter((node) => node.position !== null);
  if (given.length === 0 || given.length * 2 < model.nodes.length) return null;
  const at = new Map(given.map((node) => [node.id, node.position!]));
  // A few without a place (a constant that was written into its operator so far) come to stand beside what they belong to.
  for (const node of model.nodes) {
    if (at.has(node.id)) continue;
    const user = node.uses.map(({ to }) => at.get(to)).find((place) => place !== undefined);
    const feed = node.feeds.map(({ from }) => at.get(from)).find((place) => place !== undefined);
    const [x, y] = user ? [user[0] - 170, user[1] + 60] : feed ? [feed[0] + 190, feed[1]] : [160, 60];
    let down = y;
    while ([...at.values()].some(([ox, oy]) => Math.abs(ox - x) < 90 && Math.abs(oy - down) < 72)) down += 72;
    at.set(node.id, [x, down]);
  }
  return gridOf(model, at);
}

/** The grid of nodes that stand at given places. */
export function gridOf(model: FigureModel, at: ReadonlyMap<string, readonly [x: number, y: number]>): Grid {
  const origin = [0, 0] as const;
  const place = (id: string): readonly [number, number] => at.get(id) ?? origin;
  // Until it is there wires go straight.
  const room = aroundRoom.part;
  const bodies = room?.bodiesOf(model, place);
  const ends = new Map<string, number>();
  const runEnd = (id: string): number => {
    const known = ends.get(id);
    if (known !== undefined) return known;
    const node = model.byId.get(id)!;
    const [x, y] = place(id);
    const start = x + node.width / 2;
    // A user on the left takes nothing from the run: its wire turns back behind it.
    const free = Math.min(
      ...node.uses.map(({ to }) => place(to)[0] - (model.byId.get(to)?.width ?? 0) / 2).filter((edge) => edge > start),
    );
    const straight = node.uses.length === 1 && place(node.uses[0]!.to)[1] === y;
    const wanted = Math.max(start + 24, Math.min(start + runNeed(node), free - (straight ? 12 : 34)));
    const end = Math.max(start + 8, Math.min(wanted, (bodies ? room!.freeRun(bodies, id, start, y) : Infinity) - 14));
    ends.set(id, end);
    return end;
  };
  return {
    x: (id) => place(id)[0],
    y: (id) => place(id)[1],
    runEnd,
    lanes: () => [],
    columnEdge: (id) => place(id)[0] - (model.byId.get(id)?.width ?? 0) / 2 - 14,
    neighbours: () => [],
    around: bodies ? room!.around(model, bodies, place, runEnd, entries) : null,
    layer: null,
  };
}

function layeredGrid(model: FigureModel, options: LayoutOptions): Grid {
  const layer = assignLayers(model);
  const columns: Columns = orderColumns(model, layer, options.measures.labels === 'left');
  const lines = joinLines(model, layer, columns);
  const common = { model, layer, columns, lines };
  // Heights need to know which labels reach under the wires before them, that needs the widths, and those need the
  // slopes: two passes settle it. The second may only make the figure flatter, so nothing that was clear gets close.
  const tall = placeLines({ ...common, labelReaches: () => true });
  const first = placeColumns({ ...common, heights: tall, measures: options.measures, width: undefined });
  const heights = placeLines({ ...common, labelReaches: first.labelReaches });
  return placeColumns({ ...common, heights, measures: options.measures, width: options.width, slants: first.slants })
    .grid;
}

const margin = 8;

/**
 * Where everything of a graph stands, in px at scale 1: left to right in columns, inputs before what they feed, slot 0
 * above slot 1. Pure and deterministic; time grows about linearly with the graph.
 */
export function layoutGraph(info: GraphInfo, options: LayoutOptions): FigureLayout {
  const model = figureModel(info, options);
  return layoutModel(model, options);
}

export function layoutModel(model: FigureModel, options: LayoutOptions): FigureLayout {
  const stored = storedGrid(model);
  const grid = stored ?? layeredGrid(model, options);
  const raw: PlacedNode[] = model.nodes.map((node) => ({ node, x: grid.x(node.id), y: grid.y(node.id) }));
  const all = raw.map((placed) =>
    nodeBounds(placed, grid.runEnd(placed.node.id), placed.node.uses.length === 0, options.measures.labels),
  );
  const room = stored === null ? undefined : options.room;
  const first = room ? 0 : Infinity;
  const left = all.reduce((least, b) => Math.min(least, b.left - margin), all.length > 0 ? first : 0);
  const top = all.reduce((least, b) => Math.min(least, b.top - margin), all.length > 0 ? first : 0);
  const right = all.reduce(
    (most, b) => Math.max(most, b.right + margin),
    room?.[0] ?? (all.length > 0 ? -Infinity : 1),
  );
  const bottom = all.reduce(
    (most, b) => Math.max(most, b.bottom + margin),
    room?.[1] ?? (all.length > 0 ? -Infinity : 1),
  );
  const nodes = raw.map(({ node, x, y }) => ({ node, x: x - left, y: y - top }));
  const { runs, ...routes } = routeWires(
    model,
    stored === null
      ? movedGrid(grid, -left, -top)
      : gridOf(model, new Map(nodes.map(({ node, x, y }) => [node.id, [x, y] as const]))),
    options.before?.ways,
  );
  return {
    model,
    origin: [left, top],
    stored: stored !== null,
    width: Math.ceil(right - left),
    height: Math.ceil(bottom - top),
    nodes,
    place: new Map(nodes.map((placed) => [placed.node.id, placed])),
    runs,
    ...routes,
  };
}
