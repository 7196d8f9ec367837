import { describe, expect, it } from 'vitest';
import { MAX_POINTS, countPoints, extendLast, extendStroke, fitStrokes, strokePath } from '../../../web/pad/strokes';
import type { Point } from '../../../web/pad/strokes';

describe('strokes', () => {
  it('keeps points that move and drops those that stand still', () => {
    const stroke = extendStroke(
      [[0.5, 0.5]],
      [
        [0.5, 0.5001],
        [0.6, 0.5],
        [0.601, 0.5],
      ],
    );
    expect(stroke).toEqual([
      [0.5, 0.5],
      [0.6, 0.5],
    ]);
  });

  it('returns the same stroke when nothing is added, so nothing is drawn again', () => {
    const stroke: readonly Point[] = [[0.5, 0.5]];
    expect(extendStroke(stroke, [[0.5, 0.5]])).toBe(stroke);
    const strokes = [stroke];
    expect(extendLast(strokes, [[0.5, 0.5]])).toBe(strokes);
  });

  it('draws along the edge when the pen leaves the pad', () => {
    expect(
      extendStroke(
        [],
        [
          [-0.2, 0.5],
          [0.4, 1.7],
        ],
      ),
    ).toEqual([
      [0, 0.5],
      [0.4, 1],
    ]);
  });

  it('stops at its largest number of points', () => {
    const many = Array.from({ length: MAX_POINTS + 500 }, (_, i): Point => [(i % 97) / 97, (i % 89) / 89]);
    expect(countPoints(extendLast([[[0.5, 0.5]]], many))).toBeLessThanOrEqual(MAX_POINTS);
  });

  it('draws a dot as a line of no length', () => {
    expect(strokePath([[0.5, 0.25]], 100)).toBe('M50.00 25.00h0');
    expect(
      strokePath(
        [
          [0, 0],
          [1, 0.5],
        ],
        100,
      ),
    ).toBe('M0.00 0.00L100.00 50.00');
    expect(strokePath([], 100)).toBe('');
  });

  it('fits a sample into the middle of the pad, aspect kept', () => {
    const [stroke] = fitStrokes(
      [
        [
          [-10, 0],
          [10, 5],
        ],
      ],
      0.5,
    );
    expect(stroke).toEqual([
      [0.25, 0.4375],
      [0.75, 0.5625],
    ]);
    expect(fitStrokes([[[3, 3]]])).toEqual([[[0.5, 0.5]]]);
    expect(fitStrokes([])).toEqual([]);
  });
});
