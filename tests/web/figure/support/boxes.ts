import type { FigureLayout, Run } from '../../../../web/figure/layout';
import { circleRadius, contributionLine, labelLine, matrixRow } from '../../../../web/figure/measures';
import { mapGap, mapSize } from '../../../../web/figure/tensor-block';
import type { Point } from '../../../../web/figure/path';

export interface Box {
  readonly what: string;
  /** Node that it belongs to. */
  readonly id: string;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

const centred = (what: string, id: string, x: number, width: number, y0: number, y1: number): Box => ({
  what,
  id,
  x0: x - width / 2,
  x1: x + width / 2,
  y0,
  y1,
});

function numberBoxes(layout: FigureLayout, run: Run): Box[] {
  const { block, contributions, shape } = layout.place.get(run.id)!.node;
  if (block.kind === 'map') {
    const [width, height] = mapSize(block);
    const above = run.y - mapGap.above - height - mapGap.caption;
    const below = run.y + mapGap.below;
    return [
      centred('value map', run.id, run.middle, width, above, run.y - mapGap.above),
      centred('gradient map', run.id, run.middle, width, below, below + height + mapGap.caption),
    ];
  }
  const rows = block.kind === 'matrix' ? block.rows : 1;
  const width = block.kind === 'matrix' ? block.columns * 24 + 20 : 48;
  const height = (rows - 1) * matrixRow + 26;
  const boxes = [centred('value', run.id, run.middle, width, run.y - 8 - height, run.y - 3)];
  // An unused input receives nothing.
  if (shape === 'leaf' && contributions === 0) return boxes;
  for (let i = 0; i < Math.max(1, contributions); i += 1) {
    const pitch = block.kind === 'matrix' ? rows * matrixRow + 12 : contributionLine;
    const top = run.y + 19 + i * pitch;
    boxes.push(centred(`gradient ${i}`, run.id, run.middle, width, top, top + height));
  }
  return boxes;
}

/** Every number and every label of a figure as the rectangle that it covers. */
export function labelBoxes(layout: FigureLayout, labels: 'left' | 'above'): Box[] {
  const boxes = [...layout.runs.values()].flatMap((run) => numberBoxes(layout, run));
  for (const { node, x, y } of layout.nodes) {
    if (node.label.length === 0) continue;
    const half = (node.label.length * labelLine) / 2;
    const end = layout.ends.get(node.id);
    if (end)
      boxes.push({
        what: 'result',
        id: node.id,
        x0: end.x + 12,
        x1: end.x + 12 + node.labelWidth,
        y0: y - half,
        y1: y + half,
      });
    else if (node.shape === 'leaf' && labels === 'left')
      boxes.push({ what: 'label', id: node.id, x0: x - 12 - node.labelWidth, x1: x - 12, y0: y - half, y1: y + half });
    else if (node.shape === 'leaf') {
      const top = y - node.extent.above;
      boxes.push({ what: 'label', id: node.id, x0: x, x1: x + node.labelWidth, y0: top, y1: top + 2 * half });
    }
  }
  return boxes;
}

export function nodeBoxes(layout: FigureLayout): Box[] {
  return layout.nodes
    .filter(({ node }) => node.shape !== 'leaf')
    .map(({ node, x, y }) => ({
      what: 'node',
      id: node.id,
      x0: x - node.width / 2,
      x1: x + node.width / 2,
      y0: y - node.height / 2,
      y1: y + node.height / 2,
    }));
}

export const overlap = (a: Box, b: Box): boolean => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;

export function overlaps(boxes: readonly Box[]): string[] {
  const found: string[] = [];
  boxes.forEach((a, i) => {
    for (const b of boxes.slice(i + 1))
      if (overlap(a, b)) found.push(`${a.what} of ${a.id} lies on ${b.what} of ${b.id}`);
  });
  return found;
}

/** Points along a polyline, about 3 px apart. */
export function samples(points: readonly Point[]): Point[] {
  const result: Point[] = [];
  for (let i = 1; i < points.length; i += 1) {
    const [[ax, ay], [bx, by]] = [points[i - 1]!, points[i]!];
    const count = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / 3));
    for (let k = 0; k <= count; k += 1) result.push([ax + ((bx - ax) * k) / count, ay + ((by - ay) * k) / count]);
  }
  return result;
}

/** Wires that cut through a circle or box to which they do not lead. */
export function wiresThroughNodes(layout: FigureLayout): string[] {
  const found = new Set<string>();
  const lines = [
    ...layout.wires.map((wire) => ({
      name: `${wire.from} → ${wire.to}`,
      ends: [wire.from, wire.to],
      points: wire.points,
    })),
    ...layout.lanes.map((lane) => ({ name: `lane of ${lane.id}`, ends: [lane.id], points: lane.points })),
  ];
  for (const line of lines) {
    for (const { node, x, y } of layout.nodes) {
      if (node.shape === 'leaf' || line.ends.includes(node.id)) continue;
      for (const [px, py] of samples(line.points)) {
        const inside =
          node.shape === 'circle'
            ? Math.hypot(px - x, py - y) < circleRadius
            : Math.abs(px - x) < node.width / 2 && Math.abs(py - y) < node.height / 2;
        if (inside) found.add(`${line.name} cuts through ${node.id}`);
      }
    }
  }
  return [...found];
}

/** Wires and lanes that run under a number of another node. */
export function wiresThroughLabels(layout: FigureLayout, labels: 'left' | 'above'): string[] {
  const found = new Set<string>();
  const boxes = labelBoxes(layout, labels);
  const lines = [
    ...layout.wires.map((wire) => ({ name: `${wire.from} → ${wire.to}`, points: wire.points })),
    ...layout.lanes.map((lane) => ({ name: `lane of ${lane.id}`, points: lane.points })),
  ];
  for (const line of lines) {
    for (const box of boxes) {
      if (samples(line.points).some(([x, y]) => x > box.x0 && x < box.x1 && y > box.y0 && y < box.y1)) {
        found.add(`${line.name} runs through ${box.what} of ${box.id}`);
      }
    }
  }
  return [...found];
}
