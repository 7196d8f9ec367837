import type { FigureLayout } from '../figure/layout.ts';

type Place = readonly [x: number, y: number];

const stepX = 150;
const stepY = 96;

const isFree = (layout: FigureLayout, [x, y]: Place): boolean =>
  layout.nodes.every((other) => Math.abs(other.x - x) > 100 || Math.abs(other.y - y) > 72);

/** A free place for a node, in px of the sheet: beside `near` on the wanted side, moved down until nothing is there. */
export function freePlace(layout: FigureLayout, near: string | null, side: 'left' | 'right'): Place {
  const beside = near === null ? undefined : layout.place.get(near);
  const start: Place = beside
    ? [beside.x + (side === 'right' ? stepX + beside.node.width / 2 : -stepX - 40), beside.y]
    : [160, 60];
  for (let k = 0; k < 400; k += 1) {
    const down: Place = [start[0] + Math.floor(k / 20) * stepX, start[1] + (k % 20) * stepY];
    if (isFree(layout, down)) return down;
  }
  return start;
}
