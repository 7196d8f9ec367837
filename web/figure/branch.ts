import { bend, circleRadius, labelLine } from './measures';
import type { FigureNode } from './model';
import { crossesBox, distanceToSegment, type Point } from './path';
import type { Grid } from './place-columns';
import { boxPort, circlePort, manyWays } from './ports';

/** Room that a wire keeps from nodes to which it does not lead. */
const keepOff = 7;
/** How far the two wires of x · x bow apart. */
export const bow = 60;

/** Where a wire coming from `from` meets a circle: on its rim, towards the centre. */
export function onRim([x, y]: Point, from: Point): Point {
  const length = Math.hypot(x - from[0], y - from[1]) || 1;
  const reach = circleRadius + 1;
  return [x - ((x - from[0]) / length) * reach, y - ((y - from[1]) / length) * reach];
}

/** Where it meets a box: wires from above share the upper half of the left edge in slot order, wires from below the lower half. */
function onEdge(node: FigureNode, [x, y]: Point, above: boolean, place: number, count: number): Point {
  const reach = ((node.height / 2 - 4) * (place + 1)) / (count + 1);
  return [x - node.width / 2 - 1, above ? y - reach : y + reach];
}

/** Height at which the wire from `from` arrives before the column of `to`. */
export function arrivalHeight(grid: Grid, from: string, to: string): number {
  const column = (grid.layer?.(to) ?? 0) - 1;
  return grid.lanes(from).find((lane) => lane.layer === column)?.y ?? grid.y(from);
}

function isBlocked(grid: Grid, to: string, from: Point, target: Point): boolean {
  return grid.neighbours(to).some((other) => {
    const [x, y] = [grid.x(other.id), grid.y(other.id)];
    if (other.shape === 'circle') return distanceToSegment([x, y], from, target) < circleRadius + keepOff;
    const [w, h] = [other.width / 2 + keepOff, other.height / 2 + keepOff];
    return crossesBox(from, target, x - w, y - h, x + w, y + h);
  });
}

export interface Branch {
  readonly points: readonly Point[];
  /** The wire goes straight on from its run. */
  readonly level: boolean;
  /** Where nodes stand as they were put: another way, through a place that becomes free, would have to cost less than this. */
  readonly reach?: number;
}

/** How wires enter nodes. Handed to what is fetched later, so that it does not tear this chunk apart. */
export const entries = { bend, bow, onRim, boxEntry, circlePort, labelLine };
export type Entries = typeof entries;

export interface BranchParams {
  readonly grid: Grid;
  readonly from: string;
  readonly start: Point;
  readonly consumer: FigureNode;
  readonly slot: number;
  readonly twin: number;
  readonly twins: number;
}

/** Where the wire of a slot enters a box whose slots have places of their own. */
export function boxEntry(consumer: FigureNode, [x, y]: Point, slot: number): Point {
  const place = consumer.feeds.findIndex((feed) => feed.slot === slot);
  return [x - consumer.width / 2 - 1, y + boxPort(place, consumer.feeds.length)];
}

/**
 * The last part of a wire: from `start`, where the run or lane before the column ends, into a slot of `consumer`.
 * `twin` is the place among `twins` wires between the same two nodes.
 */
export function branch(params: BranchParams): Branch {
  const { grid, start, consumer, slot } = params;
  const centre: Point = [grid.x(consumer.id), grid.y(consumer.id)];
  const points: Point[] = [[start[0] - bend, start[1]]];
  const apart = (params.twin - (params.twins - 1) / 2) * bow;
  const level = start[1] === centre[1] && apart === 0;
  if (apart !== 0) points.push([start[0] + (centre[0] - start[0]) * 0.3, start[1] + apart]);
  else if (!level) points.push(start);

  const before = points[points.length - 1]!;
  let target: Point;
  if (level) target = [centre[0] - consumer.width / 2 - 1, centre[1]];
  else if (consumer.shape === 'circle') target = onRim(centre, before);
  else if (consumer.feeds.length >= manyWays) {
    // They come in beside each other, heads level.
    target = boxEntry(consumer, centre, slot);
    points.push([target[0] - 18, target[1]]);
  } else {
    const above = before[1] < centre[1];
    const sameSide = consumer.feeds.filter(({ from }) => {
      const height = arrivalHeight(grid, from, consumer.id);
      return height !== centre[1] && height < centre[1] === above;
    });
    const order = Math.max(
      0,
      sameSide.findIndex((feed) => feed.slot === slot),
    );
    target = onEdge(consumer, centre, above, above ? sameSide.length - 1 - order : order, sameSide.length);
  }
  if (isBlocked(grid, consumer.id, before, target)) {
    // A straight line would cut through another node of the column: reach the height of the slot before the column.
    const place = consumer.feeds.findIndex((feed) => feed.slot === slot);
    const port = centre[1] + ((place + 1) / (consumer.feeds.length + 1) - 0.5) * 24;
    const reach =
      consumer.shape === 'circle'
        ? Math.sqrt((circleRadius + 1) ** 2 - (port - centre[1]) ** 2)
        : consumer.width / 2 + 1;
    points.push([grid.columnEdge(consumer.id), port]);
    target = [centre[0] - reach, port];
  }
  points.push(target);
  return { points, level };
}
