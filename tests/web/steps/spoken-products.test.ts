import { expect, it } from 'vitest';
import { spokenProducts } from '../../../web/steps/spoken-products';
import type { Frame } from '../../../web/shared/protocol';
import type { StepRecord, Tensor } from '../../../web/shared/api';

const tensor = (...numbers: number[]): Tensor => ({
  shape: numbers.length === 1 ? [] : [numbers.length],
  data: Float64Array.from(numbers),
});
const record = (upstream: Tensor | null, local: Tensor | null, contribution: Tensor | null, more = {}): StepRecord => ({
  phase: 'backward', node: 'z', from: 'z', to: 'x', slot: 0, combine: 'times', upstream, local, contribution, before: null, after: null, ...more,
}); // prettier-ignore
const said = (...records: StepRecord[]): readonly string[] =>
  spokenProducts({ records } as unknown as Frame, { phrase: (id) => `the ${id}` }, 'en');

it('says every product of a backward step, one a slot', () => {
  expect(
    said(record(tensor(1.1), tensor(2), tensor(2.2)), record(tensor(1.1), tensor(100), tensor(110), { to: 'n' })),
  ).toEqual(['To the x: upstream 1.1 × local 2 = 2.2.', 'To the n: upstream 1.1 × local 100 = 110.']);
});

it('says ≈ where the digits on show do not multiply out, = where 1 passes them on', () => {
  expect(said(record(tensor(1 / 3), tensor(1 / 3), tensor(1 / 9)))).toEqual([
    'To the x: upstream 0.3333 × local 0.3333 = 0.1111.',
  ]);
  expect(said(record(tensor(2 / 3), tensor(2 / 3), tensor(4 / 9)))).toEqual([expect.stringMatching(/[=≈] 0\.4444\.$/)]);
  const third = tensor(1 / 3, 2 / 3);
  expect(said(record(tensor(1), third, third))).toEqual([
    'To the x: upstream 1 × local (0.3333, 0.6667) = (0.3333, 0.6667).',
  ]);
  expect(said(record(tensor(2), third, tensor(2 / 3, 4 / 3)))).toEqual([expect.stringContaining('≈')]);
});

it('is silent where nothing is multiplied, or too much', () => {
  const long = tensor(1, 2, 3, 4, 5);
  expect(said(record(long, long, long))).toEqual([]);
  expect(said(record(tensor(1), tensor(1), tensor(1), { combine: 'sum' }))).toEqual([]);
  expect(said(record(null, null, null, { phase: 'forward' }))).toEqual([]);
});
