import { bend, head } from './measures';

export type Point = readonly [x: number, y: number];

const near = ([ax, ay]: Point, [bx, by]: Point, distance: number): Point => {
  const length = Math.hypot(bx - ax, by - ay) || 1;
  return [ax + ((bx - ax) * distance) / length, ay + ((by - ay) * distance) / length];
};

const number = (x: number): string => String(Math.round(x * 100) / 100);
const pair = ([x, y]: Point): string => `${number(x)} ${number(y)}`;

/** An SVG path through the points with rounded corners of at most `radius` px from each corner. */
export function roundedPath(points: readonly Point[], radius: number = bend): string {
  const [first] = points;
  if (!first) return '';
  let d = `M${pair(first)}`;
  for (let i = 1; i < points.length; i += 1) {
    const here = points[i]!;
    const after = points[i + 1];
    if (!after) {
      d += `L${pair(here)}`;
      continue;
    }
    const before = points[i - 1]!;
    const reach = Math.min(
      radius,
      Math.hypot(here[0] - before[0], here[1] - before[1]) / 2,
      Math.hypot(after[0] - here[0], after[1] - here[1]) / 2,
    );
    d += `L${pair(near(here, before, reach))}Q${pair(here)} ${pair(near(here, after, reach))}`;
  }
  return d;
}

/** The small arrow head at the end of a line, as polygon points. */
export function headPolygon(from: Point, tip: Point, size: { length: number; width: number } = head): string {
  const back = near(tip, from, size.length);
  const length = Math.hypot(tip[0] - back[0], tip[1] - back[1]) || 1;
  const across: Point = [
    ((tip[1] - back[1]) / length) * (size.width / 2),
    (-(tip[0] - back[0]) / length) * (size.width / 2),
  ];
  return [tip, [back[0] + across[0], back[1] + across[1]] as Point, [back[0] - across[0], back[1] - across[1]] as Point]
    .map(([x, y]) => `${number(x)},${number(y)}`)
    .join(' ');
}

/** Distance of a point from the segment a–b. */
export function distanceToSegment([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
  const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length2));
  return Math.hypot(px - (ax + t * (bx - ax)), py - (ay + t * (by - ay)));
}

/** Whether the segment a–b touches the rectangle: neither a side of it nor the segment itself separates them. */
export function crossesBox([ax, ay]: Point, [bx, by]: Point, x0: number, y0: number, x1: number, y1: number): boolean {
  const [dx, dy] = [bx - ax, by - ay];
  return (
    Math.max(ax, bx) >= x0 &&
    Math.min(ax, bx) <= x1 &&
    Math.max(ay, by) >= y0 &&
    Math.min(ay, by) <= y1 &&
    Math.abs(dy * (x0 + x1 - 2 * ax) - dx * (y0 + y1 - 2 * ay)) <= Math.abs(dy) * (x1 - x0) + Math.abs(dx) * (y1 - y0)
  );
}
