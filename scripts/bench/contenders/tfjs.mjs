import '@tensorflow/tfjs-core/dist/register_all_gradients';
import * as core from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import * as wasm from '@tensorflow/tfjs-backend-wasm';
import { CLASSES, SIDE, deviation, normals, pooledSide } from '../workloads.mjs';
import { timed } from './timed.mjs';

// A bundler gives the module, Node what its CommonJS build exports.
const tf = core.default ?? core;
const { setWasmPaths } = wasm.default ?? wasm;

/**
 * TensorFlow.js as its users write it (`optimizer.minimize`), or with the backward pass written by hand, which saves the
 * gradient of the input and the kernel that is slow with transposed operands. Batches are tensors made beforehand.
 */
export async function create({ workload, data, backend, byHand, wasmFolder }) {
  if (backend === 'wasm') setWasmPaths(wasmFolder);
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no backend ${backend} here`);
  await tf.ready();
  tf.enableProdMode();
  const batches = batchesOf(workload, data);
  const network = networkOf(workload);
  const lossOf = ({ x, t }) =>
    workload.data === 'digits'
      ? tf.losses.softmaxCrossEntropy(t, network.forward(x))
      : tf.losses.meanSquaredError(t, network.forward(x));
  const optimizer = tf.train.sgd(workload.rate);
  const minimize = (batch) => {
    tf.tidy(() => optimizer.minimize(() => lossOf(batch)));
  };
  const step = byHand ? handWritten(workload, network) : minimize;
  let next = 0;
  const advance = () => step(batches[next++ % batches.length]);
  return {
    build: `${tf.version_core}, backend ${tf.getBackend()}`,
    learn(steps) {
      for (let i = 0; i < steps; i++) advance();
    },
    loss() {
      // A convolution on the cpu backend takes a second: some batches tell enough.
      const some = batches.slice(0, workload.filters ? 5 : undefined);
      const losses = some.map((batch) => tf.tidy(() => lossOf(batch).dataSync()[0]));
      return losses.reduce((sum, each) => sum + each, 0) / losses.length;
    },
    // Both backends compute at once; reading a weight proves it.
    run: (milliseconds) =>
      timed(() => {
        advance();
        network.weights[0].b.dataSync();
      }, milliseconds),
  };
}

function batchesOf({ batch, data: kind, filters }, data) {
  return Array.from({ length: Math.floor(data.count / batch) }, (_, b) => {
    const first = b * batch;
    if (kind === 'points') {
      return {
        x: tf.tensor2d(data.inputs.slice(2 * first, 2 * (first + batch)), [batch, 2]),
        t: tf.tensor2d(data.targets.slice(first, first + batch), [batch, 1]),
      };
    }
    const pixels = Float32Array.from(
      data.images.subarray(first * SIDE ** 2, (first + batch) * SIDE ** 2),
      (p) => p / 255,
    );
    const labels = Int32Array.from(data.labels.subarray(first, first + batch));
    return {
      x: tf.tensor(pixels, filters ? [batch, SIDE, SIDE, 1] : [batch, SIDE ** 2]),
      t: tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), CLASSES), 'float32')),
    };
  });
}

function networkOf(workload) {
  const { units, activation, filters, kernel } = workload;
  const weights = units.slice(1).map((count, i) => ({
    W: tf.variable(tf.tensor2d(normals(units[i] * count, deviation(workload, units[i]), 5 + i), [units[i], count])),
    b: tf.variable(tf.zeros([count])),
  }));
  const dense = (x, { W, b }, act) => tf.fused.matMul({ a: x, b: W, bias: b, ...(act && { activation: act }) });
  const plain = (x, { W, b }, act) => {
    const sums = tf.add(tf.matMul(x, W), b);
    return act ? tf[act](sums) : sums;
  };
  // The gradient of the fused kernel knows ReLU and no tanh.
  const layer = activation === 'relu' ? dense : plain;
  let conv;
  if (filters) {
    const shape = [kernel, kernel, 1, filters];
    conv = {
      W: tf.variable(tf.tensor4d(normals(kernel ** 2 * filters, deviation(workload, kernel ** 2), 3), shape)),
      b: tf.variable(tf.zeros([filters])),
    };
  }
  const images = (x) =>
    tf.reshape(tf.maxPool(tf.relu(tf.add(tf.conv2d(x, conv.W, 1, 'valid'), conv.b)), 2, 2, 'valid'), [
      x.shape[0],
      pooledSide(workload) ** 2 * filters,
    ]);
  const forward = (x) =>
    weights.reduce(
      (y, each, i) => layer(y, each, i + 1 < weights.length ? activation : undefined),
      conv ? images(x) : x,
    );
  return { weights, forward };
}

/** One step of networks of affine layers, forward and backward, in tensors. */
function handWritten({ batch, rate, activation, data: kind }, { weights }) {
  const scale = tf.scalar(rate);
  const one = tf.scalar(1);
  const divisor = tf.scalar(kind === 'digits' ? batch : batch / 2);
  return ({ x, t }) => {
    tf.tidy(() => {
      const inputs = [x];
      for (const [i, { W, b }] of weights.entries()) {
        const last = i + 1 === weights.length;
        const fused = activation === 'relu' && !last;
        const sums = tf.fused.matMul({ a: inputs[i], b: W, bias: b, ...(fused && { activation: 'relu' }) });
        inputs.push(fused || last ? sums : tf.tanh(sums));
      }
      const y = inputs.at(-1);
      let upstream = tf.div(tf.sub(kind === 'digits' ? tf.softmax(y) : y, t), divisor);
      for (let i = weights.length - 1; i >= 0; i--) {
        const { W, b } = weights[i];
        const dW = tf.matMul(tf.transpose(inputs[i]), upstream);
        const db = tf.sum(upstream, 0);
        if (i > 0) {
          const back = tf.matMul(upstream, tf.transpose(W));
          const slope = activation === 'relu' ? tf.step(inputs[i]) : tf.sub(one, tf.square(inputs[i]));
          upstream = tf.mul(back, slope);
        }
        W.assign(tf.sub(W, tf.mul(dW, scale)));
        b.assign(tf.sub(b, tf.mul(db, scale)));
      }
    });
  };
}
