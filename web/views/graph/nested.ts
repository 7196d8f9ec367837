import type { NestedNumbers, TensorLike } from '../../shared/api.ts';

/** A tensor as a document holds it: nested lists. */
export function nested(value: TensorLike): NestedNumbers {
  if (typeof value === 'number' || Array.isArray(value)) return value as NestedNumbers;
  const { shape, data } = value as Exclude<TensorLike, NestedNumbers>;
  let at = 0;
  const build = (axis: number): NestedNumbers => {
    if (axis === shape.length) return data[at++] ?? 0;
    return Array.from({ length: shape[axis] ?? 0 }, () => build(axis + 1));
  };
  return build(0);
}
