import * as module from 'brain.js/dist/browser.js';
import { CLASSES, SIDE } from '../workloads.mjs';
import { timed } from './timed.mjs';

const brain = module.default ?? module;

/**
 * brain.js: the nearest that it can do. It updates after every sample, has one activation for all layers, and knows the
 * squared error alone; a "step" is as many samples as a batch of the others.
 */
export function create({ workload, data }) {
  const { units, activation, rate } = workload;
  if (workload.filters) throw new Error('brain.js has no convolutions');
  const network = new brain.NeuralNetwork({
    inputSize: units[0],
    outputSize: units.at(-1),
    hiddenLayers: units.slice(1, -1),
    activation,
  });
  const options = { iterations: 1, errorThresh: 1e-9, learningRate: rate / 10, momentum: 1e-9, log: false };
  const batches = batchesOf(workload, data);
  let next = 0;
  const advance = () => network.train(batches[next++ % batches.length], options);
  return {
    build: 'its bundle for browsers',
    learn(steps) {
      for (let i = 0; i < steps; i++) advance();
    },
    loss: () => network.test(batches.flat()).error,
    run: (milliseconds) => timed(advance, milliseconds),
  };
}

function batchesOf({ batch, data: kind }, data) {
  return Array.from({ length: Math.floor(data.count / batch) }, (_, b) =>
    Array.from({ length: batch }, (_each, i) => {
      const sample = b * batch + i;
      if (kind === 'points') {
        return { input: data.inputs.slice(2 * sample, 2 * sample + 2), output: [data.targets[sample]] };
      }
      const output = new Float32Array(CLASSES);
      output[data.labels[sample]] = 1;
      const pixels = data.images.subarray(sample * SIDE ** 2, (sample + 1) * SIDE ** 2);
      return { input: Float32Array.from(pixels, (p) => p / 255), output };
    }),
  );
}
