import {
  BackpropError,
  type Dataset,
  type NetworkSpec,
  type Progress,
  type TrainOptions,
  type TrainReport,
} from '../shared/api';
import type { Core, CoreTrainOptions } from './core-module';
import { createDataset, wholeDataset } from './dataset';
import { Pacer, Yielder } from './time-slices';

interface TrainCall {
  readonly core: Core;
  readonly network: number;
  readonly spec: NetworkSpec;
  readonly data: Dataset;
  readonly options: TrainOptions;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Trains in slices of a few milliseconds, so that the thread stays responsive and a signal is heard. */
export async function train({
  core,
  network,
  spec,
  data: given,
  options,
  onProgress,
  signal,
}: TrainCall): Promise<TrainReport> {
  const data = wholeDataset(given, spec);
  const iterations = iterationsOf(options, data.count);
  const trainer = createTrainer(core, network, createDataset(core, data, spec), coreOptions(options, iterations));
  const yielder = new Yielder();
  const pacer = new Pacer();
  let done = 0;
  let milliseconds = 0;
  let loss = Number.NaN;
  try {
    while (done < iterations && !signal?.aborted) {
      const start = performance.now();
      const run = core.trainerRun(trainer, Math.min(pacer.count, iterations - done));
      const took = performance.now() - start;
      if (run.failure) throw new BackpropError(run.failure);
      pacer.took(run.ran, took);
      milliseconds += took;
      done = run.iteration;
      loss = run.batchLoss;
      onProgress?.({ iteration: done, iterations, loss: run.lossSum / run.ran });
      await yielder.turn();
    }
  } finally {
    yielder.close();
    core.trainerClose(trainer);
  }
  const samples = done * Math.min(options.batchSize, data.count);
  return {
    iterations: done,
    loss,
    samplesPerSecond: milliseconds > 0 ? (1000 * samples) / milliseconds : 0,
    stopped: done < iterations ? 'aborted' : 'done',
  };
}

/** The core takes the data set over, unless it refuses the options: then it is still ours to free. */
export function createTrainer(core: Core, network: number, dataset: number, options: CoreTrainOptions): number {
  try {
    return core.trainerCreate(network, dataset, options);
  } catch (error) {
    core.datasetClose(dataset);
    throw error;
  }
}

/** The core has the defaults; a missing option stays missing. */
export function coreOptions({ epochs: _epochs, ...options }: TrainOptions, iterations: number): CoreTrainOptions {
  return { ...options, iterations, seed: options.seed ?? 0, augment: options.augment ?? null };
}

function iterationsOf(options: TrainOptions, count: number): number {
  if (options.iterations !== undefined) return options.iterations;
  return Math.ceil(((options.epochs ?? 1) * count) / options.batchSize);
}
