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
  const result = tf.matMul(rows as tf.Tensor2D, w as tf.Tensor2D);
  return x.rank === 1 ? tf.reshape(result, [-1]) : result;
}

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
  sum: (inputs, node) => tf.sum(at(inputs, 0), axisOf(node), keep(node)),
  mean: (inputs, node) => tf.mean(at(inputs, 0), axisOf(node), keep(node)),
  matmul: binary(product),
  affine: (inputs) => tf.add(product(at(inputs, 0), at(inputs, 1)), at(inputs, 2)),
  reshape: (inputs, { attrs }) => tf.reshape(at(inputs, 0), attrs?.['shape'] as number[]),
  softmax: unary((x) => tf.softmax(x)),
  softmax_with_loss: binary((x, t) => {
    const classes = x.shape.at(-1) as number;
    const wanted = tf.oneHot(tf.cast(t, 'int32') as tf.Tensor1D, classes);
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
    for (const { name, category } of engine.ops)
      if (category !== 'leaf' && category !== 'loss') expect(met).toContain(name);
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
        const hidden = tf.tanh(tf.add(tf.matMul(x, w1), b1)) as tf.Tensor2D;
        const scores = tf.add(tf.matMul(hidden, w2), b2);
        return tf.mean(tf.neg(tf.sum(tf.mul(wanted, tf.logSoftmax(scores)), -1))) as tf.Scalar;
      });
    }
    const after = network.weights();
    names.forEach((name, i) =>
      expectNear((after[name] as Tensor).data, [...(variables[i] as tf.Variable).dataSync()], name),
    );
    network.dispose();
  });
});
