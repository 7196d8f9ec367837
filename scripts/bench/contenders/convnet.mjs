import * as module from 'convnetjs';
import { SIDE } from '../workloads.mjs';
import { timed } from './timed.mjs';

const convnetjs = module.default ?? module;

/** ConvNetJS: sample by sample, gradients added up over a batch. Volumes are made beforehand. */
export function create({ workload, data }) {
  const { units, activation, batch, rate, filters, kernel } = workload;
  const regression = workload.data === 'points';
  const network = new convnetjs.Net();
  network.makeLayers([
    filters
      ? { type: 'input', out_sx: SIDE, out_sy: SIDE, out_depth: 1 }
      : { type: 'input', out_sx: 1, out_sy: 1, out_depth: units[0] },
    ...(filters
      ? [
          { type: 'conv', sx: kernel, filters, stride: 1, pad: 0, activation: 'relu' },
          { type: 'pool', sx: 2, stride: 2 },
        ]
      : []),
    ...units.slice(1, -1).map((count) => ({ type: 'fc', num_neurons: count, activation })),
    regression ? { type: 'regression', num_neurons: units.at(-1) } : { type: 'softmax', num_classes: units.at(-1) },
  ]);
  // Its squared error is half of the others'.
  const trainer = new convnetjs.Trainer(network, {
    method: 'sgd',
    learning_rate: regression ? 2 * rate : rate,
    momentum: 0,
    batch_size: batch,
    l2_decay: 0,
  });
  const samples = samplesOf(workload, data);
  let next = 0;
  const advance = () => {
    for (let i = 0; i < batch; i++) {
      const { x, t } = samples[next++ % samples.length];
      trainer.train(x, t);
    }
  };
  return {
    build: 'plain JavaScript',
    learn(steps) {
      for (let i = 0; i < steps; i++) advance();
    },
    loss() {
      // A convolution of its takes milliseconds: a tenth of the samples tells enough.
      const some = filters ? samples.slice(0, samples.length / 10) : samples;
      const total = some.reduce((sum, { x, t }) => {
        const y = network.forward(x, false).w;
        return sum + (regression ? (y[0] - t[0]) ** 2 : -Math.log(y[t]));
      }, 0);
      return total / some.length;
    },
    run: (milliseconds) => timed(advance, milliseconds),
  };
}

function samplesOf({ data: kind, filters, units }, data) {
  return Array.from({ length: data.count }, (_, sample) => {
    if (kind === 'points') {
      const x = new convnetjs.Vol(1, 1, 2, 0);
      x.w.set(data.inputs.subarray(2 * sample, 2 * sample + 2));
      return { x, t: [data.targets[sample]] };
    }
    const x = filters ? new convnetjs.Vol(SIDE, SIDE, 1, 0) : new convnetjs.Vol(1, 1, units[0], 0);
    const pixels = data.images.subarray(sample * SIDE ** 2, (sample + 1) * SIDE ** 2);
    pixels.forEach((pixel, i) => (x.w[i] = pixel / 255));
    return { x, t: data.labels[sample] };
  });
}
