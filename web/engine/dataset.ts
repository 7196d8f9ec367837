import { BackpropError, type Dataset, type NetworkSpec } from '../shared/api';
import type { Core } from './core-module';

/** Copies a data set into the core and returns its number. The core checks sizes, labels and values against the network. */
export function createDataset(core: Core, data: Dataset, spec: NetworkSpec): number {
  const wanted = product(spec.input);
  if (product(data.shape) !== wanted) {
    throw new BackpropError({
      code: 'ShapeMismatch',
      message:
        `data set: a sample is [${data.shape.join(', ')}] but the network takes [${spec.input.join(', ')}]. ` +
        'Give data of that shape, or a network with another input.',
      nodes: ['x'],
    });
  }
  // Yes or no may come as a label: the core takes it for a target.
  const labelled = spec.loss === 'softmax_with_loss' || (spec.loss === 'sigmoid_with_loss' && !data.targets);
  const answers = labelled ? data.labels : data.targets;
  if (!answers) {
    const name = spec.loss === 'softmax_with_loss' ? 'labels' : 'targets';
    throw new BackpropError({
      code: 'InvalidValue',
      message: `data set: ${name} are missing; the loss ${spec.loss} compares with ${name}.`,
      nodes: ['t'],
    });
  }
  return core.datasetCreate(data.images, answers, !labelled, data.count);
}

function product(extents: readonly number[]): number {
  return extents.reduce((count, extent) => count * extent, 1);
}
