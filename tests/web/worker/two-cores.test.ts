import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Core } from '../../../web/engine/core-module';
import { loadCore } from '../../../web/engine/load';
import { loadGraphCore } from '../../../web/engine/load-graphs';
import { BackpropError, type GraphDocument } from '../../../web/shared/api';
import { graphHandlers } from '../../../web/worker/graphs';
import { networkHandlers } from '../../../web/worker/networks';
import { twoCores, type TwoCores } from '../../../web/worker/two-cores';

const SQUARE: GraphDocument = {
  format: 'backprop-graph',
  version: 1,
  nodes: [
    { id: 'x', op: 'input', value: 3 },
    { id: 'y', op: 'square', inputs: ['x'] },
  ],
};
const weights = (): ArrayBuffer =>
  Uint8Array.from(readFileSync(new URL('../../../web/public/models/digits-mlp.safetensors', import.meta.url))).buffer;

describe('two cores behind one', () => {
  let graphs: Core;
  let whole: () => Promise<Core>;
  let cores: TwoCores;

  beforeEach(async () => {
    graphs = await loadGraphCore();
    whole = vi.fn(() => loadCore());
    cores = twoCores(graphs, whole);
  });

  it('a graph is opened and stepped without the whole engine', async () => {
    await cores.ready('graph.open');
    const handlers = graphHandlers(cores.core);
    const info = await handlers['graph.open'](SQUARE);
    const frame = await handlers['graph.seek'](info.graph, info.steps);
    expect(frame.nodes.map(({ value, grad }) => [value?.data?.[0], grad?.data?.[0]])).toEqual([
      [3, 6],
      [9, 1],
    ]);
    expect(whole).not.toHaveBeenCalled();
  });

  it('the whole engine is fetched once, and its graphs are told from the others', async () => {
    await Promise.all([cores.ready('network.load'), cores.ready('digits.classify')]);
    expect(whole).toHaveBeenCalledTimes(1);
    const small = await graphHandlers(cores.core)['graph.open'](SQUARE);
    const network = await networkHandlers(cores.core)['network.load'](weights());
    const walk = await networkHandlers(cores.core)['network.walk'](network.network, new Float32Array(784).fill(0.5), 3);
    expect(walk.graph).not.toBe(small.graph);
    const frame = await graphHandlers(cores.core)['graph.seek'](walk.graph, walk.steps);
    expect(frame.nodes).toHaveLength(walk.nodes.length);
    const lens = await graphHandlers(cores.core)['graph.lens'](walk.graph, 'affine3', [0, 3], 'value');
    expect(lens.steps).toBeGreaterThan(3);
    // Both still answer for their own.
    expect((await graphHandlers(cores.core)['graph.info'](small.graph)).nodes).toHaveLength(2);
    expect((await graphHandlers(cores.core)['graph.info'](lens.graph)).output).toBe(lens.output);
    await graphHandlers(cores.core)['graph.close'](walk.graph);
    expect(() => graphHandlers(cores.core)['graph.info'](walk.graph)).toThrow(BackpropError);
  });

  it('a fetch that failed is tried again', async () => {
    let times = 0;
    const flaky = twoCores(graphs, () => (++times === 1 ? Promise.reject(new Error('offline')) : loadCore()));
    await expect(flaky.ready('train.create')).rejects.toThrow('offline');
    await expect(flaky.ready('train.create')).resolves.toBeUndefined();
    expect(times).toBe(2);
  });
});
