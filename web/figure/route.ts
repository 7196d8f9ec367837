import { bend, circleRadius } from './measures';
import type { FigureModel, FigureNode } from './model';
import { crossesBox, distanceToSegment, headPolygon, roundedPath, type Point } from './path';
import type { Grid } from './place-columns';
import type { Run } from './layout';

/** The last part of a wire: from the end of the run (or of a passing lane) into a slot. */
export interface Wire {
  readonly from: string;
  readonly to: string;
  readonly slot: number;
  readonly points: readonly Point[];
  readonly d: string;
  readonly head: string;
}

/** A wire on its way past columns where it is not used. */
export interface Lane {
  readonly id: string;
  readonly points: readonly Point[];
  readonly d: string;
}

/** The free end of a result's wire. */
export interface End {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly head: string;
}

export interface Routes {
  readonly wires: readonly Wire[];
  readonly lanes: readonly Lane[];
  readonly ends: ReadonlyMap<string, End>;
  /** Where a value that is used more than once branches. */
  readonly forks: readonly { readonly id: string; readonly x: number; readonly y: number }[];
}

/** Where a wire coming from `from` meets a node: on the circle, or at a port of the box's left edge. */
function entry(
  node: FigureNode,
  at: Point,
  from: Point,
  side: { readonly place: number; readonly count: number },
): Point {
  const [x, y] = at;
  if (node.shape === 'circle') {
    const length = Math.hypot(x - from[0], y - from[1]) || 1;
    return [x - ((x - from[0]) / length) * (circleRadius + 1), y - ((y - from[1]) / length) * (circleRadius + 1)];
  }
  const dy = from[1] - y;
  const reach = node.height / 2 - 4;
  const spread = dy === 0 ? 0 : Math.sign(dy) * reach * ((side.place + 1) / (side.count + 1));
  return [x - node.width / 2 - 1, y + spread];
}

/** All lines of the figure, shifted by (dx, dy). */
export function routeWires(
  model: FigureModel,
  grid: Grid,
  dx: number,
  dy: number,
): Routes & { readonly runs: ReadonlyMap<string, Run> } {
  const wires: Wire[] = [];
  const lanes: Lane[] = [];
  const ends = new Map<string, End>();
  const runs = new Map<string, Run>();
  const forks: { id: string; x: number; y: number }[] = [];
  /** Runs that go straight on, with the place where their labels end if they must not. */
  const stretched: { id: string; tail: number }[] = [];
  const shift = (points: readonly Point[]): Point[] => points.map(([x, y]) => [x + dx, y + dy]);
  const layered = grid.layer;

  for (const node of model.nodes) {
    const y = grid.y(node.id);
    const x0 = grid.x(node.id) + node.width / 2;
    const runEnd = grid.runEnd(node.id);
    const passing = grid.lanes(node.id);
    let straight = node.uses.length === 0;

    let carrier: Point = [runEnd, y];
    const carriers = new Map<number, Point>();
    const own = layered?.(node.id) ?? 0;
    carriers.set(own, carrier);
    const branches = new Map<number, number>();
    for (const { to } of node.uses) {
      const l = layered ? layered(to) - 1 : own;
      branches.set(l, (branches.get(l) ?? 0) + 1);
    }
    for (const lane of passing) {
      const points: Point[] = [[carrier[0] - bend, carrier[1]], carrier, [lane.x0, lane.y], [lane.x1, lane.y]];
      lanes.push({ id: node.id, points: shift(points), d: roundedPath(shift(points)) });
      branches.set(lane.layer - 1, (branches.get(lane.layer - 1) ?? 0) + 1);
      carrier = [lane.x1, lane.y];
      carriers.set(lane.layer, carrier);
    }
    for (const [l, count] of branches) {
      const at = carriers.get(l);
      if (count > 1 && at) forks.push({ id: node.id, x: at[0] - bend + dx, y: at[1] + dy });
    }

    const samePair = new Map<string, number>();
    for (const { to } of node.uses) samePair.set(to, (samePair.get(to) ?? 0) + 1);
    const drawn = new Map<string, number>();
    let x1 = runEnd - bend;
    for (const { to, slot } of node.uses) {
      const consumer = model.byId.get(to);
      if (!consumer) continue;
      const start = carriers.get(layered ? layered(to) - 1 : own) ?? carrier;
      const centre: Point = [grid.x(to), grid.y(to)];
      const points: Point[] = [[start[0] - bend, start[1]]];
      const twins = samePair.get(to) ?? 1;
      if (twins > 1) {
        const i = drawn.get(to) ?? 0;
        drawn.set(to, i + 1);
        const bow = (i - (twins - 1) / 2) * 60;
        const middle = start[1] + bow;
        if (bow !== 0) points.push([start[0] + (centre[0] - start[0]) * 0.3, middle]);
      } else if (start[1] !== centre[1]) points.push(start);
      const before = points[points.length - 1]!;
      const level = twins === 1 && start[1] === centre[1];
      const above = before[1] < centre[1];
      const sameSide = consumer.feeds.filter(({ from }) => {
        const fromY = sourceHeight(grid, model, from, to, layered);
        return fromY !== centre[1] && fromY < centre[1] === above;
      });
      const order = sameSide.findIndex((feed) => feed.slot === slot);
      const place = above ? sameSide.length - 1 - order : order;
      let target = level
        ? ([centre[0] - consumer.width / 2 - 1, centre[1]] as Point)
        : entry(consumer, centre, before, { place: Math.max(0, place), count: Math.max(1, sameSide.length) });
      const blocked = grid.neighbours(to).some((other) => {
        const at: Point = [grid.x(other.id), grid.y(other.id)];
        if (other.shape === 'circle') return distanceToSegment(at, before, target) < circleRadius + 7;
        const reach = other.width / 2 + 7;
        const [ax, bx] = [at[0] - reach, at[0] + reach];
        const t = (xAt: number): number =>
          before[1] + ((target[1] - before[1]) * (xAt - before[0])) / (target[0] - before[0] || 1);
        return target[0] > ax && before[0] < bx && Math.abs(t(Math.max(ax, before[0])) - at[1]) < other.height / 2 + 7;
      });
      if (blocked) {
        // A straight line would cut through another node of the column: come down before the column instead.
        const port =
          centre[1] +
          ((consumer.feeds.findIndex((feed) => feed.slot === slot) + 1) / (consumer.feeds.length + 1) - 0.5) * 24;
        const edge: Point = [grid.columnEdge(to), port];
        points.push(edge);
        const inset =
          consumer.shape === 'circle'
            ? Math.sqrt((circleRadius + 1) ** 2 - (port - centre[1]) ** 2)
            : consumer.width / 2 + 1;
        target = [centre[0] - inset, port];
      }
      points.push(target);
      if (level && node.uses.length === 1 && passing.length === 0) {
        straight = true;
        stretched.push({ id: node.id, tail: runEnd - bend });
        x1 = target[0] - 11;
        points[0] = [x1, y];
      }
      const moved = shift(points);
      wires.push({
        from: node.id,
        to,
        slot,
        points: moved,
        d: roundedPath(moved),
        head: headPolygon(moved[moved.length - 2]!, moved[moved.length - 1]!),
      });
    }
    let end = runEnd - bend;
    if (node.uses.length === 0 && node.shape !== 'leaf') {
      end = runEnd;
      x1 = runEnd - 10;
      const tip: Point = [runEnd + dx, y + dy];
      ends.set(node.id, { id: node.id, x: tip[0], y: tip[1], head: headPolygon([tip[0] - 20, tip[1]], tip) });
    } else if (straight) end = x1;
    const leaf = node.shape === 'leaf';
    const tip = x0 + (leaf ? 4 : 12);
    runs.set(node.id, {
      id: node.id,
      y: y + dy,
      x0: x0 + dx,
      x1: end + dx,
      tip: tip + dx,
      tail: x1 + dx,
      middle: Math.round((tip + x1) / 2) + dx,
    });
  }
  const slopes = [...wires.map((wire) => ({ id: wire.from, points: wire.points })), ...lanes].flatMap(
    ({ id, points }) =>
      points.slice(1).flatMap((to, i) => (to[1] === points[i]![1] ? [] : [{ id, from: points[i]!, to }])),
  );
  for (const { id, tail } of stretched) clearLabels(model, runs, slopes, id, tail + dx);
  return { wires, lanes, ends, forks, runs };
}

/**
 * A wire that goes straight on has its labels in the middle of all of it. Where another wire crosses there, they move
 * back to the part before the slopes, which nothing crosses.
 */
function clearLabels(
  model: FigureModel,
  runs: Map<string, Run>,
  slopes: readonly { readonly id: string; readonly from: Point; readonly to: Point }[],
  id: string,
  tail: number,
): void {
  const run = runs.get(id)!;
  const { extent } = model.byId.get(id)!;
  const half = extent.width / 2 + 8;
  const crossed = slopes.some(
    ({ id: other, from, to }) =>
      other !== id &&
      crossesBox(from, to, run.middle - half, run.y - extent.above, run.middle + half, run.y + extent.below),
  );
  if (crossed) runs.set(id, { ...run, tail, middle: Math.round((run.tip + tail) / 2) });
}

/** Height at which the wire from `from` arrives before the column of `to`. */
function sourceHeight(grid: Grid, model: FigureModel, from: string, to: string, layered: Grid['layer']): number {
  if (!model.byId.has(from)) return 0;
  const passing = grid.lanes(from);
  const before = layered ? passing.find((lane) => lane.layer === layered(to) - 1) : undefined;
  return before?.y ?? grid.y(from);
}
