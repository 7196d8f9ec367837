import type { Tensor } from '../shared/api';
import type { TensorView } from '../shared/protocol';
import { contributionLine, fieldHeight, gradientBaseline, matrixRow } from './measures';

/**
 * How a tensor is shown on a wire: a number, a bracketed matrix of numbers, a heat map of its cells, or, where there
 * are too many cells to see, a plate with shape and range.
 */
export type Block =
  | { readonly kind: 'number' }
  | { readonly kind: 'matrix'; readonly rows: number; readonly columns: number }
  | { readonly kind: 'map'; readonly rows: number; readonly columns: number; readonly cell: number }
  | { readonly kind: 'plate' };

export const elements = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** The shape as it is read: without leading axes of length 1, and 784 pixels as 28 × 28. */
export function shownShape(shape: readonly number[], maps = false): readonly number[] {
  let start = 0;
  while (start < shape.length - 1 && shape[start] === 1) start += 1;
  const rest = shape.slice(start);
  return maps && rest.length === 1 && rest[0] === 784 ? [28, 28] : rest;
}

/** Rows and columns of a heat map. A long vector is broken into rows: 10 is 2 × 5, 50 is 5 × 10. */
export function mapGrid(shape: readonly number[]): readonly [rows: number, columns: number] {
  const shown = shownShape(shape, true);
  if (shown.length === 0) return [1, 1];
  if (shown.length === 1) {
    const n = shown[0] ?? 1;
    const columns = n <= 5 ? n : n <= 20 ? Math.ceil(n / 2) : n <= 100 ? 10 : Math.ceil(Math.sqrt(n));
    return [Math.max(1, Math.ceil(n / columns)), Math.max(1, columns)];
  }
  const columns = shown[shown.length - 1] ?? 1;
  return [elements(shown) / columns, columns];
}

const longestSide = 116;
const mostCells = 4096;

/** `maps` draws every tensor that is not a single number as a heat map. */
export function blockFor(shape: readonly number[], maps: boolean): Block {
  const count = elements(shape);
  if (count === 1 && (maps || shape.length <= 2)) return { kind: 'number' };
  if (count === 0 || count > mostCells) return { kind: 'plate' };
  if (!maps && count <= 12 && shape.length <= 2) {
    const columns = shape[shape.length - 1] ?? 1;
    if (columns <= 6) return { kind: 'matrix', rows: count / columns, columns };
  }
  const [rows, columns] = mapGrid(shape);
  const cell = Math.min(16, longestSide / Math.max(rows, columns));
  return cell >= 1.5 ? { kind: 'map', rows, columns, cell } : { kind: 'plate' };
}

export const mapSize = (block: { rows: number; columns: number; cell: number }): readonly [w: number, h: number] => [
  Math.round(block.columns * block.cell) + 2,
  Math.round(block.rows * block.cell) + 2,
];

/** Room of heat maps: gap to the wire above it, gap below (past the gradient arrow), and the caption line. */
export const mapGap = { above: 14, below: 24, caption: 20 } as const;
export const plateSize = [104, 40] as const;

/** Height of a block as text: one line, or the rows of a matrix with its brackets. */
export const textHeight = (block: Block): number =>
  block.kind === 'matrix' ? block.rows * matrixRow + 8 : contributionLine;

export interface Extent {
  readonly above: number;
  /** Of `above`, what the value takes; a tangent and an input's name stand over it. */
  readonly value: number;
  readonly below: number;
  readonly width: number;
}

/** Room of the mark beside a tangent. */
export const tangentMark = 18;

/** Height that a tangent takes over the value of its wire. */
export function tangentHeight(block: Block): number {
  switch (block.kind) {
    case 'number':
      return 32;
    case 'matrix':
      return textHeight(block) + 8;
    case 'map':
      return mapSize(block)[1] + mapGap.caption + 6;
    case 'plate':
      return plateSize[1] + mapGap.caption + 6;
  }
}

/**
 * Room that values (above) and gradients (below) of a wire need. `contributions` is the number of gradients that meet
 * there: more than one are listed, with a sum line and a total.
 */
export function blockExtent(block: Block, contributions: number): Omit<Extent, 'value'> {
  const lines = contributions > 1 ? contributions + 1 : 1;
  switch (block.kind) {
    case 'number':
      return { above: fieldHeight + 8, below: gradientBaseline + 10 + (lines - 1) * contributionLine, width: 56 };
    case 'matrix': {
      const height = textHeight(block);
      return { above: height + 14, below: 22 + lines * (height + 4), width: 24 + block.columns * 34 };
    }
    case 'map': {
      const [width, height] = mapSize(block);
      return { above: mapGap.above + height + mapGap.caption, below: mapGap.below + height + mapGap.caption, width };
    }
    case 'plate':
      return {
        above: mapGap.above + plateSize[1] + mapGap.caption,
        below: mapGap.below + plateSize[1] + mapGap.caption,
        width: plateSize[0],
      };
  }
}

/** A tensor with its range, as heat maps want it. */
export function viewOf(tensor: Tensor | TensorView): TensorView {
  if ('min' in tensor) return tensor;
  let [min, max] = [Infinity, -Infinity];
  for (const x of tensor.data) {
    if (x < min) min = x;
    if (x > max) max = x;
  }
  return { ...tensor, min, max };
}
