import type { NestedNumbers } from '../shared/api.ts';
import type { TensorView } from '../shared/protocol.ts';

/** The seed of a document as a tensor of the target's shape; without one, ones. */
export function nestedTensor(seed: NestedNumbers | undefined, shape: readonly number[]): TensorView {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const numbers = seed === undefined ? [] : flat(seed);
  const data = Float64Array.from({ length: size }, (_, i) => numbers[i] ?? numbers.at(-1) ?? 1);
  return { shape, data, min: Math.min(...data), max: Math.max(...data) };
}

const flat = (numbers: NestedNumbers): number[] => (typeof numbers === 'number' ? [numbers] : numbers.flatMap(flat));
