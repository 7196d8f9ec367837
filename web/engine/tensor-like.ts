import type { NestedNumbers, Tensor, TensorLike } from '../shared/api';
import { invalid } from './invalid';

/** What crosses into the core: a shape and its numbers, row-major, copied. */
export interface FlatTensor {
  readonly shape: readonly number[];
  /** A number alone for a scalar. */
  readonly data: Float64Array | Float32Array | number;
}

const MAX_RANK = 4;

/**
 * Flattens what callers may give for a tensor. The core checks shapes and values against the graph; what is checked
 * here is only what would be lost by flattening: that nested arrays are regular and hold numbers.
 * @param where names the value in error messages: `value of "x"`.
 */
export function flatten(value: TensorLike, where: string): FlatTensor {
  if (typeof value === 'number') return { shape: [], data: value };
  if (isTensor(value)) {
    const shape = Array.from(value.shape);
    const data = value.data instanceof Float32Array ? Float32Array.from(value.data) : Float64Array.from(value.data);
    return { shape, data };
  }
  const shape = shapeOf(value, where);
  const numbers: number[] = [];
  append(value, shape, 0, '', where, numbers);
  return { shape, data: Float64Array.from(numbers) };
}

function isTensor(value: TensorLike): value is Tensor {
  if (typeof value !== 'object' || value === null || !('shape' in value)) return false;
  return Array.isArray(value.shape) && (value.data instanceof Float64Array || value.data instanceof Float32Array);
}

/** The shape that the first element of every level promises; `append` holds the others to it. */
function shapeOf(value: NestedNumbers, where: string): number[] {
  const shape: number[] = [];
  let level: NestedNumbers | undefined = value;
  while (Array.isArray(level)) {
    shape.push(level.length);
    if (shape.length > MAX_RANK) {
      throw invalid(`${where}: nested more than ${MAX_RANK} deep; a tensor has rank 0 to ${MAX_RANK}.`);
    }
    level = (level as readonly NestedNumbers[])[0];
  }
  return shape;
}

function append(
  value: unknown,
  shape: readonly number[],
  depth: number,
  place: string,
  where: string,
  out: number[],
): void {
  const length = shape[depth];
  if (length === undefined) {
    if (typeof value !== 'number') throw invalid(`${where}: ${at(place)} is ${nameOf(value)}; wanted a number.`);
    out.push(value);
    return;
  }
  if (!Array.isArray(value)) {
    throw invalid(`${where}: ${at(place)} is ${nameOf(value)}; wanted an array of ${length} like its neighbours.`);
  }
  if (value.length !== length) {
    throw invalid(
      `${where}: ${at(place)} has ${value.length} elements; wanted ${length} like its neighbours. Make the arrays equally long.`,
    );
  }
  value.forEach((element: unknown, i) => append(element, shape, depth + 1, `${place}[${i}]`, where, out));
}

function at(place: string): string {
  return place === '' ? 'it' : `element ${place}`;
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return value === undefined ? 'missing' : `a ${typeof value}`;
}
