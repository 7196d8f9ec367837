import type { Branch, BranchParams, Entries } from './branch';
import type { Point } from './path';
import { detourOf, isFree, isOpen, type Wanted } from './surroundings';

/** The last part of a wire where nodes stand as they were put: round what is in the way, and into the node from its left. */
export function placedBranch(
  { grid, start, consumer, slot, twin, twins }: BranchParams,
  wanted: Wanted,
  { bend, bow, onRim, boxEntry, circlePort }: Entries,
): Branch {
  const centre: Point = [grid.x(consumer.id), grid.y(consumer.id)];
  const edge = centre[0] - consumer.width / 2;
  const circle = consumer.shape === 'circle';
  const points: Point[] = [[start[0] - bend, start[1]]];
  const free = (at: Point, to: Point): boolean => isFree(wanted, at, to);
  const place = consumer.feeds.findIndex((feed) => feed.slot === slot);
  const ways = consumer.feeds.length;
  const port = circle ? circlePort(centre, place, ways) : boxEntry(consumer, centre, slot);

  const straight: Point = [edge - 1, circle ? centre[1] : port[1]];
  if (start[0] < edge && start[1] === straight[1] && twins === 1 && free(start, straight))
    return { points: [...points, straight], level: true, reach: wanted.reach + 16 };

  const apart = (twin - (twins - 1) / 2) * bow;
  const bowed: Point = [start[0] + Math.max(12, (edge - start[0]) * 0.3), start[1] + apart];
  const target = (at: Point): Point => (circle ? onRim(centre, at) : port);
  const bows = apart !== 0 && isOpen(wanted, bowed) && free(points[0]!, bowed) && free(bowed, target(bowed));
  if (twins > 1) wanted.reach += 2 * bow;
  const last = bows ? bowed : start;
  points.push(last);
  const direct = target(last);
  if (last[0] <= edge - 6 && free(last, direct))
    return { points: [...points, direct], level: false, reach: wanted.reach + 16 };
  const before: Point = [edge - 10, port[1]];
  points.push(...(detourOf(wanted, last, before) ?? []), before, port);
  return { points, level: false, reach: wanted.reach + 16 };
}
