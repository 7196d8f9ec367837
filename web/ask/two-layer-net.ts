import type { EngineClient } from '../page/client.ts';
import { type Track, trackOf } from './race.svelte.ts';

/** The book's TwoLayerNet as it is before training, with one drawn digit in it: its 39,760 parameters run the race. */
export async function openTwoLayerNet(engine: EngineClient): Promise<{ track: Track; close: () => void }> {
  const train = await engine.call('train.create', {
    hidden: [50],
    activation: 'relu',
    init: 'std',
    learningRate: 0.1,
    batchSize: 1,
    seed: 1,
    trainCount: 10,
    heldOutCount: 10,
  });
  const closeTraining = (): void => void engine.call('train.close', train.train).catch(() => undefined);
  try {
    const info = await engine.call('train.graph', train.train);
    return {
      track: trackOf(info, ({ kind }) => kind === 'parameter'),
      close: () => {
        void engine.call('graph.close', info.graph).catch(() => undefined);
        closeTraining();
      },
    };
  } catch (error) {
    closeTraining();
    throw error;
  }
}
