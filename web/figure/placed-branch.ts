import type { Branch, BranchParams, Entries } from './branch';
import type { Point } from './path';
import { detourOf, isOpen, type Surroundings } from './surroundings';

/** The last part of a wire where nodes stand as they were put: round what is in the way, and into the node from its left. */
export function placedBranch(
  { grid, from, start, consumer, slot, twin, twins }: BranchParams,
  around: Surroundings,
  { bend, bow, onRim, boxEntry, circlePort }: Entries,
): Branch {
  const centre: Point = [grid.x(consumer.id), grid.y(consumer.id)];
  const edge = centre[0] - consumer.width / 2;
  const circle = consumer.shape === 'circle';
  const points: Point[] = [[start[0] - bend, start[1]]];
  const way = (at: Point, to: Point): Point[] | null => detourOf(around, from, at, to);
  const isFree = (at: Point, to: Point): boolean => way(at, to)?.length === 0;
  const place = consumer.feeds.findIndex((feed) => feed.slot === slot);
  const ways = consumer.feeds.length;
  const port = circle ? circlePort(centre, place, ways) : boxEntry(consumer, centre, slot);

  const straight: Point = [edge - 1, circle ? centre[1] : port[1]];
  if (start[0] < edge && start[1] === straight[1] && twins === 1 && isFree(start, straight))
    return { points: [...points, straight], level: true };

  const apart = (twin - (twins - 1) / 2) * bow;
  const bowed: Point = [start[0] + Math.max(12, (edge - start[0]) * 0.3), start[1] + apart];
  const target = (at: Point): Point => (circle ? onRim(centre, at) : port);
  const bows = apart !== 0 && isOpen(around, bowed) && isFree(points[0]!, bowed) && isFree(bowed, target(bowed));
  const last = bows ? bowed : start;
  points.push(last);
  const direct = target(last);
  if (last[0] <= edge - 6 && isFree(last, direct)) return { points: [...points, direct], level: false };
  const before: Point = [edge - 10, port[1]];
  points.push(...(way(last, before) ?? []), before, port);
  return { points, level: false };
}
