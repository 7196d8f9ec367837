import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import type { Dataset, LayerSpec, Network, NetworkSpec } from '../../../../web/engine';

/** A network of ours written with TensorFlow.js: the same spec, the same weights by name, images in its own NHWC. */
export class TensorFlowNetwork {
  readonly variables: ReadonlyMap<string, tf.Variable>;
  readonly #spec: NetworkSpec;

  constructor(network: Network) {
    this.#spec = network.spec;
    this.variables = new Map(
      Object.entries(network.weights())
        .filter(([name]) => !name.includes('running_'))
        .map(([name, { data, shape }]) => [name, tf.variable(tf.tensor([...data], [...shape]))]),
    );
  }

  dispose(): void {
    for (const variable of this.variables.values()) variable.dispose();
  }

  /** Full batches, as many steps as asked; the loss before each. */
  train(data: Dataset, optimizer: tf.Optimizer, steps: number): number[] {
    const { input, loss } = this.#spec;
    const count = data.count as number;
    const pixels =
      data.images instanceof Uint8Array ? Float32Array.from(data.images, (byte) => byte / 255) : data.images;
    const flat = tf.tensor(pixels, [count, ...input]);
    const x = input.length === 3 ? tf.transpose(flat, [0, 2, 3, 1]) : flat;
    const outputs = this.#outputs();
    const t = data.labels
      ? tf.oneHot(tf.tensor1d([...data.labels], 'int32'), outputs)
      : tf.tensor2d(data.targets as Float32Array, [count, outputs]);
    const losses: number[] = [];
    for (let i = 0; i < steps; i++) {
      const value = optimizer.minimize(() => tf.tidy(() => lossOf(loss, this.#scores(x), t as tf.Tensor2D)), true, [
        ...this.variables.values(),
      ]) as tf.Scalar;
      losses.push(value.dataSync()[0] as number);
      value.dispose();
    }
    for (const each of [flat, x, t]) each.dispose();
    return losses;
  }

  #outputs(): number {
    const last = this.#spec.layers.at(-1);
    if (last?.type !== 'affine') throw new Error('the last layer must be affine');
    return last.units;
  }

  #scores(x: tf.Tensor): tf.Tensor {
    const numbers = new Map<string, number>();
    const weight = (name: string) => this.variables.get(name) as tf.Tensor;
    let y = x;
    for (const layer of this.#spec.layers) {
      const short = layer.type === 'conv2d' ? 'conv' : layer.type;
      const number = (numbers.get(short) ?? 0) + 1;
      numbers.set(short, number);
      y = apply(layer, y, (part) => weight(`${short}${number}.${part}`));
    }
    return y;
  }
}

function apply(layer: LayerSpec, x: tf.Tensor, weight: (part: string) => tf.Tensor): tf.Tensor {
  switch (layer.type) {
    case 'affine': {
      // Our rows of an image are channel by channel.
      const rows = x.rank === 4 ? tf.reshape(tf.transpose(x, [0, 3, 1, 2]), [x.shape[0], -1]) : x;
      return tf.add(tf.matMul(rows as tf.Tensor2D, weight('weight') as tf.Tensor2D), weight('bias'));
    }
    case 'conv2d': {
      const filters = tf.transpose(weight('weight'), [2, 3, 1, 0]) as tf.Tensor4D;
      return tf.add(tf.conv2d(x as tf.Tensor4D, filters, layer.stride ?? 1, layer.pad ?? 0), weight('bias'));
    }
    case 'max_pool2d':
      return tf.maxPool(x as tf.Tensor4D, layer.size, layer.stride ?? layer.size, layer.pad ?? 0);
    case 'avg_pool2d':
      return tf.avgPool(x as tf.Tensor4D, layer.size, layer.stride ?? layer.size, layer.pad ?? 0);
    case 'batch_norm': {
      const { mean, variance } = tf.moments(x, x.rank === 4 ? [0, 1, 2] : [0]);
      const normal = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-6)));
      return tf.add(tf.mul(normal, weight('gamma')), weight('beta'));
    }
    case 'relu':
      return tf.relu(x);
    case 'sigmoid':
      return tf.sigmoid(x);
    case 'tanh':
      return tf.tanh(x);
    case 'softplus':
      return tf.softplus(x);
    case 'dropout':
    case 'flatten':
    case 'gelu':
    case 'layer_norm':
    case 'leaky_relu':
      throw new Error(`no rule for ${layer.type}`);
  }
}

function lossOf(loss: NetworkSpec['loss'], scores: tf.Tensor, t: tf.Tensor2D): tf.Scalar {
  if (loss === 'mean_squared_error') return tf.mean(tf.square(tf.sub(scores, t)));
  if (loss === 'sigmoid_with_loss') {
    return tf.losses.sigmoidCrossEntropy<tf.Tensor2D, tf.Scalar>(t, scores as tf.Tensor2D);
  }
  return tf.mean(tf.neg(tf.sum(tf.mul(t, tf.logSoftmax(scores)), -1)));
}
