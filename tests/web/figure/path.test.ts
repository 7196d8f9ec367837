import { describe, expect, it } from 'vitest';
import { crossesBox, distanceToSegment, headPolygon, roundedPath } from '../../../web/figure/path';

describe('roundedPath', () => {
  it('rounds a corner by the given radius', () => {
    expect(
      roundedPath(
        [
          [0, 0],
          [100, 0],
          [100, 100],
        ],
        12,
      ),
    ).toBe('M0 0L88 0Q100 0 100 12L100 100');
  });

  it('never rounds beyond the middle of a short piece', () => {
    expect(
      roundedPath(
        [
          [0, 0],
          [10, 0],
          [10, 100],
        ],
        12,
      ),
    ).toBe('M0 0L5 0Q10 0 10 5L10 100');
  });

  it('is empty without points', () => expect(roundedPath([])).toBe(''));
});

it('a head is 9 long and 7 wide', () => {
  expect(headPolygon([0, 0], [100, 0])).toBe('100,0 91,-3.5 91,3.5');
});

it('measures the distance to a segment, not to its line', () => {
  expect(distanceToSegment([5, 3], [0, 0], [10, 0])).toBe(3);
  expect(distanceToSegment([14, 3], [0, 0], [10, 0])).toBe(5);
});

it('knows whether a segment touches a rectangle', () => {
  expect(crossesBox([0, 0], [10, 10], 4, 4, 6, 6)).toBe(true);
  expect(crossesBox([0, 0], [10, 0], 4, 4, 6, 6)).toBe(false);
  expect(crossesBox([0, 0], [3, 3], 4, 4, 6, 6)).toBe(false);
  expect(crossesBox([5, 5], [5, 5], 4, 4, 6, 6)).toBe(true);
});
