import { describe, expect, it } from 'vitest';
import { apple, document, engine, refusal } from './support/engine';

const scalar = (value: number) => ({ shape: [], data: Float64Array.of(value) });

describe('the apple graph', () => {
  it('costs 220, and gives every input its gradient', () => {
    const graph = engine.graph(apple);
    graph.backward();
    expect(graph.value('total').data[0]).toBeCloseTo(220, 12);
    expect(graph.value('total').shape).toEqual([]);
    expect(graph.grad('apple').data[0]).toBeCloseTo(2.2, 14);
    expect(graph.grad('count').data[0]).toBeCloseTo(110, 12);
    expect(graph.grad('tax').data[0]).toBe(200);
    expect(graph.grad('total').data[0]).toBe(1);
    graph.dispose();
  });

  it('has five steps, each with its records', () => {
    const graph = engine.graph(apple);
    expect(graph.steps()).toBe(5);
    expect(graph.seek(0)).toEqual([]);
    expect(refusal(() => graph.value('price')).code).toBe('NotComputed');
    expect(graph.seek(1)).toMatchObject([
      { phase: 'forward', node: 'price', from: null, to: 'price', slot: -1, after: scalar(200) },
    ]);
    expect(graph.seek(3)).toMatchObject([{ phase: 'seed', node: 'total', after: scalar(1) }]);
    const last = graph.seek(5);
    expect(last.map(({ phase, node, from, to, slot }) => ({ phase, node, from, to, slot }))).toEqual([
      { phase: 'backward', node: 'price', from: 'price', to: 'apple', slot: 0 },
      { phase: 'backward', node: 'price', from: 'price', to: 'count', slot: 1 },
    ]);
    expect(last[0]).toMatchObject({ combine: 'times', upstream: scalar(1.1), local: scalar(2), before: null });
    graph.dispose();
  });

  it('steps back to exactly the state it had', () => {
    const graph = engine.graph(apple);
    const third = graph.seek(3);
    graph.seek(5);
    expect(graph.seek(3)).toEqual(third);
    expect(refusal(() => graph.value('no such node')).code).toBe('UnknownNode');
    expect(graph.grad('apple').data[0]).toBe(0);
    graph.dispose();
  });

  it('follows a new value, and its document says it', () => {
    const graph = engine.graph(apple);
    graph.set('count', 3);
    graph.forward();
    expect(graph.value('total').data[0]).toBeCloseTo(330, 12);
    const written = graph.toDocument();
    expect(written.nodes.find(({ id }) => id === 'count')?.value).toBe(3);
    expect(written.output).toBe('total');
    const again = engine.graph(written);
    again.forward();
    expect(again.value('total')).toEqual(graph.value('total'));
    graph.dispose();
    again.dispose();
  });

  it('agrees with central differences', () => {
    const graph = engine.graph(apple);
    const checks = graph.checkGradients();
    expect(checks.map(({ node }) => node).sort()).toEqual(['apple', 'count', 'tax']);
    for (const check of checks) {
      expect(check.agrees).toBe(true);
      expect(check.maxRelative).toBeLessThan(1e-8);
    }
    graph.dispose();
  });
});

describe('a value used twice', () => {
  const square = document([
    { id: 'x', op: 'input', value: 3 },
    { id: 'y', op: 'mul', inputs: ['x', 'x'] },
  ]);

  it('receives both contributions', () => {
    const graph = engine.graph(square);
    const records = graph.seek(graph.steps());
    expect(records).toHaveLength(2);
    expect(records[0]).toMatchObject({ slot: 0, before: null, contribution: scalar(3), after: scalar(3) });
    expect(records[1]).toMatchObject({ slot: 1, before: scalar(3), contribution: scalar(3), after: scalar(6) });
    expect(graph.grad('x').data[0]).toBe(6);
    graph.dispose();
  });
});

describe('tensors', () => {
  it('cross as copies: writing into one changes nothing in the core', () => {
    const graph = engine.graph(
      document([
        { id: 'x', op: 'input', value: [1, 2] },
        { id: 'y', op: 'square', inputs: ['x'] },
      ]),
    );
    graph.forward();
    const copy = graph.value('y');
    copy.data.fill(99);
    expect(Array.from(graph.value('y').data)).toEqual([1, 4]);
    const given = { shape: [2], data: Float64Array.of(5, 6) };
    graph.set('x', given);
    given.data.fill(0);
    graph.forward();
    expect(Array.from(graph.value('y').data)).toEqual([25, 36]);
    graph.dispose();
  });

  it('are 64-bit unless the graph is asked for 32', () => {
    const node = document([
      { id: 'x', op: 'input', value: 0.1 },
      { id: 'y', op: 'neg', inputs: ['x'] },
    ]);
    const precise = engine.graph(node);
    const fast = engine.graph(node, { dtype: 'float32' });
    precise.forward();
    fast.forward();
    expect(precise.value('y').data).toEqual(Float64Array.of(-0.1));
    expect(fast.value('y').data).toEqual(Float32Array.of(-0.1));
    precise.dispose();
    fast.dispose();
  });

  it('take a seed of their shape, and ones without it', () => {
    const graph = engine.graph(
      document([
        {
          id: 'x',
          op: 'input',
          value: [
            [1, 2],
            [3, 4],
          ],
        },
        { id: 'y', op: 'square', inputs: ['x'] },
      ]),
    );
    graph.backward();
    expect(Array.from(graph.grad('x').data)).toEqual([2, 4, 6, 8]);
    graph.backward('y', [
      [1, 0],
      [0, 10],
    ]);
    expect(Array.from(graph.grad('x').data)).toEqual([2, 0, 0, 80]);
    expect(refusal(() => graph.backward('y', [1, 2])).code).toBe('ShapeMismatch');
    graph.dispose();
  });
});
