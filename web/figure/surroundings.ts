import type { FigureModel, FigureNode } from './model';
import type { Point } from './path';
import { cuts, lengthOf, type Obstacle, wayAround } from './route-around';

interface Label {
  readonly id: string;
  readonly box: Obstacle;
}

/** What wires keep off where nodes stand as they were put. */
export interface Surroundings {
  /** Circles and boxes. */
  readonly bodies: ReadonlyMap<string, Obstacle>;
  readonly solid: readonly Obstacle[];
  /** Numbers, heat maps and names, with the node to which they belong. */
  readonly labels: readonly Label[];
  /** All of a node in one rectangle. */
  readonly stands: ReadonlyMap<string, Obstacle>;
}

/** Room between a wire and a node to which it does not lead; where things stand closer than that, less. */
const gaps = [12, 6, 2] as const;
/** A way round numbers may be this much longer than one that runs under them. */
const detour = (length: number): number => 1.5 * length + 140;

export const bodyOf = (node: FigureNode, x: number, y: number): Obstacle => ({
  x0: x - node.width / 2,
  x1: x + node.width / 2,
  y0: y - node.height / 2,
  y1: y + node.height / 2,
});

/** No body lies at a place, nor close to it. */
export const isOpen = ({ solid }: Surroundings, [x, y]: Point): boolean =>
  !solid.some(({ x0, y0, x1, y1 }) => x > x0 - 6 && x < x1 + 6 && y > y0 - 6 && y < y1 + 6);

type At = (id: string) => readonly [x: number, y: number];

export function surroundings(
  model: FigureModel,
  bodies: ReadonlyMap<string, Obstacle>,
  at: At,
  runEnd: (id: string) => number,
  labelLine: number,
): Surroundings {
  const labels: Label[] = [];
  const stands = new Map<string, Obstacle>();
  for (const node of model.nodes) {
    const [x, y] = at(node.id);
    const { above, below } = node.extent;
    if (node.shape === 'leaf' && node.label.length > 0) {
      const half = (node.label.length * labelLine) / 2;
      labels.push({ id: node.id, box: { x0: x - 12 - node.labelWidth, x1: x - 4, y0: y - half, y1: y + half } });
    }
    labels.push({
      id: node.id,
      box: { x0: x + node.width / 2 + 6, x1: runEnd(node.id) - 8, y0: y - above + 4, y1: y + below - 4 },
    });
    const [up, down] = [Math.max(above, node.height / 2), Math.max(below, node.height / 2)];
    const left = x - node.width / 2 - (node.shape === 'leaf' ? 12 + node.labelWidth : 0);
    stands.set(node.id, { x0: left, x1: runEnd(node.id), y0: y - up, y1: y + down });
  }
  return { bodies, solid: [...bodies.values()], labels: labels.filter(({ box }) => box.x1 > box.x0), stands };
}

/** How far a level line from `x` may go before it meets a body other than the node's own. */
export function freeRun(bodies: ReadonlyMap<string, Obstacle>, id: string, x: number, y: number): number {
  let free = Infinity;
  for (const [other, { x0, x1, y0, y1 }] of bodies)
    if (other !== id && x1 > x && y > y0 - 6 && y < y1 + 6) free = Math.min(free, x0);
  return free;
}

/** A way that keeps off numbers too is looked for among so many obstacles, and so many nodes: in a crowd it would take longer than a frame. */
const mostSoft = 10;
const mostNodes = 120;

/**
 * Corners of a wire from the end of `source`'s run to `to`: round every body, and round numbers where that is not much longer. Empty where
 * the straight line does, null where there is no way.
 */
export function detourOf({ solid, labels }: Surroundings, source: string, from: Point, to: Point): Point[] | null {
  for (const gap of gaps) {
    const hard = wayAround(from, to, solid, gap);
    if (hard === null) continue;
    const line = [from, ...hard, to];
    const isOver = ({ id, box }: Label): boolean =>
      id !== source && line.slice(1).some((point, i) => cuts(line[i]!, point, box));
    if (labels.length > 2 * mostNodes || !labels.some(isOver)) return hard;
    const numbers = labels.flatMap(({ id, box }) => (id === source ? [] : [box]));
    const soft = wayAround(from, to, [...solid, ...numbers], gap, mostSoft);
    return soft !== null && lengthOf([from, ...soft, to]) <= detour(lengthOf(line)) ? soft : hard;
  }
  return null;
}
