import { nodeBounds, type Bounds, type FigureLayout, type PlacedNode } from './layout';

/** A node with everything that belongs to its step: its inputs' runs with their labels, and its own run. */
export function stepBounds(layout: FigureLayout, placed: PlacedNode, labels: 'left' | 'above'): Bounds {
  const own = nodeBounds(
    placed,
    layout.runs.get(placed.node.id)?.x1 ?? placed.x,
    layout.ends.has(placed.node.id),
    labels,
  );
  const bounds = { ...own };
  for (const { from } of placed.node.feeds) {
    const source = layout.place.get(from);
    const run = layout.runs.get(from);
    if (!source || !run) continue;
    const all = nodeBounds(source, run.x1, false, labels);
    // Of an operator before this one only the wire matters, not its circle.
    bounds.left = Math.min(bounds.left, source.node.shape === 'leaf' ? all.left : run.x0 - 8);
    bounds.top = Math.min(bounds.top, source.node.shape === 'leaf' ? all.top : source.y - source.node.extent.above);
    bounds.bottom = Math.max(bounds.bottom, source.y + source.node.extent.below);
  }
  return bounds;
}

/** Height of the window that shows any step whole, up to `most` px: it stays the same all the way, so nothing jumps. */
export function windowHeight(layout: FigureLayout, labels: 'left' | 'above', least: number, most: number): number {
  let height = 0;
  for (const placed of layout.nodes) {
    if (placed.node.shape === 'leaf') continue;
    const { top, bottom } = stepBounds(layout, placed, labels);
    height = Math.max(height, bottom - top);
  }
  return Math.round(Math.min(layout.height, most, Math.max(least, height)));
}

/** Top left corner of a window of `width` × `height` that shows the step of a node: its inputs first, but never without itself. */
export function lookAt(params: {
  readonly layout: FigureLayout;
  readonly placed: PlacedNode;
  readonly labels: 'left' | 'above';
  readonly width: number;
  readonly height: number;
  /** The seed is put in at its end: that comes first. */
  readonly seed?: boolean;
}): readonly [x: number, y: number] {
  const { layout, placed, width, height } = params;
  const bounds = stepBounds(layout, placed, params.labels);
  let x = bounds.left;
  if (bounds.right - bounds.left <= width) x = (bounds.left + bounds.right - width) / 2;
  else if (params.seed) x = bounds.right - width;
  else {
    const needed = placed.x + placed.node.width / 2 + Math.min(100, width / 4);
    x = Math.max(x, needed - width);
  }
  let y = (bounds.top + bounds.bottom - height) / 2;
  if (bounds.bottom - bounds.top > height) y = Math.min(Math.max(y, placed.y - height + 60), placed.y - 70);
  const clamp = (v: number, most: number): number => Math.round(Math.min(Math.max(0, v), Math.max(0, most)));
  return [clamp(x, layout.width - width), clamp(y, layout.height - height)];
}
