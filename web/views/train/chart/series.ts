/** Curves of a run: thinned so that an endless run costs no more than a short one. */
import type { TrainPoint } from '../../../shared/protocol';
import { along } from './scale';
import type { Axis } from './scale';

export type Measure = 'loss' | 'heldOutLoss' | 'trainAccuracy' | 'heldOutAccuracy';

/** Points kept for one run. */
export const MAX_CURVE_POINTS = 600;

/**
 * `points` with `added` at its end. Beyond `limit`, every second old point goes: the curve keeps its shape, its first
 * and its last point.
 */
export function appendPoints(
  points: readonly TrainPoint[],
  added: readonly TrainPoint[],
  limit = MAX_CURVE_POINTS,
): readonly TrainPoint[] {
  if (added.length === 0) return points;
  const all = [...points, ...added];
  return all.length <= limit ? all : thin(all, limit);
}

/** At most `limit` points, evenly chosen, the first and the last among them. */
export function thin(points: readonly TrainPoint[], limit: number): readonly TrainPoint[] {
  let kept = points;
  while (kept.length > limit) {
    const last = kept.length - 1;
    kept = kept.filter((_, i) => i % 2 === 0 || i === last);
  }
  return kept;
}

/** SVG path data in a box of `width` × `height`. A value that is not finite breaks the line. */
export function curvePath(params: {
  readonly points: readonly TrainPoint[];
  readonly measure: Measure;
  readonly x: Axis;
  readonly y: Axis;
  readonly width: number;
  readonly height: number;
}): string {
  const { points, measure, x, y, width, height } = params;
  let path = '';
  let pen = 'M';
  for (const point of points) {
    const value = point[measure];
    if (!Number.isFinite(value)) {
      pen = 'M';
      continue;
    }
    const px = along(x, point.iteration) * width;
    const py = (1 - along(y, value)) * height;
    path += `${pen}${px.toFixed(1)} ${py.toFixed(1)}`;
    pen = 'L';
  }
  return path;
}

/** Index of the point whose iteration is nearest to `iteration`; −1 when there are none. */
export function nearestPoint(points: readonly TrainPoint[], iteration: number): number {
  let best = -1;
  let distance = Infinity;
  points.forEach((point, i) => {
    const off = Math.abs(point.iteration - iteration);
    if (off < distance) {
      distance = off;
      best = i;
    }
  });
  return best;
}
