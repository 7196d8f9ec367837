import { describe, expect, it } from 'vitest';
import { blockFor, mapGrid, shownShape } from '../../../web/figure/tensor-block';
import { nudge, printedLine, printedRows } from '../../../web/figure/tensor-text';
import { view } from './support/frames';

describe('blockFor', () => {
  it.each([
    [[], 'number'],
    [[1], 'number'],
    [[3], 'matrix'],
    [[2, 3], 'matrix'],
    [[3, 4], 'matrix'],
    [[12], 'map'],
    [[4, 4], 'map'],
    [[784], 'map'],
    [[784, 50], 'plate'],
    [[0], 'plate'],
  ] as const)('%j is a %s', (shape, kind) => expect(blockFor(shape, false).kind).toBe(kind));

  it('draws every array as a map in a digit walk, and keeps the loss a number', () => {
    expect(blockFor([1, 10], true)).toMatchObject({ kind: 'map', rows: 2, columns: 5 });
    expect(blockFor([], true).kind).toBe('number');
  });
});

describe('shapes', () => {
  it('leave a batch of one out and read 784 pixels as 28 × 28', () => {
    expect(shownShape([1, 50])).toEqual([50]);
    expect(shownShape([1, 784], true)).toEqual([28, 28]);
    expect(shownShape([2, 3])).toEqual([2, 3]);
    expect(shownShape([1])).toEqual([1]);
  });

  it('break long vectors into rows', () => {
    expect(mapGrid([10])).toEqual([2, 5]);
    expect(mapGrid([50])).toEqual([5, 10]);
    expect(mapGrid([784])).toEqual([28, 28]);
    expect(mapGrid([3, 7])).toEqual([3, 7]);
    expect(mapGrid([])).toEqual([1, 1]);
  });
});

describe('printed numbers', () => {
  const matrix = view([2, 3], [1, 2, 3, 11, 12, -13]);
  it('stand in rows', () => {
    expect(printedRows(matrix)).toEqual([
      ['1', '2', '3'],
      ['11', '12', '−13'],
    ]);
    expect(printedRows(view([], [0.1]))).toEqual([['0.1']]);
  });
  it('are read row by row', () => expect(printedLine(matrix)).toBe('1, 2, 3; 11, 12, −13'));
});

describe('nudge', () => {
  it.each([
    ['1.1', 1, 1.2],
    ['1.9', 1, 2],
    ['100', -1, 99],
    ['0.3', -3, 0],
    ['−0.5', 1, -0.4],
    ['0.10', 1, 0.11],
    ['2', 10, 12],
    ['.5', -1, 0.4],
  ] as const)('%s by %i units of its last digit is %d', (text, units, value) => expect(nudge(text, units)).toBe(value));

  it.each(['', '-', 'abc', '1e5', '1.2.3'])('leaves %j alone', (text) => expect(nudge(text, 1)).toBeNull());
});
