import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
// The core alone knows no derivatives; they register themselves.
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DocumentNode, GraphDocument, NetworkSpec, Tensor } from '../../../web/engine';
import { engine } from './support/engine';
import { random, randomGraph } from './support/random-graph';

// An independent engine computes the same graphs. It works in 32-bit floats: that is what the tolerance is for.

const TOLERANCE = 2e-4;

beforeAll(async () => {
  await tf.setBackend('cpu');
});

type Rule = (inputs: readonly tf.Tensor[], node: DocumentNode) => tf.Tensor;

const axisOf = ({ attrs }: DocumentNode) => attrs?.['axis'] as number[] | undefined;
const keep = ({ attrs }: DocumentNode) => attrs?.['keepdims'] === true;
const at = (inputs: readonly tf.Tensor[], slot: number) => inputs[slot] as tf.Tensor;
const unary =
  (f: (x: tf.Tensor) => tf.Tensor): Rule =>
  (inputs) =>
    f(at(inputs, 0));
const binary =
  (f: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor): Rule =>
  (inputs) =>
    f(at(inputs, 0), at(inputs, 1));

/** X · W, a vector being one row. */
function product(x: tf.Tensor, w: tf.Tensor): tf.Tensor {
  const rows = x.rank === 1 ? tf.reshape(x, [1, -1]) : x;
  const result = tf.matMul(rows, w);
  return x.rank === 1 ? tf.reshape(result, [-1]) : result;
}

const attribute = ({ attrs }: DocumentNode, name: string, fallback: number): number =>
  (attrs?.[name] as number | undefined) ?? fallback;
const flag = ({ attrs }: DocumentNode, name: string): boolean => attrs?.[name] !== false;

/** TensorFlow.js convolves and pools with the channels last. */
const channelsLast = (x: tf.Tensor) => tf.transpose<tf.Tensor4D>(x as tf.Tensor4D, [0, 2, 3, 1]);
const channelsFirst = (x: tf.Tensor) => tf.transpose(x, [0, 3, 1, 2]);

/** With the border laid out: given a number for it, TensorFlow.js takes every filter for a square. */
function bordered(x: tf.Tensor, pad: number, value = 0): tf.Tensor4D {
  const sides: [number, number][] = [
    [0, 0],
    [pad, pad],
    [pad, pad],
    [0, 0],
  ];
  return tf.pad(channelsLast(x), sides, value);
}

const conv2d: Rule = (inputs, node) => {
  const filters = tf.transpose<tf.Tensor4D>(at(inputs, 1) as tf.Tensor4D, [2, 3, 1, 0]);
  const x = bordered(at(inputs, 0), attribute(node, 'pad', 0));
  return channelsFirst(tf.add(tf.conv2d(x, filters, attribute(node, 'stride', 1), 'valid'), at(inputs, 2)));
};

const pool =
  (largest: boolean): Rule =>
  (inputs, node) => {
    const size = attribute(node, 'size', 2);
    const stride = attribute(node, 'stride', size);
    const x = bordered(at(inputs, 0), attribute(node, 'pad', 0), largest ? -1e9 : 0);
    return channelsFirst(largest ? tf.maxPool(x, size, stride, 'valid') : tf.avgPool(x, size, stride, 'valid'));
  };

/** γ (x − μ) / √(σ² + ε) + β with γ and β brought to the rank of x. */
function normalised(
  x: tf.Tensor,
  mean: tf.Tensor,
  variance: tf.Tensor,
  epsilon: number,
  scale: tf.Tensor,
  shift: tf.Tensor,
) {
  const normal = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(scale, normal), shift);
}

const batchNorm: Rule = (inputs, node) => {
  const x = at(inputs, 0);
  const channels = (tensor: tf.Tensor) =>
    tf.reshape(
      tensor,
      x.shape.map((extent, axis) => (axis === 1 ? extent : 1)),
    );
  const axes = x.shape.map((_, axis) => axis).filter((axis) => axis !== 1);
  const own = tf.moments(x, axes, true);
  const [mean, variance] = flag(node, 'training')
    ? [own.mean, own.variance]
    : [channels(at(inputs, 3)), channels(at(inputs, 4))];
  return normalised(x, mean, variance, attribute(node, 'eps', 1e-6), channels(at(inputs, 1)), channels(at(inputs, 2)));
};

const layerNorm: Rule = (inputs, node) => {
  const { mean, variance } = tf.moments(at(inputs, 0), -1, true);
  return normalised(at(inputs, 0), mean, variance, attribute(node, 'eps', 1e-5), at(inputs, 1), at(inputs, 2));
};

/** splitmix64 in exact integers: the mask that docs/model.md promises. */
function mixed(from: bigint): bigint {
  const word = (1n << 64n) - 1n;
  let z = (from + 0x9e3779b97f4a7c15n) & word;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & word;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & word;
  return z ^ (z >> 31n);
}

const dropout: Rule = (inputs, node) => {
  const ratio = attribute(node, 'ratio', 0.5);
  const inverted = flag(node, 'inverted');
  const x = at(inputs, 0);
  if (!flag(node, 'training')) return tf.mul(x, inverted ? 1 : 1 - ratio);
  const key = mixed(mixed(BigInt(attribute(node, 'seed', 0))) + BigInt(attribute(node, 'iteration', 0)));
  const kept = inverted ? 1 / (1 - ratio) : 1;
  const mask = Array.from({ length: x.size }, (_, i) =>
    Number(mixed(key + BigInt(i)) >> 32n) < Math.floor(ratio * 2 ** 32) ? 0 : kept,
  );
  return tf.mul(x, tf.tensor(mask, x.shape));
};

const RULES: Readonly<Record<string, Rule>> = {
  add: binary(tf.add),
  sub: binary(tf.sub),
  mul: binary(tf.mul),
  div: binary(tf.div),
  pow: binary(tf.pow),
  neg: unary(tf.neg),
  square: unary(tf.square),
  exp: unary(tf.exp),
  log: unary(tf.log),
  tanh: unary(tf.tanh),
  sigmoid: unary(tf.sigmoid),
  relu: unary(tf.relu),
  sqrt: unary(tf.sqrt),
  sin: unary(tf.sin),
  cos: unary(tf.cos),
  abs: unary(tf.abs),
  leaky_relu: (inputs, node) => tf.leakyRelu(at(inputs, 0), attribute(node, 'alpha', 0.01)),
  softplus: unary(tf.softplus),
  gelu: unary((x) => tf.mul(x, tf.mul(0.5, tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2)))))),
  // Its own derivative forgets to sum over what was broadcast; that of an addition does not.
  maximum: binary((x, y) => tf.maximum(tf.add(x, tf.zerosLike(y)), tf.add(y, tf.zerosLike(x)))),
  minimum: binary((x, y) => tf.minimum(tf.add(x, tf.zerosLike(y)), tf.add(y, tf.zerosLike(x)))),
  max: (inputs, node) => tf.max(at(inputs, 0), axisOf(node), keep(node)),
  conv2d,
  max_pool2d: pool(true),
  avg_pool2d: pool(false),
  batch_norm: batchNorm,
  layer_norm: layerNorm,
  dropout,
  transpose: (inputs, { attrs }) => tf.transpose(at(inputs, 0), attrs?.['axes'] as number[] | undefined),
  flatten: unary((x) => tf.reshape(x, [x.shape[0] ?? 1, -1])),
  concat: (inputs, node) => tf.concat([...inputs], attribute(node, 'axis', 0)),
  log_softmax: unary((x) => tf.logSoftmax(x)),
  sigmoid_with_loss: binary((x, t) =>
    tf.mean(tf.add(tf.mul(t, tf.softplus(tf.neg(x))), tf.mul(tf.sub(1, t), tf.softplus(x)))),
  ),
  sum: (inputs, node) => tf.sum(at(inputs, 0), axisOf(node), keep(node)),
  mean: (inputs, node) => tf.mean(at(inputs, 0), axisOf(node), keep(node)),
  matmul: binary(product),
  affine: (inputs) => tf.add(product(at(inputs, 0), at(inputs, 1)), at(inputs, 2)),
  reshape: (inputs, { attrs }) => tf.reshape(at(inputs, 0), attrs?.['shape'] as number[]),
  softmax: unary((x) => tf.softmax(x)),
  softmax_with_loss: binary((x, t) => {
    const classes = x.shape.at(-1) as number;
    const wanted = tf.oneHot(tf.cast(t, 'int32'), classes);
    return tf.mean(tf.neg(tf.sum(tf.mul(wanted, tf.logSoftmax(x)), -1)));
  }),
  mean_squared_error: binary((y, t) => tf.mean(tf.square(tf.sub(y, t)))),
};

/** Value of the output, and its gradient towards every leaf but the labels. */
function byTensorFlow(document: GraphDocument): { value: number; grads: Map<string, number[]> } {
  const leaves = document.nodes.filter(({ inputs, op }) => !inputs && op !== 'constant');
  const constants = document.nodes.filter(({ op }) => op === 'constant');
  const output = document.output as string;
  const f = (...values: tf.Tensor[]) => {
    const known = new Map(leaves.map(({ id }, i) => [id, values[i] as tf.Tensor]));
    for (const { id, value } of constants) known.set(id, tf.tensor(value as number[]));
    for (const node of document.nodes) {
      if (!node.inputs) continue;
      const rule = RULES[node.op];
      if (!rule) throw new Error(`no rule for ${node.op}`);
      known.set(
        node.id,
        rule(
          node.inputs.map((id) => known.get(id) as tf.Tensor),
          node,
        ),
      );
    }
    return known.get(output) as tf.Scalar;
  };
  let result = { value: Number.NaN, grads: new Map<string, number[]>() };
  tf.tidy(() => {
    const { value, grads } = tf.valueAndGrads(f)(leaves.map(({ value: given }) => tf.tensor(given as number[])));
    result = {
      value: value.dataSync()[0] as number,
      grads: new Map(leaves.map(({ id }, i) => [id, [...(grads[i] as tf.Tensor).dataSync()]])),
    };
  });
  return result;
}

function expectNear(ours: Tensor['data'], theirs: readonly number[], what: string): void {
  expect(ours).toHaveLength(theirs.length);
  const scale = Math.max(1, ...theirs.map(Math.abs));
  theirs.forEach((number, i) => {
    expect(Math.abs((ours[i] as number) - number), `${what}[${i}]: ${ours[i]} and ${number}`).toBeLessThanOrEqual(
      TOLERANCE * scale,
    );
  });
}

function compare(document: GraphDocument): void {
  const { value, grads } = byTensorFlow(document);
  for (const dtype of ['float64', 'float32'] as const) {
    const graph = engine.graph(document, { dtype });
    graph.backward();
    expectNear(graph.value(document.output as string).data, [value], 'output');
    for (const [id, theirs] of grads) expectNear(graph.grad(id).data, theirs, id);
    graph.dispose();
  }
}

describe('random graphs', () => {
  it.each(Array.from({ length: 150 }, (_, i) => 1000 + i))(
    'have TensorFlow’s value and gradients: graph %i',
    (seed) => {
      compare(randomGraph(seed));
    },
  );

  it('cover every op of the catalogue that has a gradient', () => {
    const met = new Set(
      Array.from({ length: 150 }, (_, i) => randomGraph(1000 + i)).flatMap(({ nodes }) => nodes.map(({ op }) => op)),
    );
    for (const { name, inputs } of engine.ops)
      if (inputs.some(({ differentiable }) => differentiable)) expect([...met]).toContain(name);
  });
});

describe('small networks', () => {
  it.each([0, 1, 2, 3, 4, 5])('have TensorFlow’s loss and weight gradients: network %i', (seed) => {
    const next = random(seed);
    const activations = ['relu', 'sigmoid', 'tanh'] as const;
    const regression = seed % 2 === 1;
    const spec: NetworkSpec = {
      input: [4],
      layers: [
        { type: 'affine', units: 6, init: 'xavier' },
        { type: activations[seed % 3] ?? 'relu' },
        { type: 'affine', units: 3, init: 'he' },
      ],
      loss: regression ? 'mean_squared_error' : 'softmax_with_loss',
    };
    const network = engine.network(spec, { seed });
    const document = network.graph.toDocument();
    const batch = 5;
    const x = Array.from({ length: batch }, () => Array.from({ length: 4 }, () => 2 * next() - 1));
    const t = regression ? x.map(() => [next(), next(), next()]) : x.map(() => Math.floor(next() * 3));
    const nodes = document.nodes
      .filter(({ id }) => id !== 'y' || regression)
      .map((node) =>
        node.id === 'x' ? { ...node, value: x } : node.id === 't' ? { ...node, op: 'constant', value: t } : node,
      );
    compare({ ...document, nodes, output: 'loss' });
    network.dispose();
  });

  it('train to TensorFlow’s weights, full batches by gradient descent', async () => {
    const next = random(42);
    const spec: NetworkSpec = {
      input: [3],
      layers: [{ type: 'affine', units: 5, init: 'he' }, { type: 'tanh' }, { type: 'affine', units: 2, init: 'he' }],
      loss: 'softmax_with_loss',
    };
    const network = engine.network(spec, { seed: 9 });
    const count = 12;
    const images = Float32Array.from({ length: count * 3 }, () => 2 * next() - 1);
    const labels = Int32Array.from({ length: count }, () => Math.floor(next() * 2));
    const names = ['affine1.weight', 'affine1.bias', 'affine2.weight', 'affine2.bias'];
    const before = network.weights();
    const variables = names.map((name) =>
      tf.variable(tf.tensor([...(before[name] as Tensor).data], [...(before[name] as Tensor).shape])),
    );

    await network.train(
      { images, labels, count, shape: [3] },
      { optimizer: 'sgd', learningRate: 0.2, batchSize: count, iterations: 20 },
    );

    const x = tf.tensor2d(images, [count, 3]);
    const wanted = tf.oneHot(tf.tensor1d(labels, 'int32'), 2);
    const optimizer = tf.train.sgd(0.2);
    for (let i = 0; i < 20; i++) {
      optimizer.minimize(() => {
        const [w1, b1, w2, b2] = variables as unknown as [tf.Tensor2D, tf.Tensor, tf.Tensor2D, tf.Tensor];
        const hidden = tf.tanh<tf.Tensor2D>(tf.add(tf.matMul(x, w1), b1));
        const scores = tf.add(tf.matMul(hidden, w2), b2);
        return tf.mean<tf.Scalar>(tf.neg(tf.sum(tf.mul(wanted, tf.logSoftmax(scores)), -1)));
      });
    }
    const after = network.weights();
    names.forEach((name, i) =>
      expectNear((after[name] as Tensor).data, [...(variables[i] as tf.Variable).dataSync()], name),
    );
    network.dispose();
  });
});
