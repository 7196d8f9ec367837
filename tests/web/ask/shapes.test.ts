import { expect, it } from 'vitest';
import { judge, puzzles, type Puzzle, type Tile } from '../../../web/ask/shapes';
import type { GraphInfo } from '../../../web/shared/protocol';

const node = (id: string, op: string, inputs: string[], shape: number[]) => ({ id, op, inputs, shape });
const info = (x: number[], w: number[], y: number[], op = 'matmul') =>
  ({
    nodes: [node('X', 'input', [], x), node('W', 'parameter', [], w), node('Y', op, ['X', 'W'], y)],
  }) as unknown as GraphInfo;
const one = (given: GraphInfo): Puzzle => puzzles(given)[0]!;
const tile = ({ tiles }: Puzzle, name: string): Tile =>
  tiles.find(({ of, isTransposed }) => `${of}${isTransposed ? 'T' : ''}` === name)!;
const said = (puzzle: Puzzle, of: 'X' | 'W', left: string, right: string) =>
  judge(puzzle, of, tile(puzzle, left), tile(puzzle, right));

it('of a batch of two, only the products of the book have the shapes', () => {
  const puzzle = one(info([2, 5], [5, 3], [2, 3]));
  expect(said(puzzle, 'X', 'dY', 'WT')).toEqual({ kind: 'fits', count: 1 });
  expect(said(puzzle, 'W', 'XT', 'dY')).toEqual({ kind: 'fits', count: 1 });
  expect(said(puzzle, 'X', 'dY', 'W')).toEqual({ kind: 'inner', columns: 3, rows: 5 });
  expect(said(puzzle, 'W', 'dYT', 'X')).toEqual({ kind: 'outer', got: [3, 5], wanted: [5, 3] });
  expect(said(puzzle, 'X', 'W', 'WT')).toEqual({ kind: 'outer', got: [5, 5], wanted: [2, 5] });
});

it('where all are square, shapes do not decide, and it is said how many fit', () => {
  const puzzle = one(info([2, 2], [2, 2], [2, 2], 'affine'));
  const verdict = said(puzzle, 'X', 'dYT', 'W');
  expect(verdict.kind === 'fits' && verdict.count > 4).toBe(true);
});

it('a product of X and W alone is never a gradient, whatever its shape', () => {
  const puzzle = one(info([2, 2], [2, 2], [2, 2]));
  expect(said(puzzle, 'X', 'X', 'W').kind).toBe('outer');
});

it('a vector X is a row, a vector W a column', () => {
  expect(one(info([3], [3, 2], [2])).wanted).toEqual({ X: [1, 3], W: [3, 2] });
  expect(one(info([2, 3], [3], [2])).wanted).toEqual({ X: [2, 3], W: [3, 1] });
});

it('other nodes are no puzzles', () => {
  expect(puzzles(info([2, 2], [2, 2], [2, 2], 'mul'))).toEqual([]);
  expect(puzzles(info([2, 2, 2], [2, 2], [2, 2, 2]))).toEqual([]);
});
