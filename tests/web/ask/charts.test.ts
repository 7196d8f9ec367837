import { describe, expect, it } from 'vitest';
import { linePath, nearest, place, scaleOf, stretches } from '../../../web/ask/chart';
import { within } from '../../../web/ask/choice';
import { keptAt } from '../../../web/ask/memory';
import { pushes, reach } from '../../../web/ask/nudge';
import { oneHot } from '../../../web/ask/one-hot';
import { nestedTensor } from '../../../web/ask/seed';

describe('a chart', () => {
  it('has whole decades on a logarithmic axis, at most five labels', () => {
    const scale = scaleOf([1e-12, 0, NaN, 1], true);
    expect(scale).toMatchObject({ min: 1e-12, max: 1, isLog: true });
    expect(scale?.ticks).toHaveLength(5);
    expect(place(scale!, 1e-6)).toBeCloseTo(0.5, 12);
    expect(place(scale!, 0)).toBeNaN();
  });

  it('has round labels on a linear axis, also for a single value', () => {
    expect(scaleOf([0, 9], false)?.ticks).toEqual([0, 5]);
    expect(scaleOf([-0.3, 0.3], false)?.ticks).toEqual([-0.2, 0, 0.2]);
    const flat = scaleOf([5, 5], false)!;
    expect(flat.min).toBeLessThan(5);
    expect(flat.max).toBeGreaterThan(5);
    expect(scaleOf([NaN, Infinity], false)).toBeNull();
  });

  it('breaks its line where a point is missing', () => {
    const axis = { min: 0, max: 2, isLog: false, ticks: [] };
    expect(linePath(axis, axis, { x: [0, 1, 2], y: [0, NaN, 2] }, 10, 10)).toBe('M0.0 10.0M10.0 0.0');
    expect(nearest(axis, [0, 1, 2], 0.6)).toBe(1);
  });

  it('names stretches of equal verdicts', () => {
    expect(stretches(['a', 'a', 'b', 'a'])).toEqual([
      { value: 'a', from: 0, to: 1 },
      { value: 'b', from: 2, to: 2 },
      { value: 'a', from: 3, to: 3 },
    ]);
  });
});

describe('what is kept after a step', () => {
  const entries = [
    { node: 'a', keeps: [{ what: 'x', of: 'x', bytes: 8 }], enough: null, from: 1, until: 5 },
    {
      node: 'b',
      keeps: [
        { what: 'x', of: 'x', bytes: 8 },
        { what: 'mask', of: 'b', bytes: 1 },
      ],
      enough: 'mask',
      from: 2,
      until: 4,
    },
    { node: 'c', keeps: [], enough: null, from: 3, until: 3 },
  ];
  it('grows forward, shrinks backward; what two nodes keep counts once', () => {
    const kept = [0, 1, 2, 3, 4, 5].map((step) => keptAt(entries, step));
    expect(kept.map(({ bytes }) => bytes)).toEqual([0, 8, 9, 9, 8, 0]);
    expect(kept[2]?.arrays).toBe(2);
  });
});

describe('what is asked about', () => {
  it('is pushed as far as it is large, in equal parts around 0', () => {
    expect([0, 0.3, 3, 100, -150, NaN].map(reach)).toEqual([1, 1, 3, 100, 200, 1]);
    const places = pushes(100);
    expect([places[0], places[20], places[22], places[40]]).toEqual([-100, 0, 10, 100]);
  });

  it('stays in the graph', () => {
    const info = { nodes: [{ id: 'x', shape: [2] }] } as never;
    expect(within({ id: 'x', at: 1 }, ['x'], info)).toEqual({ id: 'x', at: 1 });
    expect(within({ id: 'x', at: 7 }, ['x'], info)).toEqual({ id: 'x', at: 0 });
    expect(within({ id: 'gone', at: 1 }, ['x'], info)).toEqual({ id: 'x', at: 0 });
    expect(within(null, [], info)).toBeNull();
  });

  it('is one element of a direction, and a seed has the shape of its node', () => {
    expect(Array.from(oneHot([2, 2], 2).data)).toEqual([0, 0, 1, 0]);
    expect(
      Array.from(
        nestedTensor(
          [
            [1, 2],
            [3, 4],
          ],
          [2, 2],
        ).data ?? [],
      ),
    ).toEqual([1, 2, 3, 4]);
    expect(Array.from(nestedTensor(undefined, [3]).data ?? [])).toEqual([1, 1, 1]);
  });
});
