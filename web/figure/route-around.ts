import { crossesBox } from './path';
import type { Point } from './path';

/** A rectangle that wires keep off. */
export interface Obstacle {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Turning costs as much as this many px of way: one long arc is calmer than two short ones. */
const turnCost = 24;
/** Obstacles that one wire may meet before its way is given up. */
const mostObstacles = 40;

const grown = ({ x0, y0, x1, y1 }: Obstacle, by: number): Obstacle => ({
  x0: x0 - by,
  y0: y0 - by,
  x1: x1 + by,
  y1: y1 + by,
});

const inside = ([x, y]: Point, { x0, y0, x1, y1 }: Obstacle): boolean => x > x0 && x < x1 && y > y0 && y < y1;

/** Whether the segment a–b comes nearer than `by` px to the rectangle; most lie far from each other, and that is cheap to see. */
export function cuts(a: Point, b: Point, { x0, y0, x1, y1 }: Obstacle, by = 0): boolean {
  const [left, top, right, bottom] = [x0 - by, y0 - by, x1 + by, y1 + by];
  if ((a[0] <= left && b[0] <= left) || (a[0] >= right && b[0] >= right)) return false;
  if ((a[1] <= top && b[1] <= top) || (a[1] >= bottom && b[1] >= bottom)) return false;
  return crossesBox(a, b, left, top, right, bottom);
}

/** The shortest way from the first to the last of `places` that cuts none of `walls`, as indices; null where there is none. */
function shortest(places: readonly Point[], walls: readonly Obstacle[]): number[] | null {
  const last = places.length - 1;
  const cost = new Array<number>(places.length).fill(Infinity);
  const via = new Array<number>(places.length).fill(-1);
  const done = new Array<boolean>(places.length).fill(false);
  const distance = (a: number, b: number): number =>
    Math.hypot(places[a]![0] - places[b]![0], places[a]![1] - places[b]![1]);
  cost[0] = 0;
  for (;;) {
    let here = -1;
    let least = Infinity;
    for (let i = 0; i < places.length; i += 1) {
      const wish = cost[i]! + distance(i, last);
      if (!done[i] && wish < least) [here, least] = [i, wish];
    }
    if (here < 0) return null;
    if (here === last) break;
    done[here] = true;
    for (let next = 1; next < places.length; next += 1) {
      const reached = cost[here]! + distance(here, next) + (next === last ? 0 : turnCost);
      if (done[next] || reached >= cost[next]! - 1e-9) continue;
      if (walls.some((wall) => cuts(places[here]!, places[next]!, wall))) continue;
      cost[next] = reached;
      via[next] = here;
    }
  }
  const way: number[] = [];
  for (let at = last; at > 0; at = via[at]!) way.unshift(at);
  return way;
}

/**
 * The corners of the shortest way from `from` to `to` that keeps `gap` px from all obstacles; empty where the straight line is free, null
 * where there is no way. Ends may lie within the gap of an obstacle (a wire ends at a node), then it is kept off as far as that allows;
 * an end inside an obstacle ignores it. Only obstacles that are met are looked at, so free wires cost next to nothing. Pure.
 */
export function wayAround(
  from: Point,
  to: Point,
  obstacles: readonly Obstacle[],
  gap: number,
  most = mostObstacles,
): Point[] | null {
  const room = (obstacle: Obstacle): number =>
    [gap, 0.5].find((by) => !inside(from, grown(obstacle, by)) && !inside(to, grown(obstacle, by))) ?? 0;
  const solid = obstacles.filter((obstacle) => !inside(from, obstacle) && !inside(to, obstacle));
  const met = new Set<Obstacle>();
  let way: readonly Point[] = [from, to];
  for (;;) {
    const before = met.size;
    for (const obstacle of solid) {
      if (met.has(obstacle)) continue;
      for (let i = 1; i < way.length; i += 1) {
        const [a, b] = [way[i - 1]!, way[i]!];
        if (!cuts(a, b, obstacle, gap) || !cuts(a, b, obstacle, room(obstacle) - 0.25)) continue;
        met.add(obstacle);
        break;
      }
    }
    if (met.size === before) return way.slice(1, -1);
    if (met.size > most) return null;
    const walls = [...met].map((obstacle) => grown(obstacle, room(obstacle) - 0.25));
    const corners = [...met].flatMap((obstacle): Point[] => {
      const { x0, y0, x1, y1 } = grown(obstacle, gap);
      return [
        [x0, y0],
        [x1, y0],
        [x1, y1],
        [x0, y1],
      ];
    });
    const places = [from, ...corners.filter((corner) => !walls.some((wall) => inside(corner, wall))), to];
    const found = shortest(places, walls);
    if (found === null) return null;
    way = [from, ...found.map((i) => places[i]!)];
  }
}

/** Length of a way through points. */
export const lengthOf = (points: readonly Point[]): number =>
  points.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - points[i]![0], y - points[i]![1]), 0);
