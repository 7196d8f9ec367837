import { describe, expect, it } from 'vitest';
import type { GraphHandle, MethodName } from '../../../web/shared/protocol';
import { apple, document } from '../engine/support/engine';
import { startWorker } from './support';

const worker = await startWorker();

describe('graphs in the worker', () => {
  it('tell what stays the same while they are stepped', async () => {
    const info = await worker.call('graph.open', apple);
    expect(info).toMatchObject({ output: 'total', steps: 5, document: apple });
    expect(info.nodes.find(({ id }) => id === 'price')).toEqual({
      id: 'price',
      op: 'mul',
      kind: 'operator',
      inputs: ['apple', 'count'],
      label: null,
      group: null,
      shape: [],
      forwardStep: 1,
      backwardStep: 5,
      gradStep: 4,
    });
    expect(info.nodes.find(({ id }) => id === 'tax')).toMatchObject({
      kind: 'input',
      forwardStep: null,
      backwardStep: null,
      gradStep: 4,
    });
    expect(info.nodes.find(({ id }) => id === 'apple')).toMatchObject({ gradStep: 5 });
    await worker.call('graph.close', info.graph);
  });

  it('send frames: records, nodes parallel to the info, and every wire', async () => {
    const info = await worker.call('graph.open', apple);
    const at = (id: string) => info.nodes.findIndex((node) => node.id === id);

    const start = await worker.call('graph.seek', info.graph, 0);
    expect(start.records).toEqual([]);
    expect(start.nodes[at('apple')]?.value).toMatchObject({ shape: [], min: 100, max: 100 });
    expect(start.nodes[at('total')]).toEqual({ value: null, grad: null });
    expect(start.edges).toHaveLength(4);
    expect(start.edges.every(({ contribution }) => contribution === null)).toBe(true);
    expect(start.edges.find(({ from }) => from === 'tax')).toMatchObject({ to: 'total', slot: 1, step: 4 });

    const end = await worker.call('graph.seek', info.graph, 5);
    expect(end.records).toHaveLength(2);
    expect(end.nodes[at('total')]?.value?.data?.[0]).toBeCloseTo(220, 12);
    expect(end.nodes[at('count')]?.grad?.data?.[0]).toBeCloseTo(110, 12);
    expect(end.edges.find(({ from }) => from === 'apple')?.contribution?.data?.[0]).toBeCloseTo(2.2, 14);

    const back = await worker.call('graph.seek', info.graph, 3);
    expect(back.nodes[at('price')]?.grad).toBeNull();
    await worker.call('graph.close', info.graph);
  });

  it('follow an edit at the step where they are', async () => {
    const info = await worker.call('graph.open', apple);
    const frame = await worker.call('graph.set', info.graph, 'count', 3, 5);
    expect(frame.step).toBe(5);
    expect(frame.nodes.at(-1)?.value?.data?.[0]).toBeCloseTo(330, 12);
    const now = await worker.call('graph.info', info.graph);
    expect(now.document.nodes.find(({ id }) => id === 'count')?.value).toBe(3);
    expect((await worker.refused('graph.set', info.graph, 'count', [[1], [2, 3]], 5)).code).toBe('InvalidValue');
    expect((await worker.call('graph.check', info.graph)).every(({ agrees }) => agrees)).toBe(true);
    expect((await worker.call('graph.read', info.graph, 'total', 'value')).data[0]).toBeCloseTo(330, 12);
    await worker.call('graph.close', info.graph);
  });

  it('send large tensors as summaries, and whole when asked', async () => {
    const value = Array.from({ length: 5000 }, (_, i) => i - 10);
    const info = await worker.call(
      'graph.open',
      document([
        { id: 'x', op: 'input', value },
        { id: 'y', op: 'sum', inputs: ['x'] },
      ]),
    );
    expect(info.document.nodes[0]?.value).toBeUndefined();
    const frame = await worker.call('graph.seek', info.graph, 1);
    expect(frame.nodes[0]?.value).toEqual({ shape: [5000], data: null, min: -10, max: 4989 });
    expect((await worker.call('graph.read', info.graph, 'x', 'value')).data).toEqual(Float64Array.from(value));
    await worker.call('graph.close', info.graph);
  });

  it('show NaN and infinities as they are', async () => {
    const info = await worker.call(
      'graph.open',
      document([
        { id: 'x', op: 'input', value: [-1, 0, 1] },
        { id: 'y', op: 'log', inputs: ['x'] },
      ]),
    );
    const frame = await worker.call('graph.seek', info.graph, 1);
    expect(frame.nodes[1]?.value?.data).toEqual(Float64Array.of(Number.NaN, -Infinity, 0));
    expect(frame.nodes[1]?.value).toMatchObject({ min: -Infinity, max: 0 });
    await worker.call('graph.close', info.graph);
  });
});

describe('questions in the worker', () => {
  it('any node may be the target, with a seed of its own', async () => {
    const info = await worker.call('graph.open', apple);
    const price = await worker.call('graph.target', info.graph, 'price');
    expect(price).toMatchObject({ output: 'price', steps: 3 });
    const frame = await worker.call('graph.seed', info.graph, 5, 3);
    const apples = price.nodes.findIndex(({ id }) => id === 'apple');
    expect(frame.step).toBe(3);
    expect(frame.nodes[apples]?.grad?.data?.[0]).toBe(10);
    expect((await worker.call('graph.paths', info.graph, 'apple')).total.data[0]).toBe(10);
    expect((await worker.call('graph.check', info.graph)).map(({ node }) => node)).toEqual(['apple', 'count']);
    expect((await worker.refused('graph.seed', info.graph, [1, 2], 3)).code).toBe('ShapeMismatch');
    // Back at the output, whose seed is part of the document.
    expect(await worker.call('graph.target', info.graph, '')).toMatchObject({ output: 'total', steps: 5 });
    const doubled = await worker.call('graph.seed', info.graph, 2, 5);
    expect(doubled.nodes[apples]?.grad?.data?.[0]).toBeCloseTo(4.4, 12);
    expect((await worker.call('graph.info', info.graph)).document.seed).toBe(2);
    const ones = await worker.call('graph.seed', info.graph, null, 5);
    expect(ones.nodes[apples]?.grad?.data?.[0]).toBeCloseTo(2.2, 12);
    await worker.call('graph.close', info.graph);
  });

  it('are answered by name', async () => {
    const info = await worker.call(
      'graph.open',
      document([
        { id: 'x', op: 'input', value: [3, 0.00001] },
        { id: 'r', op: 'relu', inputs: ['x'] },
        { id: 'y', op: 'sum', inputs: ['r'] },
      ]),
    );
    const graph = info.graph;
    expect((await worker.call('graph.check', graph)).map(({ verdicts }) => verdicts)).toEqual([['agrees', 'kink']]);
    expect((await worker.call('graph.check', graph, { h: 1e-6 }))[0]?.verdict).toBe('agrees');
    expect((await worker.call('graph.checkCurve', graph, 'x', [1])).h).toHaveLength(37);
    expect((await worker.call('graph.nudge', graph, 'x', [0], 0.5)).change).toBe(0.5);
    expect((await worker.call('graph.nudgeCurve', graph, 'x', [1], { span: 1, points: 5 })).y).toHaveLength(5);
    expect(await worker.call('graph.nonFinite', graph)).toBeNull();
    expect((await worker.refused('graph.opened', graph, 'r')).code).toBe('Unsupported');
    expect((await worker.refused('graph.closed', graph, 'r')).code).toBe('UnknownNode');
    await worker.call('graph.close', graph);
  });
});

describe('the dispatcher', () => {
  it('answers every call, also one that nobody serves', async () => {
    expect((await worker.refused('graph.fly' as MethodName)).code).toBe('UnknownMethod');
    expect((await worker.refused('constructor' as MethodName)).code).toBe('UnknownMethod');
    expect((await worker.refused('graph.open', null as never)).code).toBe('MalformedDocument');
    expect((await worker.refused('graph.seek', 99 as GraphHandle, 1)).code).toBe('Disposed');
    expect((await worker.refused('digits.classify', 99 as never, [[[0, 0]]])).code).toBe('Disposed');
  });

  it('closes what was closed before without a word', async () => {
    const info = await worker.call('graph.open', apple);
    await worker.call('graph.close', info.graph);
    await worker.call('graph.close', info.graph);
    expect((await worker.refused('graph.seek', info.graph, 0)).code).toBe('Disposed');
  });

  it('tells of the engine', async () => {
    const { build, ops } = await worker.call('engine.info');
    expect(build.simd).toBe('simd128');
    expect(ops.length).toBeGreaterThan(20);
  });
});
