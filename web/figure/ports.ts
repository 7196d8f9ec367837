import { boxHeight, circleRadius } from './measures';
import type { Point } from './path';

/** Distance of wires that enter a box beside each other: their heads stay apart. */
const pitch = 14;
/** From this many wires on, a box has a place for each of them, in the order of its slots. */
export const manyWays = 4;

/** Height of a box with so many wires coming in. */
export const boxHeightFor = (ways: number): number =>
  ways < manyWays ? boxHeight : Math.max(boxHeight, pitch * ways + 12);

/** Where the wire of one of `ways` slots enters a box, seen from its middle: slot 0 at the top. */
export const boxPort = (place: number, ways: number): number => (place - (ways - 1) / 2) * pitch;

/** Where a wire that comes in on the left meets a circle, by its slot: on the rim between 55° above and below the level. */
export function circlePort([x, y]: Point, place: number, ways: number): Point {
  const angle = ways === 1 ? 0 : ((place / (ways - 1) - 0.5) * 110 * Math.PI) / 180;
  const reach = circleRadius + 1;
  return [x - reach * Math.cos(angle), y + reach * Math.sin(angle)];
}
