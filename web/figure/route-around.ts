import type { Point } from './path';

/** A rectangle that wires keep off. */
export interface Obstacle {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export const grown = ({ x0, y0, x1, y1 }: Obstacle, by: number): Obstacle => ({
  x0: x0 - by,
  y0: y0 - by,
  x1: x1 + by,
  y1: y1 + by,
});

export const inside = (p: Point, { x0, y0, x1, y1 }: Obstacle, by = 0): boolean =>
  p[0] > x0 - by && p[0] < x1 + by && p[1] > y0 - by && p[1] < y1 + by;

/** Whether the segment a–b comes nearer than `by` px to the rectangle; most lie far from each other, and that is cheap to see. */
export function cuts(a: Point, b: Point, { x0, y0, x1, y1 }: Obstacle, by = 0): boolean {
  const left = x0 - by;
  const right = x1 + by;
  if ((a[0] <= left && b[0] <= left) || (a[0] >= right && b[0] >= right)) return false;
  const top = y0 - by;
  const bottom = y1 + by;
  if ((a[1] <= top && b[1] <= top) || (a[1] >= bottom && b[1] >= bottom)) return false;
  // No side of the rectangle separates them; the segment itself may.
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const apart = dy * (left + right - 2 * a[0]) - dx * (top + bottom - 2 * a[1]);
  return Math.abs(apart) <= Math.abs(dy) * (right - left) + Math.abs(dx) * (bottom - top);
}

/** Not Math.hypot: that guards against overflows which no screen has, and takes ten times as long. */
export const distance = (a: Point, b: Point): number => Math.sqrt((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2);

const between = (x: number, least: number, most: number): number => Math.min(Math.max(x, least), most);

/** Length of the shortest way from a to b that touches a rectangle. */
export function lengthBy(a: Point, b: Point, box: Obstacle): number {
  if (cuts(a, b, box)) return distance(a, b);
  const { x0, y0, x1, y1 } = box;
  // As light goes by way of a mirror: on each side, the place where both legs meet it at one angle.
  const share = (from: number, to: number): number => Math.abs(from) / (Math.abs(from) + Math.abs(to) || 1);
  const across = (y: number): Point => [between(a[0] + (b[0] - a[0]) * share(a[1] - y, b[1] - y), x0, x1), y];
  const down = (x: number): Point => [x, between(a[1] + (b[1] - a[1]) * share(a[0] - x, b[0] - x), y0, y1)];
  return Math.min(...[across(y0), across(y1), down(x0), down(x1)].map((at) => distance(a, at) + distance(at, b)));
}

/** Length of a way through points. */
export const lengthOf = (points: readonly Point[]): number =>
  points.reduce((sum, point, i) => (i > 0 ? sum + distance(points[i - 1]!, point) : 0), 0);
