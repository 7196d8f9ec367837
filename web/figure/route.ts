import { branch } from './branch';
import type { Way, Ways } from './kept-ways';
import { bend } from './measures';
import type { FigureModel } from './model';
import { crossesBox, headPolygon, roundedPath, type Point } from './path';
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
  /** Of nodes that stand as they were put: what the next picture may take over. */
  readonly ways: Ways | undefined;
}

const columns = { branch };

/** Slopes of one figure: everything of its wires that is not horizontal. */
type Slope = { readonly id: string; readonly from: Point; readonly to: Point };

const slopesOf = (id: string, points: readonly Point[]): Slope[] =>
  points.slice(1).flatMap((to, i) => (to[1] === points[i]![1] ? [] : [{ id, from: points[i]!, to }]));

const wire = (from: string, to: string, slot: number, points: readonly Point[]): Wire => ({
  from,
  to,
  slot,
  points,
  d: roundedPath(points),
  head: headPolygon(points[points.length - 2]!, points[points.length - 1]!),
});

const count = <T>(items: Iterable<T>): Map<T, number> => {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
};

/** All lines of the figure. `before`: ways found for it the last time, of which those that still hold are taken. */
export function routeWires(
  model: FigureModel,
  grid: Grid,
  before?: Ways,
  dragged = false,
): Routes & { readonly runs: ReadonlyMap<string, Run> } {
  const around = grid.around?.(before, dragged);
  const found = new Map<string, Way>();
  const wires: Wire[] = [];
  const lanes: Lane[] = [];
  const ends = new Map<string, End>();
  const runs = new Map<string, Run>();
  const forks: { id: string; x: number; y: number }[] = [];
  /** Runs that go straight on, with the place where their labels end if they must not. */
  const stretched: { id: string; tail: number }[] = [];

  for (const node of model.nodes) {
    const { id } = node;
    const leaf = node.shape === 'leaf';
    const y = grid.y(id);
    const runEnd = grid.runEnd(id);
    const own = grid.layer?.(id) ?? 0;
    /** The column after which the wire to `to` leaves the run or lane. */
    const exit = (to: string): number => (grid.layer ? grid.layer(to) - 1 : own);

    const carriers = new Map<number, Point>([[own, [runEnd, y]]]);
    for (const lane of grid.lanes(id)) {
      const start = carriers.get(lane.layer - 1)!;
      // It ends where the next one begins: two strokes on one line are darker than one.
      const points: Point[] = [[start[0] - bend, start[1]], start, [lane.x0, lane.y], [lane.x1 - bend, lane.y]];
      lanes.push({ id, points, d: roundedPath(points) });
      carriers.set(lane.layer, [lane.x1, lane.y]);
    }
    const exits = [...node.uses.map(({ to }) => exit(to)), ...grid.lanes(id).map((lane) => lane.layer - 1)];
    for (const [column, ways] of count(exits)) {
      const at = carriers.get(column);
      if (ways > 1 && at) forks.push({ id, x: at[0] - bend, y: at[1] });
    }

    /** End of the wire's horizontal part, and of the gradient arrow on it. */
    let end = runEnd - bend;
    let tail = end;
    const twins = count(node.uses.map(({ to }) => to));
    const seen = new Map<string, number>();
    for (const { to, slot } of node.uses) {
      const consumer = model.byId.get(to)!;
      const twin = seen.get(to) ?? 0;
      seen.set(to, twin + 1);
      const start = carriers.get(exit(to)) ?? [runEnd, y];
      const last = around?.kept(to, slot, id, start);
      const wanted = { grid, from: id, start, consumer, slot, twin, twins: twins.get(to) ?? 1 };
      const way = last?.branch ?? (around ?? columns).branch(wanted);
      const stretches = way.level && exits.length === 1;
      let { points } = way;
      if (stretches) {
        stretched.push({ id, tail });
        end = tail = points[points.length - 1]![0] - 11;
        points = [[end, y], ...points.slice(1)];
      }
      const drawn = (!stretches && last?.wire) || wire(id, to, slot, points);
      if (around) found.set(`${to} ${slot}`, { from: id, start, branch: way, wire: stretches ? null : drawn });
      wires.push(drawn);
    }
    if (node.uses.length === 0 && !leaf) {
      end = runEnd;
      tail = runEnd - 10;
      ends.set(id, { id, x: runEnd, y, head: headPolygon([runEnd - 20, y], [runEnd, y]) });
    }
    const x0 = grid.x(id) + node.width / 2;
    const tip = x0 + (leaf ? 4 : 12);
    runs.set(id, { id, y, x0, x1: end, tip, tail, middle: Math.round((tip + tail) / 2) });
  }
  const slopes = [
    ...wires.flatMap((w) => slopesOf(w.from, w.points)),
    ...lanes.flatMap((l) => slopesOf(l.id, l.points)),
  ];
  for (const { id, tail } of stretched) clearLabels(model, runs, slopes, id, tail);
  return { wires, lanes, ends, forks, runs, ways: around?.ways(found) };
}

/**
 * A wire that goes straight on has its labels in the middle of all of it. Where another wire crosses there, they move
 * back to the part before the slopes, which nothing crosses.
 */
function clearLabels(
  model: FigureModel,
  runs: Map<string, Run>,
  slopes: readonly Slope[],
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
