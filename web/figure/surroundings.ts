import type { FigureModel, FigureNode } from './model';
import type { Point } from './path';
import { cuts, distance, lengthOf, type Obstacle } from './route-around';
import { turnCost, type Found, type Sight } from './sight';

/** A circle, a box, a number, a heat map or a name, and the node to which it belongs. */
export interface Thing extends Obstacle {
  readonly id: string;
}

/** What wires keep off where nodes stand as they were put. */
export interface Surroundings {
  /** Circles and boxes. */
  readonly bodies: readonly Thing[];
  /** Numbers, heat maps and names. */
  readonly labels: readonly Thing[];
  /** All of a node in one rectangle. */
  readonly stands: ReadonlyMap<string, Obstacle>;
}

/** Room between a wire and a node to which it does not lead; where things stand closer than that, less. */
export const gaps = [12, 6, 2] as const;
/** A way round numbers may be this much longer than one that runs under them. */
const detour = (length: number): number => 1.5 * length + 140;

export const bodyOf = ({ id, width, height }: FigureNode, x: number, y: number): Thing => ({
  id,
  x0: x - width / 2,
  x1: x + width / 2,
  y0: y - height / 2,
  y1: y + height / 2,
});

type At = (id: string) => readonly [x: number, y: number];

export function surroundings(
  model: FigureModel,
  bodies: readonly Thing[],
  at: At,
  runEnd: (id: string) => number,
  labelLine: number,
): Surroundings {
  const labels: Thing[] = [];
  const stands = new Map<string, Obstacle>();
  for (const node of model.nodes) {
    const [x, y] = at(node.id);
    const { above, below } = node.extent;
    if (node.shape === 'leaf' && node.label.length > 0) {
      const half = (node.label.length * labelLine) / 2;
      labels.push({ id: node.id, x0: x - 12 - node.labelWidth, x1: x - 4, y0: y - half, y1: y + half });
    }
    labels.push({
      id: node.id,
      x0: x + node.width / 2 + 6,
      x1: runEnd(node.id) - 8,
      y0: y - above + 4,
      y1: y + below - 4,
    });
    const [up, down] = [Math.max(above, node.height / 2), Math.max(below, node.height / 2)];
    const left = x - node.width / 2 - (node.shape === 'leaf' ? 12 + node.labelWidth : 0);
    stands.set(node.id, { x0: left, x1: runEnd(node.id), y0: y - up, y1: y + down });
  }
  return { bodies, labels: labels.filter(({ x0, x1 }) => x1 > x0), stands };
}

/** How far a level line from `x` may go before it meets a body other than the node's own. */
export function freeRun(bodies: readonly Thing[], id: string, x: number, y: number): number {
  let free = Infinity;
  for (const body of bodies)
    if (body.y0 - 6 < y && body.y1 + 6 > y && body.x1 > x && body.x0 < free && body.id !== id) free = body.x0;
  return free;
}

/** What a wire is looked for in; `reach` becomes the cost up to which another way would have been taken. */
export interface Wanted {
  readonly sight: (gap: number, numbers: boolean) => Sight;
  readonly around: Surroundings;
  reach: number;
}

/** No body lies at a place, nor close to it. */
export const isOpen = ({ around }: Wanted, place: Point): boolean =>
  !around.bodies.some((body) => cuts(place, place, body, 6));

const runsUnder = ({ around }: Wanted, points: readonly Point[]): boolean =>
  around.labels.some((label) => points.some((point, i) => i > 0 && cuts(points[i - 1]!, point, label)));

/** Whether the wire may go straight. */
export function isFree(wanted: Wanted, from: Point, to: Point): boolean {
  wanted.reach = Math.max(wanted.reach, distance(from, to));
  return wanted.sight(gaps[0], false).isFree(from, to) && !runsUnder(wanted, [from, to]);
}

/**
 * Corners of its way: round every body, and round numbers where that is not much longer. Empty where the straight line does, null where
 * there is no way.
 */
export function detourOf(wanted: Wanted, from: Point, to: Point): readonly Point[] | null {
  const find = (gap: number, numbers: boolean, longest: number): Found | null => {
    const found = wanted.sight(gap, numbers).way(from, to, longest);
    wanted.reach = Math.max(wanted.reach, (found?.cost ?? longest) - turnCost);
    return found;
  };
  const most = detour(distance(from, to));
  const soft = find(gaps[0], true, most);
  if (soft !== null) return soft.corners;
  for (const gap of gaps) {
    const hard = find(gap, false, Infinity);
    if (hard === null) continue;
    const line = [from, ...hard.corners, to];
    const longest = detour(lengthOf(line));
    return ((longest > most && runsUnder(wanted, line) && find(gap, true, longest)) || hard).corners;
  }
  return null;
}
