import type { Branch } from './branch';
import type { Point } from './path';
import { cuts, type Obstacle } from './route-around';
import type { Surroundings } from './surroundings';

/** The ways that were found last, and what stood around them. */
export interface Ways {
  readonly stands: Surroundings['stands'];
  /** By node and slot into which they lead. */
  readonly found: ReadonlyMap<string, Way>;
}

export interface Way {
  readonly from: string;
  readonly start: Point;
  readonly branch: Branch;
}

/** As far as a wire keeps from what it goes round, and a little. */
const reach = 24;

const same = (a: Obstacle, b: Obstacle | undefined): boolean =>
  a.x0 === b?.x0 && a.x1 === b.x1 && a.y0 === b.y0 && a.y1 === b.y1;

/**
 * Which of the ways found before still hold: those whose ends are where they were and near which nothing has changed. Dragging one node
 * looks for the ways of a few wires, not of all. Pure.
 */
export function keptWays(
  before: Ways | undefined,
  stands: Surroundings['stands'],
): (to: string, slot: number, from: string, start: Point) => Branch | null {
  if (before === undefined) return () => null;
  const changed: Obstacle[] = [];
  const moved = new Set<string>();
  for (const [id, box] of stands) {
    const old = before.stands.get(id);
    if (same(box, old)) continue;
    moved.add(id);
    changed.push(box, ...(old ? [old] : []));
  }
  for (const [id, box] of before.stands) if (!stands.has(id)) changed.push(box);
  return (to, slot, from, start) => {
    const way = before.found.get(`${to} ${slot}`);
    if (way?.from !== from || moved.has(to) || way.start[0] !== start[0] || way.start[1] !== start[1]) return null;
    const { points } = way.branch;
    for (const box of changed)
      for (let i = 1; i < points.length; i += 1) if (cuts(points[i - 1]!, points[i]!, box, reach)) return null;
    return way.branch;
  };
}
