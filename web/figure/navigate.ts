import type { FigureLayout, PlacedNode } from './layout';

export type ArrowKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';
export const isArrowKey = (key: string): key is ArrowKey => /^Arrow(Left|Right|Up|Down)$/.test(key);

/** The node that an arrow key leads to: left and right follow wires, up and down go to what stands there. Null at an edge. */
export function neighbour(layout: FigureLayout, id: string, key: ArrowKey): string | null {
  const here = layout.place.get(id);
  if (!here) return layout.nodes[0]?.node.id ?? null;
  if (key === 'ArrowLeft') return here.node.feeds[0]?.from ?? null;
  if (key === 'ArrowRight') return here.node.uses[0]?.to ?? null;
  const down = key === 'ArrowDown';
  let best: PlacedNode | null = null;
  let bestCost = Infinity;
  for (const other of layout.nodes) {
    const dy = (other.y - here.y) * (down ? 1 : -1);
    if (dy < 4) continue;
    const cost = dy + 2 * Math.abs(other.x - here.x);
    if (cost < bestCost) [best, bestCost] = [other, cost];
  }
  return best?.node.id ?? null;
}
