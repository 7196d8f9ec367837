import { formatNumber, formatShape } from '../page/format.ts';
import type { Tensor } from '../shared/api.ts';
import type { TensorView } from '../shared/protocol.ts';

/** What records and frames hold. */
export type AnyTensor = Tensor | TensorView;

export const count = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);

/** Without leading axes of length 1: one sample of a batch reads like the sample. */
export function shownShape(shape: readonly number[]): readonly number[] {
  let start = 0;
  while (start < shape.length && shape[start] === 1) start += 1;
  return shape.slice(start);
}

export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((extent, axis) => extent === b[axis]);

/** The only number of a tensor with one element; null for others. */
export const single = (tensor: AnyTensor): number | null =>
  tensor.data !== null && count(tensor.shape) === 1 ? (tensor.data[0] ?? null) : null;

/** True where four digits do not show the number whole, so that an equation needs ≈. */
export const isRounded = (x: number): boolean => {
  if (!Number.isFinite(x) || (Number.isInteger(x) && Math.abs(x) < 1e6)) return false;
  return Math.abs(Number(x.toPrecision(4)) - x) > Math.abs(x) * 1e-9;
};

export const anyRounded = (tensors: readonly (AnyTensor | null)[]): boolean =>
  tensors.some((tensor) => tensor?.data?.some(isRounded) ?? false);

/** Whether a product of two numbers holds for the digits that are shown, so that a reader who checks it finds it right. */
export function multipliesOut(upstream: AnyTensor | null, local: AnyTensor | null, product: AnyTensor): boolean {
  const factors = [upstream, local].map((tensor) => (tensor === null ? null : single(tensor)));
  const result = single(product);
  const [a, b] = factors;
  if (result === null || a === null || a === undefined || b === null || b === undefined) {
    return !anyRounded([upstream, local, product]);
  }
  return formatNumber(shownDigits(a) * shownDigits(b)) === formatNumber(result);
}

const shownDigits = (x: number): number => (isRounded(x) ? Number(x.toPrecision(4)) : x);

/** Vectors up to this length are written out within a sentence. */
const longestInText = 4;

/** "2.2", "(0.3, −0.8, 0.5)"; null where there are too many numbers for a line of text. */
export function shortText(tensor: AnyTensor): string | null {
  const { data } = tensor;
  const shape = shownShape(tensor.shape);
  if (data === null || shape.length > 1 || data.length > longestInText || data.length === 0) return null;
  const numbers = Array.from(data, formatNumber);
  return shape.length === 0 ? (numbers[0] ?? null) : `(${numbers.join(', ')})`;
}

export const shapeText = (tensor: AnyTensor): string => {
  const shape = shownShape(tensor.shape);
  return formatShape(shape.length === 0 ? tensor.shape : shape);
};

/** Smallest and largest element; NaN where there is none. */
export function range(tensor: AnyTensor): { min: number; max: number } {
  if ('min' in tensor) return { min: tensor.min, max: tensor.max };
  let min = Infinity;
  let max = -Infinity;
  for (const x of tensor.data) {
    if (x < min) min = x;
    if (x > max) max = x;
  }
  return min > max ? { min: NaN, max: NaN } : { min, max };
}
