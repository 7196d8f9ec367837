import { describe, expect, it } from 'vitest';
import { neededFrame, neededInfo } from '../../../web/pad/needed';
import type { Frame, GraphHandle, GraphInfo, NodeInfo } from '../../../web/shared/protocol';

const node = (id: string, inputs: readonly string[]): NodeInfo => ({
  id,
  op: id,
  kind: inputs.length === 0 ? 'input' : 'operator',
  inputs,
  label: null,
  group: null,
  shape: [],
  forwardStep: null,
  backwardStep: null,
  gradStep: null,
});
const graph = 1 as GraphHandle;
const info = (nodes: readonly NodeInfo[]): GraphInfo => ({
  graph,
  document: { format: 'backprop-graph', version: 1, nodes: [] },
  output: 'loss',
  steps: 5,
  nodes,
});
const nodes = [node('x', []), node('a', ['x']), node('y', ['a']), node('t', []), node('loss', ['a', 't'])];

describe('what a walk shows', () => {
  it('is what the loss depends on', () => {
    expect(neededInfo(info(nodes)).nodes.map(({ id }) => id)).toEqual(['x', 'a', 't', 'loss']);
  });

  it('keeps frames parallel to the nodes', () => {
    const whole = info(nodes);
    const view = (max: number) => ({ value: { shape: [], data: null, min: 0, max }, grad: null });
    const edge = (from: string, to: string) => ({ from, to, slot: 0, contribution: null, step: null });
    const frame: Frame = {
      graph,
      step: 2,
      records: [],
      nodes: nodes.map((_, i) => view(i)),
      edges: [edge('x', 'a'), edge('a', 'y'), edge('a', 'loss'), edge('t', 'loss')],
    };
    const part = neededFrame(whole, neededInfo(whole), frame);
    expect(part.nodes.map(({ value }) => value?.max)).toEqual([0, 1, 3, 4]);
    expect(part.edges.map(({ to }) => to)).toEqual(['a', 'loss', 'loss']);
  });

  it('leaves a graph alone where everything is needed', () => {
    const whole = info(nodes.filter(({ id }) => id !== 'y'));
    expect(neededInfo(whole)).toBe(whole);
  });
});
