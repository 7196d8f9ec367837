import { describe, expect, it } from 'vitest';
import { foldBlocks } from '../../../web/figure/blocks';
import type { GraphDocument } from '../../../web/shared/api';
import { realEngine } from '../support/real-engine';

const document = (groups: Readonly<Record<string, string>>, more: GraphDocument['nodes'] = []): GraphDocument => ({
  format: 'backprop-graph',
  version: 1,
  nodes: [
    { id: 'x', op: 'input' as const, value: 3 },
    { id: 'a', op: 'neg', inputs: ['x'] },
    { id: 'b', op: 'exp', inputs: ['a'] },
    { id: 'c', op: 'add', inputs: ['b', 'x'] },
    { id: 'y', op: 'mul', inputs: ['c', 'x'] },
    ...more,
  ].map((node) => (groups[node.id] === undefined ? node : { ...node, group: groups[node.id]! })),
  output: 'y',
});
const engine = await realEngine();
async function at(doc: GraphDocument, step: number) {
  const info = await engine.call('graph.open', doc);
  return { info, frame: await engine.call('graph.seek', info.graph, step) };
}

describe('a block', () => {
  it('is drawn as the node of its result, with the wires that come in and the same numbers', async () => {
    const { info, frame } = await at(document({ a: 'f', b: 'f', c: 'f' }), 9);
    const folded = foldBlocks(info, new Set());
    const drawn = folded.frame(frame);
    expect(folded.info.nodes.map(({ id }) => id)).toEqual(['x', 'c', 'y']);
    expect(folded.info.nodes[1]).toMatchObject({ op: 'block', inputs: ['x', 'x'], group: 'f' });
    expect([...folded.names]).toEqual([['c', 'f']]);
    const value = (id: string) => frame.nodes[info.nodes.findIndex((node) => node.id === id)]?.value?.data?.[0];
    expect(drawn?.nodes.map((state) => state.value?.data?.[0])).toEqual(['x', 'c', 'y'].map(value));
    // Two gradients come back to x out of the block, and they are those of the graph.
    const into = drawn?.edges.filter(({ from, to }) => from === 'x' && to === 'c') ?? [];
    expect(into.map(({ slot }) => slot)).toEqual([0, 1]);
    const back = (to: string, slot: number) =>
      frame.edges.find((edge) => edge.to === to && edge.slot === slot)?.contribution?.data?.[0];
    expect(into.map(({ contribution }) => contribution?.data?.[0])).toEqual([back('a', 0), back('c', 1)]);
  });

  it('shows the steps inside at its box', async () => {
    const { info, frame } = await at(document({ a: 'f', b: 'f', c: 'f' }), 1);
    expect(frame.records[0]?.node).toBe('a');
    expect(foldBlocks(info, new Set()).frame(frame)?.records[0]?.node).toBe('c');
  });

  it('is left open where it was opened, and where it cannot be one box', async () => {
    const open = await at(document({ a: 'f', b: 'f', c: 'f' }), 0);
    expect(foldBlocks(open.info, new Set(['f'])).info).toBe(open.info);
    // Two results lead out.
    const two = await at(document({ a: 'f', c: 'f' }), 0);
    expect(foldBlocks(two.info, new Set()).info).toBe(two.info);
    // One node is no block.
    const one = await at(document({ a: 'f' }), 0);
    expect(foldBlocks(one.info, new Set()).info).toBe(one.info);
  });
});
