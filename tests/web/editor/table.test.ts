import { describe, expect, it } from 'vitest';
import { parseSetting } from '../../../web/editor/setting';
import { parseCells, parseLists, pasteCells, resized, rowsOf, valueOf } from '../../../web/editor/table';

describe('cells from elsewhere', () => {
  it.each([
    [
      '1\t2\n3\t4\n',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      '1,2\r\n3,4',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      '1,5;2\n3;4',
      [
        [1.5, 2],
        [3, 4],
      ],
    ],
    ['1 −2 3e1', [[1, -2, 30]]],
    ['"1","2"', [[1, 2]]],
    ['1\n2\n3', [[1], [2], [3]]],
    [
      '1\t2\n3',
      [
        [1, 2],
        [3, 0],
      ],
    ],
  ])('%j', (text, rows) => {
    expect(parseCells(text)).toEqual({ rows });
  });

  it('name the first that is no number', () => {
    expect(parseCells('1\tprice\n2\t3')).toEqual({ wrong: 'price' });
  });

  it('make the table grow where they reach over its edge', () => {
    expect(
      pasteCells(
        [[1, 2]],
        [0, 1],
        [
          [7, 8],
          [9, 10],
        ],
      ),
    ).toEqual([
      [1, 7, 8],
      [0, 9, 10],
    ]);
  });
});

describe('shapes', () => {
  it('keep what has room', () => {
    expect(
      resized(
        [
          [1, 2],
          [3, 4],
        ],
        1,
        3,
      ),
    ).toEqual([[1, 2, 0]]);
    expect(
      valueOf(
        [
          [1, 2],
          [3, 4],
        ],
        0,
      ),
    ).toBe(1);
    expect(
      valueOf(
        [
          [1, 2],
          [3, 4],
        ],
        1,
      ),
    ).toEqual([1, 2]);
    expect(valueOf([[1], [2]], 1)).toEqual([1, 2]);
    expect(valueOf(rowsOf(5), 2)).toEqual([[5]]);
  });

  it('lists of unequal lengths are refused', () => {
    expect(parseLists('[[1, 2], [3]]')).toBeNull();
    expect(parseLists('[1, "2"]')).toBeNull();
    expect(parseLists('[[[1, −2]]]')).toEqual([[[1, -2]]]);
    expect(parseLists('[]')).toBeNull();
  });
});

describe('settings', () => {
  it('are read by their type', () => {
    expect(parseSetting('integers', '2, −1')).toEqual([2, -1]);
    expect(parseSetting('integers', '2 × 3')).toEqual([2, 3]);
    expect(parseSetting('integer', '1.5')).toBeUndefined();
    expect(parseSetting('number', '−0.5')).toBe(-0.5);
    expect(parseSetting('boolean', 'true')).toBe(true);
    expect(parseSetting('integers', '')).toBeUndefined();
  });
});
