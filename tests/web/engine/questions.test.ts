/** What a graph answers beside its values: through the real wasm, as a program in Node or the page asks it. */
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../../web/engine';
import { apple, document, engine, refusal } from './support/engine';

const one = (op: string, x: number): GraphDocument =>
  document([
    { id: 'x', op: 'input', value: x },
    { id: 'y', op, inputs: ['x'] },
  ]);

describe('gradient checks with verdicts', () => {
  it.each([
    ['exp', 1, 1e-4, 'agrees'],
    ['relu', 0.00002, 1e-4, 'kink'],
    ['exp', 1, 1e-12, 'round-off'],
    ['exp', 1, 0.5, 'curvature'],
  ] as const)('%s at %d with h = %d: %s', (op, x, h, verdict) => {
    const graph = engine.graph(one(op, x));
    const [check] = graph.checkGradients(undefined, { h });
    expect(check).toMatchObject({
      node: 'x',
      verdict,
      verdicts: [verdict],
      evaluations: 2,
      agrees: verdict === 'agrees',
    });
    graph.dispose();
  });

  it('leaves the graph at the step where it stands', () => {
    const graph = engine.graph(apple);
    graph.seek(2);
    graph.checkGradients();
    graph.nudge('apple', [], 1);
    graph.nonFinite();
    graph.paths('apple');
    expect(graph.value('total').data[0]).toBeCloseTo(220, 10);
    expect(refusal(() => graph.grad('apple')).code).toBe('NotComputed');
    graph.dispose();
  });

  it('counts the race: 79,520 forward passes against one and one', () => {
    const network = engine.network({
      input: [4],
      layers: [{ type: 'affine', units: 3 }, { type: 'relu' }, { type: 'affine', units: 2 }],
      loss: 'softmax_with_loss',
    });
    const checks = network.graph.checkGradients();
    const parameters = checks.filter(({ node }) => /weight|bias/.test(node));
    expect(parameters.reduce((sum, { evaluations }) => sum + evaluations, 0)).toBe(2 * network.parameterCount);
    network.dispose();
  });

  it('draws the error over h', () => {
    const graph = engine.graph(one('exp', 1));
    const curve = graph.checkCurve('x', []);
    expect(curve.h).toHaveLength(37);
    for (const list of [curve.numeric, curve.error, curve.verdicts]) expect(list).toHaveLength(37);
    expect(curve.h[0]).toBe(1e-12);
    expect(curve.h[36]).toBe(1);
    expect(curve.verdicts[0]).toBe('round-off');
    expect(curve.verdicts[36]).toBe('curvature');
    expect(curve.analytic).toBeCloseTo(Math.E, 12);
    expect(curve.error[curve.h.indexOf(curve.best)]).toBe(Math.min(...curve.error));
    const few = graph.checkCurve('x', [], { smallest: 1e-6, largest: 1e-2, points: 3 });
    expect(few.h[1]).toBeCloseTo(1e-4, 12);
    expect(refusal(() => graph.checkCurve('x', [], { points: 1 })).code).toBe('OutOfRange');
    expect(refusal(() => graph.checkCurve('x', [0])).code).toBe('OutOfRange');
    expect(refusal(() => graph.checkCurve('pear', [])).code).toBe('UnknownNode');
    graph.dispose();
  });
});

describe('paths', () => {
  it('add up to the gradient, each with its factors', () => {
    const graph = engine.graph(
      document([
        { id: 'x', op: 'input', value: 3 },
        { id: 's', op: 'mul', inputs: ['x', 'x'] },
        { id: 'y', op: 'add', inputs: ['s', 'x'] },
      ]),
    );
    const report = graph.paths('x');
    expect(report.paths.map(({ nodes, slots }) => [nodes, slots])).toEqual([
      [
        ['x', 's', 'y'],
        [0, 0],
      ],
      [
        ['x', 's', 'y'],
        [1, 0],
      ],
      [['x', 'y'], [1]],
    ]);
    expect(report.paths.map(({ product }) => product.data[0])).toEqual([3, 3, 1]);
    expect(report.paths[0]?.locals.map((local) => local?.data[0])).toEqual([3, 1]);
    expect(report.total.data[0]).toBe(7);
    expect(report.omitted).toBe(0);
    expect(refusal(() => graph.paths('pear')).code).toBe('UnknownNode');
    graph.dispose();
  });
});

describe('nudges', () => {
  it('show the change beside the promise', () => {
    const graph = engine.graph(apple);
    const nudge = graph.nudge('apple', [], 1);
    expect(nudge.change).toBeCloseTo(2.2, 10);
    expect(nudge.promised).toBeCloseTo(2.2, 12);
    expect(nudge.target.data[0]).toBeCloseTo(222.2, 10);
    expect(graph.nudge('apple', [], 1, 'price').change).toBe(2);
    expect(refusal(() => graph.nudge('apple', [], Number.NaN)).code).toBe('InvalidValue');
    expect(refusal(() => graph.nudge('apple', [1], 1)).code).toBe('OutOfRange');
    graph.dispose();
  });

  it('draw the curve and its tangent', () => {
    const graph = engine.graph(one('square', 3));
    expect(graph.nudgeCurve('x', [], { span: 2, points: 3 })).toEqual({
      x: [1, 3, 5],
      y: [1, 9, 25],
      tangent: [-3, 9, 21],
    });
    graph.dispose();
  });

  it('of a float32 graph are asked in double', () => {
    const graph = engine.graph(one('exp', 1), { dtype: 'float32' });
    expect(graph.nudge('x', [], 1e-6).change).toBeCloseTo(Math.E * 1e-6, 11);
    graph.dispose();
  });
});

describe('numbers that are not finite', () => {
  it('are traced to the first of them', () => {
    const graph = engine.graph(
      document([
        { id: 'x', op: 'input', value: [1000, 1] },
        { id: 'e', op: 'exp', inputs: ['x'] },
        { id: 's', op: 'sum', inputs: ['e'] },
        { id: 'y', op: 'div', inputs: ['e', 's'] },
      ]),
    );
    const found = graph.nonFinite();
    expect(found).toMatchObject({
      node: 'e',
      step: 1,
      phase: 'forward',
      of: 'value',
      kind: 'inf',
      index: [0],
      value: Infinity,
      cause: 'overflow',
      rule: 'e',
      inputs: [{ id: 'x', of: 'value', index: [0], value: 1000 }],
    });
    expect(found?.then.slice(0, 2).map(({ node, kind, cause }) => [node, kind, cause])).toEqual([
      ['s', 'inf', 'passed-on'],
      ['y', 'nan', 'inf-over-inf'],
    ]);
    graph.set('x', [1, 2]);
    expect(graph.nonFinite()).toBeNull();
    graph.set('x', { shape: [2], data: Float64Array.of(1, Number.NaN) });
    expect(graph.nonFinite()).toMatchObject({
      node: 'x',
      step: 0,
      phase: 'given',
      cause: 'input',
      kind: 'nan',
      index: [1],
      rule: null,
    });
    graph.dispose();
  });
});

describe('forward mode', () => {
  it('is the transpose of backward mode', () => {
    const graph = engine.graph(apple);
    const moves = graph.tangents({ apple: 1, count: 2 });
    expect(Object.keys(moves)).toHaveLength(5);
    expect(moves.price?.data[0]).toBe(202);
    graph.backward();
    const promised = (graph.grad('apple').data[0] ?? 0) + 2 * (graph.grad('count').data[0] ?? 0);
    expect(moves.total?.data[0]).toBeCloseTo(promised, 11);
    expect(graph.tangent({ tax: 1 }).data[0]).toBe(200);
    expect(graph.tangent({ apple: 1 }, 'price').data[0]).toBe(2);
    expect(refusal(() => graph.tangents({ price: 1 })).code).toBe('NotALeaf');
    expect(refusal(() => graph.tangents({ apple: [1, 2] })).code).toBe('ShapeMismatch');
    expect(refusal(() => graph.tangents({ pear: 1 })).code).toBe('UnknownNode');
    graph.dispose();
  });
});

describe('memory', () => {
  it('says what is kept for the way back, and until when', () => {
    const graph = engine.graph(apple);
    expect(graph.memory()).toEqual([
      {
        node: 'price',
        keeps: [
          { what: 'x', of: 'apple', bytes: 8 },
          { what: 'y', of: 'count', bytes: 8 },
        ],
        enough: null,
        from: 1,
        until: 5,
      },
      {
        node: 'total',
        keeps: [
          { what: 'x', of: 'price', bytes: 8 },
          { what: 'y', of: 'tax', bytes: 8 },
        ],
        enough: null,
        from: 2,
        until: 4,
      },
    ]);
    graph.dispose();
  });
});

describe('composites', () => {
  const net = document([
    { id: 'x', op: 'input', value: [[0.1, -0.7]] },
    {
      id: 'W',
      op: 'parameter',
      value: [
        [0.2, 0.3, 0.5],
        [-1, 1, 0],
      ],
    },
    { id: 'b', op: 'parameter', value: [0.1, 0.2, 0.3] },
    { id: 'a', op: 'affine', inputs: ['x', 'W', 'b'], label: 'hidden', group: 'layer', position: [1, 2] },
    { id: 'y', op: 'sigmoid', inputs: ['a'] },
    { id: 'p', op: 'softmax', inputs: ['y'] },
    { id: 'm', op: 'mean', inputs: ['p'] },
  ]);

  it.each(['a', 'y', 'p'])('%s opens with the same numbers and closes to the same document', (id) => {
    const graph = engine.graph(net);
    const before = graph.toDocument();
    const opened = graph.opened(id);
    const open = engine.graph(opened);
    for (const each of [graph, open]) each.backward('p', [[0.3, -1, 2]]);
    for (const { id: node } of net.nodes) {
      expect(open.value('p').data).toHaveLength(3);
      graph.grad(node).data.forEach((number, i) => expect(open.grad(node).data[i]).toBeCloseTo(number, 13));
    }
    expect(opened.nodes.filter(({ group }) => group === id).length).toBeGreaterThan(1);
    expect(open.closed(id)).toEqual(before);
    graph.dispose();
    open.dispose();
  });

  it('are named by the catalogue, and nothing else opens', () => {
    const opens = engine.ops.filter((op) => op.opens).map(({ name }) => name);
    expect(opens).toEqual(expect.arrayContaining(['sigmoid', 'affine', 'softmax', 'softmax_with_loss', 'batch_norm']));
    const graph = engine.graph(net);
    expect(refusal(() => graph.opened('m')).code).toBe('Unsupported');
    expect(refusal(() => graph.closed('layer')).code).toBe('UnknownNode');
    graph.dispose();
  });
});
