import { describe, expect, it } from 'vitest';
import { along, axisFromZero, iterationAxis, lossAxis, spread } from '../../../../web/views/train/chart/scale';
import { appendPoints, curvePath, nearestPoint, thin } from '../../../../web/views/train/chart/series';
import type { TrainPoint } from '../../../../web/shared/protocol';

const point = (iteration: number, loss = 1): TrainPoint => ({
  iteration,
  loss,
  heldOutLoss: loss,
  trainAccuracy: 0.5,
  heldOutAccuracy: 0.5,
});
const run = (length: number) => Array.from({ length }, (_, i) => point(i));

describe('axes', () => {
  it('end at a round number and have few labels', () => {
    expect(axisFromZero(2.3)).toEqual({ min: 0, max: 3, ticks: [0, 1, 2, 3] });
    expect(axisFromZero(0.83).ticks).toEqual([0, 0.5, 1]);
    expect(axisFromZero(1).ticks).toEqual([0, 0.5, 1]);
    for (const max of [0.013, 0.4, 7, 99, 100, 101, 12345]) {
      const axis = axisFromZero(max);
      expect(axis.max).toBeGreaterThanOrEqual(max);
      expect(axis.ticks.length).toBeLessThanOrEqual(4);
    }
  });

  it('count iterations in whole numbers', () => {
    for (const last of [0, 1, 3, 7, 10, 37, 250, 1999]) {
      for (const tick of iterationAxis(last).ticks) expect(Number.isInteger(tick)).toBe(true);
    }
  });

  it('let a run that blows up leave through the top', () => {
    expect(lossAxis([2.3, 1e9, Infinity], 2.3).max).toBeLessThan(5);
    expect(lossAxis([], Number.NaN).max).toBeGreaterThan(0);
    expect(along({ min: 0, max: 2, ticks: [] }, 3)).toBe(1.5);
  });
});

describe('labels at the end of curves', () => {
  it('stand apart and inside', () => {
    expect(spread([50, 52], 18, 200)).toEqual([50, 68]);
    expect(spread([52, 50], 18, 200)).toEqual([68, 50]);
    expect(spread([199, 200], 18, 200)).toEqual([182, 200]);
    expect(spread([10, 100], 18, 200)).toEqual([10, 100]);
  });
});

describe('curves', () => {
  it('stay below their limit and keep both ends', () => {
    const thinned = thin(run(1001), 100);
    expect(thinned.length).toBeLessThanOrEqual(100);
    expect(thinned[0]?.iteration).toBe(0);
    expect(thinned.at(-1)?.iteration).toBe(1000);
  });

  it('take new points at the end, in order', () => {
    let points: readonly TrainPoint[] = [];
    for (let i = 0; i < 5000; i += 1) points = appendPoints(points, [point(i)], 64);
    expect(points.length).toBeLessThanOrEqual(64);
    expect(points.at(-1)?.iteration).toBe(4999);
    const iterations = points.map((p) => p.iteration);
    expect(iterations).toEqual([...iterations].sort((a, b) => a - b));
    expect(appendPoints(points, [])).toBe(points);
  });

  it('break where a value is not finite', () => {
    const axis = { min: 0, max: 2, ticks: [] };
    const points = [point(0, 2), point(1, Number.NaN), point(2, 0)];
    expect(curvePath({ points, measure: 'loss', x: axis, y: axis, width: 100, height: 50 })).toBe(
      'M0.0 0.0M100.0 50.0',
    );
  });

  it('find the point under the cursor', () => {
    expect(nearestPoint([point(0), point(100), point(200)], 120)).toBe(1);
    expect(nearestPoint([], 120)).toBe(-1);
  });
});
