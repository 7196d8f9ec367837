import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset, LayerSpec, NetworkSpec, TrainOptions } from '../../../web/engine';
import { engine } from './support/engine';
import { random } from './support/random-graph';
import { TensorFlowNetwork } from './support/tensorflow-network';

// The same network with the same first weights trains for 50 steps on full batches in both engines. Both compute in 32-bit
// floats and add in another order, and a step of training doubles a difference now and then: that is the tolerance.

const STEPS = 50;

beforeAll(async () => {
  await tf.setBackend('cpu');
});

async function compare(
  spec: NetworkSpec,
  data: Dataset,
  optimizer: tf.Optimizer,
  options: Omit<TrainOptions, 'batchSize' | 'iterations'>,
  tolerance = 1e-3,
): Promise<void> {
  const network = engine.network(spec, { seed: 5 });
  const oracle = new TensorFlowNetwork(network);
  const curve = oracle.train(data, optimizer, STEPS);
  // Progress comes in slices; each gives the mean loss of its iterations.
  let before = 0;
  const slices: { ours: number; theirs: number }[] = [];
  await network.train(
    data,
    { ...options, batchSize: data.count as number, iterations: STEPS },
    ({ iteration, loss }) => {
      const part = curve.slice(before, iteration);
      slices.push({ ours: loss, theirs: part.reduce((sum, each) => sum + each, 0) / part.length });
      before = iteration;
    },
  );
  expect(before).toBe(STEPS);
  for (const { ours, theirs } of slices) {
    expect(Math.abs(ours - theirs), `loss ${ours} and ${theirs}`).toBeLessThanOrEqual(tolerance * Math.max(1, theirs));
  }
  const weights = network.weights();
  for (const [name, variable] of oracle.variables) {
    const ours = weights[name]?.data ?? new Float32Array();
    const theirs = variable.dataSync();
    const scale = Math.max(1, ...Array.from(theirs, Math.abs));
    expect(theirs).toHaveLength(ours.length);
    theirs.forEach((number, i) => {
      expect(Math.abs((ours[i] as number) - number), `${name}[${i}]`).toBeLessThanOrEqual(10 * tolerance * scale);
    });
  }
  expect(curve.at(-1)).toBeLessThan(curve[0] as number);
  oracle.dispose();
  network.dispose();
}

const digits = (count: number, shape = [784]): Dataset => ({ ...engine.handwriting({ seed: 8, count }), count, shape });

describe('optimizers', { timeout: 300_000 }, () => {
  // Large gradients: TensorFlow.js adds ε inside the root of AdaGrad and RMSprop, and after Adam's correction of the
  // second moment; ours stands outside and before. With ε as small as this against the root nobody sees the difference.
  const next = random(11);
  const count = 20;
  const images = Float32Array.from({ length: count * 3 }, () => 4 * next() - 2);
  const targets = Float32Array.from({ length: count * 2 }, () => 40 * next() - 20);
  const data: Dataset = { images, targets, count, shape: [3] };
  const spec: NetworkSpec = { input: [3], layers: [{ type: 'affine', units: 2 }], loss: 'mean_squared_error' };
  it.each<[string, tf.Optimizer, Omit<TrainOptions, 'batchSize' | 'iterations'>]>([
    ['sgd', tf.train.sgd(0.02), { optimizer: 'sgd', learningRate: 0.02 }],
    ['momentum', tf.train.momentum(0.01, 0.9), { optimizer: 'momentum', learningRate: 0.01 }],
    ['momentum 0.5', tf.train.momentum(0.01, 0.5), { optimizer: 'momentum', learningRate: 0.01, momentum: 0.5 }],
    ['nesterov', tf.train.momentum(0.01, 0.9, true), { optimizer: 'nesterov', learningRate: 0.01 }],
    ['adagrad', tf.train.adagrad(0.5, 1e-20), { optimizer: 'adagrad', learningRate: 0.5 }],
    ['rmsprop', tf.train.rmsprop(0.05, 0.99, 0, 1e-14), { optimizer: 'rmsprop', learningRate: 0.05 }],
    ['rmsprop 0.8', tf.train.rmsprop(0.05, 0.8, 0, 1e-14), { optimizer: 'rmsprop', learningRate: 0.05, decay: 0.8 }],
    ['adam', tf.train.adam(0.1), { optimizer: 'adam', learningRate: 0.1 }],
    ['adam 0.8, 0.9', tf.train.adam(0.1, 0.8, 0.9), { optimizer: 'adam', learningRate: 0.1, beta1: 0.8, beta2: 0.9 }],
  ])('%s goes where TensorFlow’s goes', async (_, oracle, options) => {
    await compare(spec, data, oracle, options);
  });
});

describe('whole networks', { timeout: 300_000 }, () => {
  it('TwoLayerNet', async () => {
    await compare(engine.networkSpec('TwoLayerNet', { init: 'he' }), digits(30), tf.train.sgd(0.1), {
      optimizer: 'sgd',
      learningRate: 0.1,
    });
  });

  it.each(['relu', 'sigmoid', 'tanh', 'softplus'] as const)(
    'MultiLayerNet of three hidden layers with %s',
    async (activation) => {
      const spec = engine.networkSpec('MultiLayerNet', { input: [12], hidden: [16, 12, 8], outputs: 4, activation });
      const next = random(3);
      const images = Float32Array.from({ length: 24 * 12 }, () => 2 * next() - 1);
      const labels = Int32Array.from({ length: 24 }, () => Math.floor(4 * next()));
      const data: Dataset = { images, labels, count: 24, shape: [12] };
      await compare(spec, data, tf.train.momentum(0.05, 0.9), { optimizer: 'momentum', learningRate: 0.05 });
    },
  );

  it('MultiLayerNet with batch norm', async () => {
    const spec = engine.networkSpec('MultiLayerNet', { input: [6], hidden: [8, 8], outputs: 3, batchNorm: true });
    const next = random(4);
    const images = Float32Array.from({ length: 32 * 6 }, () => 2 * next() - 1);
    const labels = Int32Array.from({ length: 32 }, () => Math.floor(3 * next()));
    const data: Dataset = { images, labels, count: 32, shape: [6] };
    await compare(spec, data, tf.train.sgd(0.1), { optimizer: 'sgd', learningRate: 0.1 }, 5e-3);
  });

  it.each(['max_pool2d', 'avg_pool2d'] as const)('a small convolutional network with %s', async (pool) => {
    const layers: LayerSpec[] = [
      { type: 'conv2d', filters: 3, kernel: 3, stride: 1, pad: 1 },
      { type: 'relu' },
      { type: pool, size: 2 },
      { type: 'conv2d', filters: 4, kernel: 3, stride: 2, pad: 1 },
      { type: 'tanh' },
      { type: 'affine', units: 8 },
      { type: 'relu' },
      { type: 'affine', units: 3 },
    ];
    const next = random(6);
    const images = Float32Array.from({ length: 10 * 2 * 8 * 8 }, () => 2 * next() - 1);
    const labels = Int32Array.from({ length: 10 }, () => Math.floor(3 * next()));
    const data: Dataset = { images, labels, count: 10, shape: [2, 8, 8] };
    await compare({ input: [2, 8, 8], layers, loss: 'softmax_with_loss' }, data, tf.train.sgd(0.05), {
      optimizer: 'sgd',
      learningRate: 0.05,
    });
  });

  it('two sigmoid outputs', async () => {
    const layers: LayerSpec[] = [{ type: 'affine', units: 5 }, { type: 'tanh' }, { type: 'affine', units: 2 }];
    const next = random(9);
    const images = Float32Array.from({ length: 16 * 4 }, () => 2 * next() - 1);
    const targets = Float32Array.from({ length: 16 * 2 }, () => Math.round(next()));
    const data: Dataset = { images, targets, count: 16, shape: [4] };
    await compare({ input: [4], layers, loss: 'sigmoid_with_loss' }, data, tf.train.sgd(0.2), {
      optimizer: 'sgd',
      learningRate: 0.2,
    });
  });
});
