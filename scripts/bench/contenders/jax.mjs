import * as jax from '@jax-js/jax';
import { CLASSES, SIDE, deviation, normals } from '../workloads.mjs';

const { numpy: np, nn, lax } = jax;

/** jax-js on its wasm device: the whole step, with its gradients, compiled by `jit`. Batches are arrays made beforehand. */
export async function create({ workload, data }) {
  await jax.init('wasm');
  jax.defaultDevice('wasm');
  const batches = batchesOf(workload, data);
  const lossOf = lossFunction(workload);
  // Arrays are owned: each use but the last takes a reference of its own.
  const update = jax.jit((weights, x, t) => {
    const gradients = jax.grad(lossOf)(jax.tree.ref(weights), x, t);
    return jax.tree.map((w, g) => w.sub(g.mul(workload.rate)), weights, gradients);
  });
  const lossNow = jax.jit(lossOf);
  let weights = firstWeights(workload);
  let next = 0;
  const advance = async () => {
    const { x, t } = batches[next++ % batches.length];
    weights = update(weights, x.ref, t.ref);
    await jax.blockUntilReady(weights);
  };
  return {
    build: 'device wasm',
    async learn(steps) {
      for (let i = 0; i < steps; i++) await advance();
    },
    async loss() {
      const some = batches.slice(0, workload.filters ? 5 : undefined);
      let total = 0;
      for (const { x, t } of some) total += Number(await lossNow(jax.tree.ref(weights), x.ref, t.ref).jsAsync());
      return total / some.length;
    },
    async run(milliseconds) {
      const start = performance.now();
      let count = 0;
      do {
        await advance();
        count++;
      } while (performance.now() - start < milliseconds);
      return { count, seconds: (performance.now() - start) / 1000 };
    },
  };
}

function lossFunction({ activation, filters, batch, data: kind }) {
  const act = activation === 'relu' ? nn.relu : np.tanh;
  return ({ conv, layers }, x, t) => {
    let y = x;
    if (filters) {
      const maps = nn.relu(lax.conv(y, conv.W, [1, 1], 'VALID').add(conv.b.reshape([1, filters, 1, 1])));
      y = lax.reduceWindow(maps, (window) => np.max(window), [2, 2], [2, 2]).reshape([batch, -1]);
    }
    layers.forEach(({ W, b }, i) => {
      y = np.matmul(y, W).add(b);
      if (i + 1 < layers.length) y = act(y);
    });
    if (kind === 'digits')
      return nn
        .logSoftmax(y, -1)
        .mul(t)
        .sum()
        .mul(-1 / batch);
    return np.square(y.sub(t)).mean();
  };
}

function firstWeights(workload) {
  const { units, filters, kernel } = workload;
  const layers = units.slice(1).map((count, i) => ({
    W: np.array(normals(units[i] * count, deviation(workload, units[i]), 5 + i)).reshape([units[i], count]),
    b: np.zeros([count]),
  }));
  const conv = filters
    ? {
        W: np
          .array(normals(kernel ** 2 * filters, deviation(workload, kernel ** 2), 3))
          .reshape([filters, 1, kernel, kernel]),
        b: np.zeros([filters]),
      }
    : {};
  return { conv, layers };
}

function batchesOf({ batch, data: kind, filters }, data) {
  return Array.from({ length: Math.floor(data.count / batch) }, (_, b) => {
    const first = b * batch;
    if (kind === 'points') {
      return {
        x: np.array(data.inputs.slice(2 * first, 2 * (first + batch))).reshape([batch, 2]),
        t: np.array(data.targets.slice(first, first + batch)).reshape([batch, 1]),
      };
    }
    const pixels = Float32Array.from(
      data.images.subarray(first * SIDE ** 2, (first + batch) * SIDE ** 2),
      (p) => p / 255,
    );
    const hot = new Float32Array(batch * CLASSES);
    for (let i = 0; i < batch; i++) hot[i * CLASSES + data.labels[first + i]] = 1;
    return {
      x: np.array(pixels).reshape(filters ? [batch, 1, SIDE, SIDE] : [batch, SIDE ** 2]),
      t: np.array(hot).reshape([batch, CLASSES]),
    };
  });
}
