import { BackpropError, type Dataset, type NetworkSpec } from '../shared/api';
import type { Core } from './core-module';
import { invalid } from './invalid';

type WholeDataset = Dataset & Required<Pick<Dataset, 'count' | 'shape'>>;

/** With what goes without saying: samples of the network's own shape, as many of them as there are. */
export function wholeDataset(data: Dataset, spec: NetworkSpec): WholeDataset {
  const { images, shape = spec.input }: Partial<Dataset> = data ?? {};
  if (!(ArrayBuffer.isView(images) || Array.isArray(images)))
    throw invalid('data set: images are missing. Give a Float32Array, or a Uint8Array of pixels from 0 to 255.', ['x']);
  if (!Array.isArray(shape)) throw invalid('data set: shape is no list of extents, such as [28, 28].', ['x']);
  return { ...data, shape, count: data.count ?? Math.floor(images.length / product(spec.input)) };
}

/** Copies a data set into the core and returns its number. The core checks sizes, labels and values against the network. */
export function createDataset(core: Core, data: WholeDataset, spec: NetworkSpec): number {
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
    throw invalid(`data set: ${name} are missing; the loss ${spec.loss} compares with ${name}.`, ['t']);
  }
  return core.datasetCreate(data.images, answers, !labelled, data.count);
}

function product(extents: readonly number[]): number {
  return extents.reduce((count, extent) => count * extent, 1);
}
