import type { Rasterized, StrokePoints } from '../shared/api';
import type { Core } from './core-module';
import { invalid } from './invalid';

/** The 28 × 28 image of a drawing. The core refuses coordinates that are not finite. */
export function rasterize(core: Core, strokes: readonly StrokePoints[], dotBelow: number): Rasterized {
  const points: number[] = [];
  const lengths: number[] = [];
  listed(strokes, 'what was given').forEach((stroke, i) => {
    const list = listed(stroke, `stroke ${i}`);
    lengths.push(list.length);
    list.forEach((point, j) => {
      if (!Array.isArray(point) || typeof point[0] !== 'number' || typeof point[1] !== 'number')
        throw invalid(`strokes: point ${j} of stroke ${i} is no pair of numbers; wanted [x, y].`);
      points.push(point[0], point[1]);
    });
  });
  return core.rasterize(Float32Array.from(points), Int32Array.from(lengths), dotBelow);
}

function listed(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value))
    throw invalid(`strokes: ${what} is no list; wanted strokes, each a list of points [x, y].`);
  return value;
}

/** A generated digit as strokes: the way back of the flattening above. */
export function sampleStrokes(core: Core, label: number, seed: number): [number, number][][] {
  const { points, lengths } = core.sampleStrokes(label, seed);
  let next = 0;
  return Array.from(lengths, (length) =>
    Array.from({ length }, (): [number, number] => [points[next++] as number, points[next++] as number]),
  );
}
