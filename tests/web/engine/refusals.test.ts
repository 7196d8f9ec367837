import { describe, expect, it } from 'vitest';
import type { GraphDocument, NestedNumbers, NetworkSpec } from '../../../web/engine';
import { apple, document, engine, refusal } from './support/engine';

const open = (nodes: unknown, rest: object = {}) =>
  refusal(() => engine.graph({ format: 'backprop-graph', version: 1, nodes, ...rest } as GraphDocument));

/** Every refusal is a sentence that says something, and the engine goes on. */
function expectSound(error: { message: string }): void {
  expect(error.message.length).toBeGreaterThan(20);
  const graph = engine.graph(apple);
  graph.forward();
  expect(graph.value('total').data[0]).toBeCloseTo(220, 12);
  graph.dispose();
}

describe('a document that is refused', () => {
  const cases: [what: string, nodes: unknown, code: string, ids?: string[]][] = [
    ['nodes that are no list', { id: 'x' }, 'MalformedDocument'],
    ['no nodes', [], 'MalformedDocument'],
    ['a node that is no object', [7], 'MalformedDocument'],
    ['a node without an id', [{ op: 'input', value: 1 }], 'MalformedDocument'],
    ['a leaf without a value', [{ id: 'x', op: 'input' }], 'MalformedDocument'],
    ['a value that is a word', [{ id: 'x', op: 'input', value: 'two' }], 'MalformedDocument'],
    [
      'an unknown op',
      [
        { id: 'x', op: 'input', value: 1 },
        { id: 'y', op: 'mull', inputs: ['x', 'x'] },
      ],
      'UnknownOp',
      ['y'],
    ],
    ['an unknown input', [{ id: 'y', op: 'exp', inputs: ['x'] }], 'UnknownNode', ['y']],
    [
      'two nodes of one name',
      [
        { id: 'x', op: 'input', value: 1 },
        { id: 'x', op: 'input', value: 2 },
      ],
      'DuplicateNode',
      ['x'],
    ],
    [
      'too few inputs',
      [
        { id: 'x', op: 'input', value: 1 },
        { id: 'y', op: 'mul', inputs: ['x'] },
      ],
      'WrongArity',
      ['y'],
    ],
    [
      'a cycle',
      [
        { id: 'a', op: 'exp', inputs: ['b'] },
        { id: 'b', op: 'exp', inputs: ['a'] },
      ],
      'Cycle',
      ['a', 'b'],
    ],
    [
      'shapes that do not fit',
      [
        { id: 'x', op: 'input', value: [1, 2, 3] },
        { id: 'w', op: 'input', value: [1, 2] },
        { id: 'y', op: 'add', inputs: ['x', 'w'] },
      ],
      'ShapeMismatch',
      ['y'],
    ],
    [
      'an unknown attribute',
      [
        { id: 'x', op: 'input', value: 1 },
        { id: 'y', op: 'exp', inputs: ['x'], attrs: { base: 2 } },
      ],
      'InvalidAttribute',
      ['y'],
    ],
    ['ragged arrays', [{ id: 'x', op: 'input', value: [[1, 2], [3]] }], 'ShapeMismatch'],
    ['an array too deep', [{ id: 'x', op: 'input', value: [[[[[1]]]]] }], 'MalformedDocument'],
  ];

  it.each(cases)('%s', (_what, nodes, code, ids) => {
    const error = open(nodes);
    expect(error.code).toBe(code);
    for (const id of ids ?? []) expect(error.nodes).toContain(id);
    expectSound(error);
  });

  it('another format, or another version', () => {
    expect(refusal(() => engine.graph({ ...apple, format: 'else' } as unknown as GraphDocument)).code).toBe(
      'MalformedDocument',
    );
    expect(refusal(() => engine.graph({ ...apple, version: 2 } as unknown as GraphDocument)).code).toBe(
      'MalformedDocument',
    );
  });

  it('NaN and infinities, which JSON would turn into null', () => {
    const error = open([{ id: 'x', op: 'input', value: [1, Number.NaN] }]);
    expect(error.code).toBe('InvalidValue');
    expect(error.message).toContain('nodes[0].value[1]');
    expect(open([{ id: 'x', op: 'input', value: Infinity }]).code).toBe('InvalidValue');
  });

  it('what is no data at all', () => {
    const loop: Record<string, unknown> = { format: 'backprop-graph', version: 1 };
    loop['nodes'] = [loop];
    expect(refusal(() => engine.graph(loop as unknown as GraphDocument)).code).toBe('MalformedDocument');
    expect(refusal(() => engine.graph(undefined as unknown as GraphDocument)).code).toBe('MalformedDocument');
    expect(refusal(() => engine.graph(null as unknown as GraphDocument)).code).toBe('MalformedDocument');
    expect(refusal(() => engine.graph('apple' as unknown as GraphDocument)).code).toBe('MalformedDocument');
  });

  it('a graph of more nodes than the bound', () => {
    const nodes = Array.from({ length: 20_001 }, (_, i) => ({ id: `n${i}`, op: 'input', value: 1 }));
    expect(open(nodes).code).toBe('TooLarge');
  });
});

describe('hostile sizes', () => {
  it('a reshape whose product overflows', () => {
    const huge = 2 ** 31;
    for (const shape of [
      [huge, huge],
      [huge, huge, huge, 4],
      [2 ** 53, 2 ** 53],
      [-1, -1],
      [65_536, 65_536, 65_536, 65_536],
    ]) {
      const error = open([
        { id: 'x', op: 'input', value: [1, 2, 3, 4] },
        { id: 'y', op: 'reshape', inputs: ['x'], attrs: { shape } },
      ]);
      expect(['ShapeMismatch', 'TooLarge', 'InvalidAttribute', 'MalformedDocument']).toContain(error.code);
      expectSound(error);
    }
  });

  it('a sum of products that would fill the memory', () => {
    // [4000, 1] + [1, 4000, 1] … broadcast to 4000³ elements
    const column = Array.from({ length: 4000 }, () => [[1]]);
    const row = [Array.from({ length: 4000 }, () => [1])];
    const depth = [[Array.from({ length: 4000 }, () => 1)]];
    const error = open([
      { id: 'a', op: 'input', value: column },
      { id: 'b', op: 'input', value: row },
      { id: 'c', op: 'input', value: depth },
      { id: 'ab', op: 'add', inputs: ['a', 'b'] },
      { id: 'abc', op: 'add', inputs: ['ab', 'c'] },
    ]);
    expect(error.code).toBe('TooLarge');
    expectSound(error);
  });

  it('a network beyond the bound', () => {
    const spec: NetworkSpec = {
      input: [2 ** 40],
      layers: [{ type: 'affine', units: 2 ** 40 }],
      loss: 'softmax_with_loss',
    };
    expect(['TooLarge', 'MalformedDocument']).toContain(refusal(() => engine.network(spec)).code);
  });

  it('strokes and digits without end', () => {
    expect(refusal(() => engine.handwriting({ seed: 1, count: 1e12 })).code).toBe('OutOfRange');
    expect(refusal(() => engine.handwriting({ seed: -1, count: 1 })).code).toBe('OutOfRange');
    expect(refusal(() => engine.handwriting({ seed: 1, count: 0.5 })).code).toBe('OutOfRange');
    expect(refusal(() => engine.handwriting({ seed: Number.NaN, count: 1 })).code).toBe('OutOfRange');
  });
});

describe('a value that is refused', () => {
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
      { id: 'w', op: 'input', value: [1, 2] },
      { id: 'y', op: 'add', inputs: ['x', 'w'] },
    ]),
  );
  const set = (value: unknown) => refusal(() => graph.set('x', value as NestedNumbers));

  it('names the place where nested arrays are ragged', () => {
    const error = set([[1, 2], [3]]);
    expect(error.code).toBe('InvalidValue');
    expect(error.message).toContain('[1]');
    expect(set([[1, 2], 3]).message).toContain('[1]');
    expect(set([1, [2, 3]]).message).toContain('[1]');
  });

  it('holds no words, holes or nulls', () => {
    expect(
      set([
        ['a', 2],
        [3, 4],
      ]).message,
    ).toContain('[0][0] is a string');
    expect(
      set([
        [1, null],
        [3, 4],
      ]).message,
    ).toContain('[0][1] is null');
    expect(
      set([
        [1, undefined],
        [3, 4],
      ]).message,
    ).toContain('[0][1] is missing');
    expect(set(undefined).code).toBe('InvalidValue');
    expect(set(null).code).toBe('InvalidValue');
    expect(set({}).code).toBe('InvalidValue');
  });

  it('does not fit the graph: nothing changes', () => {
    expect(set([1, 2, 3]).code).toBe('ShapeMismatch');
    expect(refusal(() => graph.set('y', 1)).code).toBe('NotALeaf');
    expect(refusal(() => graph.set('z', 1)).code).toBe('UnknownNode');
    graph.forward();
    expect(Array.from(graph.value('y').data)).toEqual([2, 4, 4, 6]);
  });

  it('has a shape that is not that of its numbers', () => {
    expect(refusal(() => graph.set('x', { shape: [3], data: Float64Array.of(1, 2) })).code).toBe('ShapeMismatch');
    expect(refusal(() => graph.set('x', { shape: [-1], data: Float64Array.of(1) })).code).toBe('OutOfRange');
    expect(refusal(() => graph.set('x', { shape: [0.5], data: Float64Array.of(1) })).code).toBe('OutOfRange');
    expect(refusal(() => graph.set('x', { shape: [1e9, 1e9], data: Float64Array.of(1) })).code).toBe('OutOfRange');
    expect(refusal(() => graph.set('x', { shape: [2 ** 20, 2 ** 20], data: Float64Array.of(1) })).code).toBe(
      'TooLarge',
    );
  });
});

describe('a step that is refused', () => {
  it('lies outside 0 … 2N + 1, or is no integer', () => {
    const graph = engine.graph(apple);
    for (const step of [-1, 6, 0.5, Number.NaN, 1e12]) expect(refusal(() => graph.seek(step)).code).toBe('OutOfRange');
    graph.dispose();
  });

  it('asks for a gradient before anything went backward', () => {
    const graph = engine.graph(apple);
    graph.forward();
    expect(refusal(() => graph.grad('apple')).code).toBe('NotComputed');
    graph.seek(2);
    expect(refusal(() => graph.grad('apple')).code).toBe('NotComputed');
    graph.dispose();
  });

  it('uses an h of no sense', () => {
    const graph = engine.graph(apple);
    for (const h of [0, -1, 2, Number.NaN])
      expect(refusal(() => graph.checkGradients(undefined, { h })).code).toBe('OutOfRange');
    graph.dispose();
  });

  it('comes from an argument of the wrong type', () => {
    const graph = engine.graph(apple);
    expect(refusal(() => graph.value(5 as unknown as string)).code).toBe('InvalidArgument');
    graph.dispose();
  });
});

describe('a disposed handle', () => {
  it('says so, and disposing twice is nothing', () => {
    const graph = engine.graph(apple);
    graph.dispose();
    graph.dispose();
    expect(refusal(() => graph.forward()).code).toBe('Disposed');
    const network = engine.network({ input: [2], layers: [{ type: 'affine', units: 2 }], loss: 'softmax_with_loss' });
    network.dispose();
    expect(refusal(() => network.weights()).code).toBe('Disposed');
    expect(refusal(() => network.graph.forward()).code).toBe('Disposed');
  });
});
