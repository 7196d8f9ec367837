import { expect, it } from 'vitest';
import type { Frame, GraphHandle, TensorView } from '../../../web/shared/protocol';
import { keptFrame } from '../../../web/steps/kept-frame';

const tensor = (...data: number[]): TensorView => ({
  shape: [data.length],
  data: Float64Array.from(data),
  min: Math.min(...data),
  max: Math.max(...data),
});
const frame = (step: number, value: TensorView, grad: TensorView | null): Frame => ({
  graph: 1 as GraphHandle,
  step,
  records: [],
  nodes: [
    { value: tensor(1, 2), grad: null },
    { value, grad },
  ],
  edges: [{ from: 'a', to: 'b', slot: 0, contribution: grad, step: 3 }],
});

it('keeps the objects of nodes and wires that a step left alone', () => {
  const before = frame(2, tensor(3, 4), null);
  const next = keptFrame(before, frame(3, tensor(3, 4), tensor(5, 6)));
  expect(next.step).toBe(3);
  expect(next.nodes[0]).toBe(before.nodes[0]);
  expect(next.nodes[1]).not.toBe(before.nodes[1]);
  expect(next.nodes[1]!.value).toBe(before.nodes[1]!.value);
  expect(next.nodes[1]!.grad!.data).toEqual(Float64Array.from([5, 6]));
  expect(next.edges[0]!.contribution).not.toBeNull();
});

it.each([
  ['another number', tensor(3, 5)],
  ['another sign of zero', tensor(-0, 4)],
  ['NaN where there was none', tensor(NaN, 4)],
  ['another shape', { ...tensor(3, 4), shape: [2, 1] }],
  ['a summary', { ...tensor(3, 4), data: null }],
])('takes %s', (_, value) => {
  const next = keptFrame(frame(1, tensor(3, 4), null), frame(2, value, null));
  expect(next.nodes[1]!.value).toBe(value);
});

it('takes all of a frame with other nodes', () => {
  const next = frame(1, tensor(1), null);
  expect(keptFrame({ ...next, nodes: [] }, next)).toBe(next);
  expect(keptFrame(null, next)).toBe(next);
});
