// Training steps a second of the four networks of docs/performance.md, gathering and shuffling included, through the core's own calls.
// Builds given on the command line are measured in turn, round by round, in this one process: only their ratio counts.
//   node tests/bench/steps.mjs [build/wasm-release [another/build/wasm-release ...]]
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROUNDS = 12;
const PARTS = 30; // parts of about 2 ms: the best of many fell between two turns of other programs

const affine = (units, init = 'he') => ({ type: 'affine', units, init });
const relu = { type: 'relu' };
const tanh = { type: 'tanh' };
const NETWORKS = {
  'a 784-50-10': {
    spec: { input: [784], layers: [affine(50), relu, affine(10)], loss: 'softmax_with_loss' },
    batchSize: 100,
  },
  'a dense': {
    spec: { input: [784], layers: [affine(50), relu, affine(10)], loss: 'softmax_with_loss' },
    batchSize: 100,
    dense: true,
  },
  'b 784-128-64-10': {
    spec: { input: [784], layers: [affine(128), relu, affine(64), relu, affine(10)], loss: 'softmax_with_loss' },
    batchSize: 100,
  },
  'b dense': {
    spec: { input: [784], layers: [affine(128), relu, affine(64), relu, affine(10)], loss: 'softmax_with_loss' },
    batchSize: 100,
    dense: true,
  },
  'c 2-8-8-1': {
    spec: {
      input: [2],
      layers: [affine(8, 'xavier'), tanh, affine(8, 'xavier'), tanh, affine(1, 'xavier')],
      loss: 'mean_squared_error',
    },
    batchSize: 10,
  },
  'd SimpleConvNet': {
    spec: {
      input: [1, 28, 28],
      layers: [
        { type: 'conv2d', filters: 30, kernel: 5, init: 'std', std: 0.01 },
        relu,
        { type: 'max_pool2d', size: 2 },
        affine(100, 'std'),
        relu,
        affine(10, 'std'),
      ],
      loss: 'softmax_with_loss',
    },
    batchSize: 100,
  },
};

const unwrap = (reply) => {
  if (reply === null) return null;
  if ('error' in reply) throw new Error(reply.error.message);
  return reply.value;
};

async function load(folder) {
  const { default: create } = await import(pathToFileURL(resolve(folder, 'backprop.mjs')).href);
  return create({ wasmBinary: readFileSync(resolve(folder, 'backprop.wasm')) });
}

function dataset(core, { spec, dense }) {
  const count = 2000;
  if (spec.loss === 'mean_squared_error') {
    const x = Float32Array.from({ length: 2 * 500 }, (_, i) => Math.sin(i * 1.7));
    const t = Float32Array.from({ length: 500 }, (_, i) => Math.sign(x[2 * i] * x[2 * i + 1]));
    return unwrap(core.datasetCreate(x, t, true, 500));
  }
  const { images, labels } = unwrap(core.handwriting(1, 0, count));
  if (dense) for (let i = 0; i < images.length; ++i) images[i] ||= 1 + (i % 3);
  return unwrap(core.datasetCreate(images, labels, false, count));
}

function prepare(core, setup) {
  const network = unwrap(core.networkCreate(JSON.stringify(setup.spec), 1));
  const options = { optimizer: 'sgd', learningRate: 0.1, batchSize: setup.batchSize, iterations: 1e9, seed: 1 };
  const more = { weightDecay: 0, schedule: 'constant', augment: null };
  return unwrap(core.trainerCreate(network, dataset(core, setup), { ...options, ...more }));
}

const folders = process.argv.length > 2 ? process.argv.slice(2) : ['build/wasm-release'];
const cores = await Promise.all(folders.map(load));
for (const [name, setup] of Object.entries(NETWORKS)) {
  const runs = [];
  for (const [i, core] of cores.entries()) {
    try {
      runs.push({ core, folder: folders[i], trainer: prepare(core, setup), steps: 1, seconds: [] });
    } catch (error) {
      console.log(`${name.padEnd(18)} ${folders[i]}: ${error.message}`);
    }
  }
  for (let round = 0; round < ROUNDS; ++round) {
    for (const run of runs) {
      let best = Infinity;
      for (let part = 0; part < PARTS; ++part) {
        const start = performance.now();
        unwrap(run.core.trainerRun(run.trainer, run.steps));
        const took = (performance.now() - start) / 1000 / run.steps;
        best = Math.min(best, took);
        run.steps = Math.max(1, Math.min(20000, Math.round(0.002 / took), run.steps * 2));
      }
      if (round > 1) run.seconds.push(best);
    }
  }
  for (const run of runs) {
    run.seconds.sort((x, y) => x - y);
    const median = run.seconds[run.seconds.length >> 1];
    console.log(
      `${name.padEnd(18)} ${(1 / median).toFixed(1).padStart(10)} steps/s  (best ${(1 / run.seconds[0]).toFixed(1)})  ${run.folder}`,
    );
  }
}
