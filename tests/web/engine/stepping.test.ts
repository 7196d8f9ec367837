import { describe, expect, it } from 'vitest';
import type { Graph, GraphDocument, Tensor } from '../../../web/engine';
import { engine, refusal } from './support/engine';
import { random, randomGraph } from './support/random-graph';

const GRAPHS = Array.from({ length: 60 }, (_, seed) => seed);

const idsOf = (document: GraphDocument) => document.nodes.map(({ id }) => id);

/** Every value and gradient, for comparison bit by bit. */
function state(graph: Graph, ids: readonly string[]): Record<string, { value: Tensor; grad: Tensor }> {
  return Object.fromEntries(ids.map((id) => [id, { value: graph.value(id), grad: graph.grad(id) }]));
}

describe('stepping a graph and running it whole', () => {
  it.each(GRAPHS)('end in the same bits: graph %i', (seed) => {
    const document = randomGraph(seed);
    const ids = idsOf(document);
    for (const dtype of ['float64', 'float32'] as const) {
      const whole = engine.graph(document, { dtype });
      whole.backward();
      const stepped = engine.graph(document, { dtype });
      const steps = stepped.steps();
      const operators = document.nodes.filter(({ inputs }) => inputs).length;
      expect(steps).toBe(2 * operators + 1);
      for (let i = 0; i <= steps; i++) stepped.seek(i);
      expect(state(stepped, ids)).toEqual(state(whole, ids));
      // … and there and back again.
      stepped.seek(Math.floor(steps / 2));
      stepped.seek(steps);
      expect(state(stepped, ids)).toEqual(state(whole, ids));
      whole.dispose();
      stepped.dispose();
    }
  });

  it.each(GRAPHS.slice(0, 20))('records tell how every gradient came about: graph %i', (seed) => {
    const document = randomGraph(seed);
    const graph = engine.graph(document);
    const last = new Map<string, Tensor>();
    for (let i = 1, steps = graph.steps(); i <= steps; i++) {
      for (const record of graph.seek(i)) {
        if (record.phase === 'forward') continue;
        expect(record.before).toEqual(last.get(record.to) ?? null);
        record.contribution?.data.forEach((part, k) => {
          expect(record.after?.data[k]).toBe(record.before ? (record.before.data[k] as number) + part : part);
        });
        last.set(record.to, record.after as Tensor);
      }
    }
    for (const [id, gradient] of last) expect(graph.grad(id)).toEqual(gradient);
    graph.dispose();
  });

  it('asking for the number of steps disturbs nothing', () => {
    const graph = engine.graph(randomGraph(3));
    const ids = idsOf(randomGraph(3));
    graph.backward();
    const before = state(graph, ids);
    graph.steps();
    expect(state(graph, ids)).toEqual(before);
    graph.dispose();
  });

  it('a saved document computes the same bits', () => {
    for (const seed of GRAPHS.slice(0, 10)) {
      const graph = engine.graph(randomGraph(seed));
      const again = engine.graph(graph.toDocument());
      graph.backward();
      again.backward();
      const ids = idsOf(randomGraph(seed));
      expect(state(again, ids)).toEqual(state(graph, ids));
      graph.dispose();
      again.dispose();
    }
  });
});

describe('a lens', () => {
  it.each(GRAPHS)('has the element as its root, value and gradient: graph %i', (seed) => {
    const document = randomGraph(seed);
    const graph = engine.graph(document);
    const next = random(seed);
    graph.backward();
    for (const { id, inputs } of document.nodes) {
      const value = graph.value(id);
      const index = value.shape.map((extent) => Math.floor(next() * extent));
      const offset = index.reduce((at, i, axis) => at * (value.shape[axis] ?? 1) + i, 0);
      for (const of of ['value', 'grad'] as const) {
        if (of === 'value' && !inputs) {
          expect(refusal(() => graph.lens(id, index, of)).code).toBe('NotALeaf');
          continue;
        }
        const lens = graph.lens(id, index, of);
        lens.forward();
        const root = lens.value(lens.toDocument().output ?? '');
        const wanted = (of === 'value' ? value : graph.grad(id)).data[offset] as number;
        expect(root.shape).toEqual([]);
        expect(Math.abs((root.data[0] as number) - wanted), `${id} ${of}`).toBeLessThanOrEqual(
          1e-12 * Math.max(1, Math.abs(wanted)),
        );
        lens.backward();
        lens.dispose();
      }
    }
    graph.dispose();
  });

  it('shows the largest terms of a long sum one by one, and the rest as one number', () => {
    const x = Array.from({ length: 500 }, (_, i) => Math.sin(i));
    const graph = engine.graph({
      format: 'backprop-graph',
      version: 1,
      nodes: [
        { id: 'x', op: 'input', value: x },
        { id: 'w', op: 'parameter', value: x.map((_, i) => [i / 100]) },
        { id: 'y', op: 'matmul', inputs: ['x', 'w'] },
      ],
    });
    graph.forward();
    const lens = graph.lens('y', [0], 'value');
    lens.forward();
    const { nodes, output } = lens.toDocument();
    expect(nodes.filter(({ op }) => op === 'mul')).toHaveLength(12);
    expect(nodes.some(({ label }) => label === '… (488)')).toBe(true);
    expect(lens.value(output ?? '').data[0]).toBeCloseTo(graph.value('y').data[0] as number, 9);
    lens.dispose();
    graph.dispose();
  });

  it('of a loss is the book’s formula, for labels and for a mean of squares', () => {
    const scores = [
      [0.3, 2.9, 4],
      [1, -1, 0.5],
    ];
    const losses: GraphDocument['nodes'][] = [
      [
        { id: 't', op: 'constant', value: [2, 0] },
        { id: 'loss', op: 'softmax_with_loss', inputs: ['x', 't'] },
      ],
      [
        {
          id: 't',
          op: 'constant',
          value: [
            [0, 0, 1],
            [1, 0, 0],
          ],
        },
        { id: 'loss', op: 'softmax_with_loss', inputs: ['x', 't'] },
      ],
      [
        { id: 't', op: 'constant', value: scores.map((row) => row.map((s) => s / 2)) },
        { id: 'loss', op: 'mean_squared_error', inputs: ['x', 't'] },
      ],
    ];
    for (const nodes of losses) {
      const graph = engine.graph({
        format: 'backprop-graph',
        version: 1,
        nodes: [{ id: 'x', op: 'input', value: scores }, ...nodes],
      });
      graph.backward();
      const value = graph.lens('loss', [], 'value');
      value.forward();
      expect(value.value(value.toDocument().output ?? '').data[0]).toBeCloseTo(
        graph.value('loss').data[0] as number,
        12,
      );
      const gradient = graph.lens('x', [1, 2], 'grad');
      gradient.forward();
      expect(gradient.value(gradient.toDocument().output ?? '').data[0]).toBeCloseTo(
        graph.grad('x').data[5] as number,
        12,
      );
      for (const each of [value, gradient, graph]) each.dispose();
    }
  });

  it('refuses what is not there', () => {
    const graph = engine.graph(randomGraph(1));
    expect(refusal(() => graph.lens('nobody', [], 'value')).code).toBe('UnknownNode');
    const operator = randomGraph(1).nodes.find(({ inputs }) => inputs)?.id ?? '';
    expect(
      refusal(() =>
        graph.lens(
          operator,
          graph.toDocument().nodes.map(() => 0),
          'value',
        ),
      ).code,
    ).toBe('OutOfRange');
    expect(refusal(() => graph.lens(randomGraph(1).output ?? '', [], 'value')).code).toBe('NotComputed');
    graph.dispose();
  });
});
