import { spawnSync } from 'node:child_process';
import type { GraphDocument, OpInfo } from '../../../web/shared/api';
import type { GraphInfo } from '../../../web/shared/protocol';
import { realEngine } from '../support/real-engine';
import { random } from '../engine/support/random-graph';

export const client = await realEngine();
export const { ops } = await client.call('engine.info');

export async function opened(document: GraphDocument): Promise<GraphInfo> {
  return client.call('graph.open', document);
}

/** A Python that has a module; null where there is none. */
export function pythonWith(module: string): string | null {
  const found = ['python3', '/usr/bin/python3'].find(
    (python) => spawnSync(python, ['-c', `import ${module}`]).status === 0,
  );
  return found ?? null;
}

export type Line = readonly [id: string, value: unknown, grad: unknown];

/** Runs programs in one Python; gives the lines that each printed. */
export function run(python: string, programs: readonly string[]): Line[][] {
  const runner =
    'import sys, json, io, contextlib\n' +
    'for text in json.load(sys.stdin):\n' +
    '    out = io.StringIO()\n' +
    '    with contextlib.redirect_stdout(out):\n' +
    '        exec(compile(text, "export", "exec"), {})\n' +
    '    print(json.dumps(out.getvalue()))\n';
  const { stdout, stderr, status } = spawnSync(python, ['-c', runner], {
    input: JSON.stringify(programs),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => {
      const printed = JSON.parse(line) as string;
      return printed
        .trimEnd()
        .split('\n')
        .map((each) => JSON.parse(each.replace(/\bNaN\b/g, 'null').replace(/-?\bInfinity\b/g, 'null')) as Line);
    });
}

export const flat = (value: unknown): number[] =>
  typeof value === 'number' ? [value] : Array.isArray(value) ? (value as unknown[]).flatMap(flat) : [NaN];

/** Values and gradients as the engine has them at the end of the walk; null where no gradient comes. */
export async function engineNumbers(
  document: GraphDocument,
): Promise<Map<string, { value: number[] | null; grad: number[] | null }>> {
  const info = await opened(document);
  const frame = await client.call('graph.seek', info.graph, info.steps);
  const numbers = new Map(
    info.nodes.map(({ id }, i) => {
      const { value, grad } = frame.nodes[i] ?? { value: null, grad: null };
      return [id, { value: value?.data ? [...value.data] : null, grad: grad?.data ? [...grad.data] : null }] as const;
    }),
  );
  await client.call('graph.close', info.graph);
  return numbers;
}

const next = random(7);
const filled = (shape: readonly number[], make: () => number): never =>
  (shape.length === 0 ? make() : Array.from({ length: shape[0] ?? 0 }, () => filled(shape.slice(1), make))) as never;
const any = (...shape: number[]) => filled(shape, () => Math.round((next() * 4 - 2) * 100) / 100 + 0.003);
const positive = (...shape: number[]) => filled(shape, () => Math.round((0.3 + next() * 2) * 100) / 100);
const chances = (...shape: number[]) => filled(shape, () => Math.round(next() * 100) / 100);

type Sample = readonly [
  inputs: readonly (number | readonly unknown[])[],
  attrs?: Record<string, number | boolean | readonly number[]>,
];

/** Graphs of one op each; an op of the catalogue that is missing here fails the tests. */
export const samples: Readonly<Record<string, readonly Sample[]>> = {
  add: [[[any(2, 3), any(3)]], [[any(), any(2)]]],
  sub: [[[any(2, 3), any(2, 1)]]],
  mul: [[[any(2, 3), any(2, 3)]], [[any(), any()]]],
  div: [[[any(3), positive()]]],
  pow: [[[positive(2, 2), any(2)]]],
  maximum: [[[any(2, 3), any(3)]], [[[2, 2, -1], 2]]],
  minimum: [[[any(2, 3), any(3)]], [[[2, 2, -1], 2]]],
  neg: [[[any(2)]]],
  square: [[[any(2, 2)]]],
  sqrt: [[[positive(3)]]],
  exp: [[[any(3)]]],
  log: [[[positive(3)]]],
  sin: [[[any(3)]]],
  cos: [[[any(3)]]],
  abs: [[[any(4)]]],
  tanh: [[[any(3)]]],
  sigmoid: [[[any(3)]]],
  relu: [[[any(2, 3)]]],
  leaky_relu: [[[any(4)]], [[any(4)], { alpha: 0.2 }]],
  softplus: [[[any(3)]]],
  gelu: [[[any(3)]]],
  sum: [
    [[any(2, 3)]],
    [[any(2, 3)], { axis: 0 }],
    [[any(2, 3, 2)], { axis: [0, 2], keepdims: true }],
    [[any(2, 3)], { axis: [-1] }],
  ],
  mean: [[[any(2, 3)]], [[any(2, 3)], { axis: [1], keepdims: true }], [[any(2, 3, 2)], { axis: [0, 2] }]],
  max: [
    [[any(2, 3)]],
    [[any(2, 3, 2)], { axis: [0, 2] }],
    [[any(2, 3)], { axis: 1, keepdims: true }],
    [[any(2, 3)], { keepdims: true }],
    [[any()]],
    [
      [
        [
          [0, 2, 2],
          [2, 0, 2],
        ],
      ],
    ],
    [
      [
        [
          [0, 2, 2],
          [2, 0, 2],
        ],
      ],
      { axis: -1 },
    ],
    [
      [
        [
          [
            [1, 1],
            [0, 1],
          ],
          [
            [1, 0],
            [1, 1],
          ],
        ],
      ],
      { axis: [2, 0] },
    ],
  ],
  matmul: [[[any(2, 3), any(3, 2)]], [[any(3), any(3, 2)]], [[any(2, 3), any(3)]], [[any(3), any(3)]]],
  affine: [[[any(2, 3), any(3, 2), any(2)]], [[any(3), any(3, 2), any(2)]]],
  conv2d: [
    [[any(2, 2, 4, 5), any(3, 2, 2, 3), any(3)]],
    [[any(1, 2, 5, 5), any(2, 2, 3, 3), any(2)], { stride: 2, pad: 1 }],
  ],
  max_pool2d: [
    [[any(2, 2, 4, 4)], { size: 2 }],
    [[any(1, 2, 5, 5)], { size: 3, stride: 2, pad: 1 }],
  ],
  avg_pool2d: [
    [[any(2, 2, 4, 4)], { size: 2 }],
    [[any(1, 2, 5, 5)], { size: 3, stride: 2, pad: 1 }],
  ],
  batch_norm: [
    [[any(4, 3), any(3), any(3), any(3), positive(3)]],
    [[any(3, 2, 2, 2), any(2), any(2), any(2), positive(2)]],
    [[any(3, 2, 2, 2), any(2), any(2), any(2), positive(2)], { training: false, eps: 0.01 }],
  ],
  layer_norm: [[[any(3, 4), any(4), any(4)]], [[any(4), any(4), any(4)], { eps: 0.01 }]],
  dropout: [
    [[any(3, 4)], { ratio: 0.3, seed: 5, iteration: 2 }],
    [[any(3, 4)], { inverted: false }],
    [[any(3)], { training: false, inverted: false, ratio: 0.2 }],
  ],
  reshape: [
    [[any(2, 3)], { shape: [3, -1] }],
    [[any(2, 3)], { shape: [6] }],
  ],
  flatten: [[[any(2, 3, 2)]]],
  transpose: [[[any(2, 3)]], [[any(2, 3, 4)], { axes: [1, 2, 0] }]],
  concat: [[[any(2, 3), any(1, 3)]], [[any(2, 3), any(2, 1), any(2, 2)], { axis: 1 }]],
  one_hot: [[[[2, 0]], { classes: 3 }], [[1], { classes: 3 }], [[any(2, 3)]]],
  softmax: [[[any(2, 3)]], [[any(3)]]],
  log_softmax: [[[any(2, 3)]]],
  softmax_with_loss: [[[any(2, 3), [2, 0]]], [[any(3), 1]], [[any(2, 3), chances(2, 3)]]],
  sigmoid_with_loss: [[[any(2, 3), chances(2, 3)]]],
  mean_squared_error: [[[any(2, 3), any(2, 3)]], [[any(), any()]]],
};

/** The sample as a graph with a scalar output, so that a gradient comes that is not 1 everywhere. */
export function sampleGraph(op: string, [inputs, attrs]: Sample): GraphDocument {
  const leaves = inputs.map((value, i) => ({ id: `x${i}`, op: i % 2 ? 'parameter' : 'input', value: value as never }));
  return {
    format: 'backprop-graph',
    version: 1,
    nodes: [
      ...leaves,
      { id: 'y', op, inputs: leaves.map(({ id }) => id), ...(attrs === undefined ? {} : { attrs }) },
      { id: 'bent', op: 'square', inputs: ['y'] },
      { id: 'L', op: 'sum', inputs: ['bent'] },
    ],
    output: 'L',
  };
}

export const operators: readonly OpInfo[] = ops.filter(({ category }) => category !== 'leaf');

/** Names that break out of strings, clash with Python and with the programs' own, and ends that lead nowhere. */
export const oddGraph: GraphDocument = {
  format: 'backprop-graph',
  version: 1,
  nodes: [
    { id: 'np', op: 'input', value: 3, label: 'x\nimport os\nos.system("false")' },
    { id: 'import', op: 'input', value: [1, -0] },
    { id: 'りんご の値段', op: 'input', value: 1e-300 },
    { id: 'd_np', op: 'mul', inputs: ['np', 'import'] },
    { id: '"); raise', op: 'add', inputs: ['d_np', 'りんご の値段'] },
    { id: "x'); DROP", op: 'tanh', inputs: ['"); raise'] },
    { id: 'import os', op: 'neg', inputs: ["x'); DROP"] },
    { id: 'import-os', op: 'sub', inputs: ['import os', "x'); DROP"] },
    { id: '\\', op: 'square', inputs: ['import-os'] },
    { id: '__import__', op: 'mul', inputs: ['\\', '"); raise'] },
    { id: 'ｘ', op: 'neg', inputs: ['__import__'] },
    { id: 'x', op: 'neg', inputs: ['ｘ'] },
    { id: 'unused', op: 'exp', inputs: ['np'] },
    { id: '🍎', op: 'sum', inputs: ['x'] },
  ],
  output: '🍎',
};
