import type { Tensor } from '../shared/api.ts';
import { count } from '../steps/numbers.ts';

/** The direction in which one element moves at 1 and all others stand still. */
export function oneHot(shape: readonly number[], at: number): Tensor {
  const data = new Float64Array(count(shape));
  data[at] = 1;
  return { shape, data };
}
