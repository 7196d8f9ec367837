import { describe, expect, it } from 'vitest';
import type { Dataset, NetworkSpec } from '../../../web/engine';
import { CoreEngine } from '../../../web/engine/engine';
import { loadCore } from '../../../web/engine/load';
import { apple, refusal } from './support/engine';

describe('ten thousand networks and graphs', { timeout: 600_000 }, () => {
  it('made, used and disposed leave the heap where it was', async () => {
    const core = await loadCore();
    const engine = new CoreEngine(core);
    const spec: NetworkSpec = {
      input: [1, 6, 6],
      layers: [
        { type: 'conv2d', filters: 2, kernel: 3 },
        { type: 'batch_norm' },
        { type: 'relu' },
        { type: 'max_pool2d', size: 2 },
        { type: 'dropout' },
        { type: 'affine', units: 3 },
      ],
      loss: 'softmax_with_loss',
    };
    const data: Dataset = { images: new Float32Array(2 * 36), labels: Int32Array.of(0, 2), count: 2, shape: [1, 6, 6] };
    const once = async (i: number) => {
      const network = engine.network(spec, { seed: i });
      network.predict(new Float32Array(36), 1);
      if (i % 10 === 0) {
        await network.train(data, { optimizer: 'adam', learningRate: 0.01, batchSize: 2, iterations: 2, clipNorm: 1 });
        const copy = engine.loadNetwork(network.saveWeights());
        copy.evaluate(data);
        copy.dispose();
      }
      refusal(() => network.predict(new Float32Array(3), 1));
      network.dispose();
      const graph = engine.graph(apple);
      graph.backward();
      graph.dispose();
    };
    for (let i = 0; i < 100; i++) await once(i);
    const before = core.memory();
    for (let i = 0; i < 10_000; i++) await once(i);
    expect(core.memory()).toEqual(before);
    expect(before.objects).toBe(0);
  });
});
