import type { Branch } from './branch';
import type { Ground } from './ground';
import type { Point } from './path';
import type { Wire } from './route';
import { cuts, grown, lengthBy, type Obstacle } from './route-around';
import { gaps, type Surroundings } from './surroundings';

/** The ways that were found last, and what stood around them. */
export interface Ways {
  readonly stands: Surroundings['stands'];
  readonly ground: Ground;
  /** By node and slot into which they lead. */
  readonly found: ReadonlyMap<string, Way>;
}

export interface Way {
  readonly from: string;
  readonly start: Point;
  readonly branch: Branch;
  /** What was drawn of it, unless its run went straight on into it. */
  readonly wire: Wire | null;
}

/** A node that has come, gone, or moved: where it stood and where it stands. */
export interface Move {
  readonly old: Obstacle | undefined;
  readonly now: Obstacle | undefined;
}

const same = (a: Obstacle | undefined, b: Obstacle): boolean =>
  a?.x0 === b.x0 && a.x1 === b.x1 && a.y0 === b.y0 && a.y1 === b.y1;

export function movesSince(before: Surroundings['stands'], stands: Surroundings['stands']): ReadonlyMap<string, Move> {
  const moves = new Map<string, Move>();
  for (const [id, now] of stands) {
    const old = before.get(id);
    if (!same(old, now)) moves.set(id, { old, now });
  }
  for (const [id, old] of before) if (!stands.has(id)) moves.set(id, { old, now: undefined });
  return moves;
}

/** A way along a node keeps no further off. */
const hug = 24;

const meets = (points: readonly Point[], box: Obstacle, by: number): boolean =>
  points.some((point, i) => i > 0 && cuts(points[i - 1]!, point, box, by));

/**
 * Which of the ways found before still hold: those whose ends are where they were, near which nothing has come to stand, and that would not be
 * shorter through what has become free. While something is `dragged` only those count as shorter that went along it: many long ones have a
 * way through any place, and there is a frame to keep; when it has been dropped they are all looked at. Pure.
 */
export function keptWays(
  found: Ways['found'],
  moves: ReadonlyMap<string, Move>,
  dragged: boolean,
): (to: string, slot: number, from: string, start: Point) => Way | null {
  return (to, slot, from, start) => {
    const way = found.get(`${to} ${slot}`);
    if (way?.from !== from || moves.has(to) || way.start[0] !== start[0] || way.start[1] !== start[1]) return null;
    const { points, reach = Infinity } = way.branch;
    const end = points[points.length - 1]!;
    for (const { old, now } of moves.values()) {
      if (now && meets(points, now, gaps[0])) return null;
      if (old && (dragged ? meets(points, old, hug) : lengthBy(start, end, grown(old, gaps[0])) < reach)) return null;
    }
    return way;
  };
}
