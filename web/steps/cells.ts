import { type AnyTensor, count, shownShape } from './numbers.ts';

/** A place in a drawn matrix, from 0. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Matrices up to this many numbers and columns are written as numbers, larger ones are drawn as heat maps. */
export const writtenCells = 40;
export const writtenColumns = 6;
/** Beyond this the engine sends no single elements. */
export const drawnCells = 4096;

/** How a tensor is drawn where its elements matter. */
export function drawnAs(tensor: AnyTensor): 'numbers' | 'map' | 'summary' {
  const { data } = tensor;
  if (data === null || data.length === 0 || data.length > drawnCells) return 'summary';
  const { rows, columns } = matrixSize(tensor.shape);
  return tensor.shape.length <= 2 && rows * columns <= writtenCells && columns <= writtenColumns ? 'numbers' : 'map';
}

/** Rows and columns of a tensor as a matrix: a vector is one row, further axes are stacked. */
export function matrixSize(shape: readonly number[]): { readonly rows: number; readonly columns: number } {
  const columns = shownShape(shape).at(-1) ?? 1;
  return { rows: columns === 0 ? 0 : count(shape) / columns, columns };
}

/** Index of the element at a flat position. */
export function indexAt(shape: readonly number[], position: number): number[] {
  const index: number[] = [];
  let rest = position;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    const extent = shape[axis] ?? 1;
    index.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return index;
}

/** `W[3, 1]`, and `W` for a single number: as the core names elements. */
export const elementName = (name: string, index: readonly number[]): string =>
  index.length === 0 ? name : `${name}[${index.join(', ')}]`;
