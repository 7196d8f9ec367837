import type { Core } from '../engine/core-module';
import { coreOptions, createTrainer } from '../engine/train';
import { BackpropError, type LayerSpec, type NetworkSpec } from '../shared/api';
import type { TrainConfig, TrainHandle } from '../shared/protocol';
import { PIXELS, writeDigits } from './digit-data';
import { graphInfo } from './graphs';
import type { HandlersOf } from './handlers';
import { networkInfo } from './networks';
import type { Outbox } from './outbox';
import { TrainingRun } from './training-run';

export function trainHandlers(core: Core, outbox: Outbox): HandlersOf<'train'> {
  const runs = new Map<TrainHandle, TrainingRun>();
  const runOf = (train: TrainHandle): TrainingRun => {
    const run = runs.get(train);
    if (run) return run;
    throw new BackpropError({
      code: 'Disposed',
      message: `training ${train} is not open; create it again.`,
      nodes: [],
    });
  };

  return {
    'train.create': async (config) => {
      const run = await createRun(core, outbox, config);
      runs.set(run.train, run);
      return { train: run.train, network: networkInfo(core, run.network), config };
    },
    'train.start': (train) => runOf(train).start(),
    'train.pause': (train) => runOf(train).pause(),
    'train.step': (train, iterations) => runOf(train).step(iterations),
    'train.adjust': (train, change) => runOf(train).adjust(change),
    'train.graph': (train) => graphInfo(core, core.trainerGraph(runOf(train).train)),
    'train.close': (train) => {
      runs.get(train)?.close();
      runs.delete(train);
      return null;
    },
  };
}

function specOf({ hidden, activation, init }: TrainConfig): NetworkSpec {
  const layers = [...hidden, 10].flatMap((units, i): LayerSpec[] => {
    const affine: LayerSpec = { type: 'affine', units, init };
    return i < hidden.length ? [affine, { type: activation }] : [affine];
  });
  return { input: [PIXELS], layers, loss: 'softmax_with_loss' };
}

/** Held-out digits come from the same stream, after the ones trained on. */
async function createRun(core: Core, outbox: Outbox, config: TrainConfig): Promise<TrainingRun> {
  const network = core.networkCreate(JSON.stringify(specOf(config)), config.seed);
  let heldOut: number | null = null;
  try {
    const digits = await writeDigits(core, config.seed, 0, config.trainCount);
    const others = await writeDigits(core, config.seed, config.trainCount, config.heldOutCount);
    heldOut = core.datasetCreate(others.images, others.labels, false, config.heldOutCount);
    const dataset = core.datasetCreate(digits.images, digits.labels, false, config.trainCount);
    const { learningRate, batchSize, seed } = config;
    const options = coreOptions({ optimizer: 'sgd', learningRate, batchSize, seed }, 0);
    const train = createTrainer(core, network, dataset, options) as TrainHandle;
    return new TrainingRun({ core, outbox, train, network, heldOut, config });
  } catch (error) {
    if (heldOut !== null) core.datasetClose(heldOut);
    core.networkClose(network);
    throw error;
  }
}
