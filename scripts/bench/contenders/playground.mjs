import * as nn from 'playground-nn';
import { timed } from './timed.mjs';

/**
 * TensorFlow Playground's own network: objects for nodes and links, in double, sample by sample, gradients added up over a batch. Its
 * `nn.ts` is no package: `npm run bench -- --playground FILE` says where a copy of it is; without, this contender cannot.
 */
export function create({ workload, data }) {
  if (!nn.buildNetwork) throw new Error('nn.ts was not given (--playground FILE)');
  const { units, batch, rate } = workload;
  const network = nn.buildNetwork(units, nn.Activations.TANH, nn.Activations.LINEAR, null, ['x', 'y']);
  const samples = Array.from({ length: data.count }, (_, i) => ({
    x: [data.inputs[2 * i], data.inputs[2 * i + 1]],
    t: data.targets[i],
  }));
  let next = 0;
  const advance = () => {
    for (let i = 0; i < batch; i++) {
      const { x, t } = samples[next++ % samples.length];
      nn.forwardProp(network, x);
      nn.backProp(network, t, nn.Errors.SQUARE);
    }
    nn.updateWeights(network, 2 * rate, 0); // its squared error is half of the others'
  };
  return {
    build: 'plain JavaScript',
    learn(steps) {
      for (let i = 0; i < steps; i++) advance();
    },
    loss: () => samples.reduce((sum, { x, t }) => sum + (nn.forwardProp(network, x) - t) ** 2, 0) / samples.length,
    run: (milliseconds) => timed(advance, milliseconds),
  };
}
