import { describe, expect, it } from 'vitest';
import type { TrainConfig, TrainStatus } from '../../../web/shared/protocol';
import { startWorker } from './support';

const config: TrainConfig = {
  hidden: [20],
  activation: 'relu',
  init: 'he',
  learningRate: 0.1,
  batchSize: 20,
  seed: 1,
  trainCount: 600,
  heldOutCount: 200,
};

const worker = await startWorker();

async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('training in the worker', { timeout: 60_000 }, () => {
  it('runs exactly as many iterations as asked, and measures', async () => {
    const { train, network } = await worker.call('train.create', config);
    expect(network.parameterCount).toBe(784 * 20 + 20 + 20 * 10 + 10);
    const one = await worker.call('train.step', train, 1);
    expect(one).toMatchObject({ running: false, iteration: 1, failure: null });
    expect(one.batchLoss).toBeGreaterThan(0);
    expect(one.points).toHaveLength(1);
    const many = await worker.call('train.step', train, 149);
    expect(many.iteration).toBe(150);
    expect(many.epoch).toBeCloseTo(5, 6);
    expect(many.points[0]?.heldOutAccuracy).toBeGreaterThan(one.points[0]?.heldOutAccuracy ?? 1);
    expect(many.points[0]?.loss).toBeLessThan(one.points[0]?.loss ?? 0);
    await worker.call('train.close', train);
  });

  it('starts, tells of its progress, answers in between, and pauses', async () => {
    const { train, network } = await worker.call('train.create', config);
    worker.events.length = 0;
    expect((await worker.call('train.start', train)).running).toBe(true);
    await until(() => worker.events.length > 3);
    const strokes = await worker.call('digits.sample', 7, 1);
    const { probabilities, raster } = await worker.call('digits.classify', network.network, strokes);
    expect(raster.empty).toBe(false);
    expect(probabilities.reduce((total, p) => total + p, 0)).toBeCloseTo(1, 5);
    await worker.call('train.adjust', train, { learningRate: 0.05, batchSize: 10 });
    await until(() => worker.events.some(({ points }) => points.length > 0));
    const paused = await worker.call('train.pause', train);
    expect(paused.running).toBe(false);
    const iterations = worker.events.map(({ iteration }) => iteration);
    expect(iterations).toEqual([...iterations].sort((a, b) => a - b));
    expect(worker.events.at(-1)?.samplesPerSecond).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await worker.call('train.pause', train)).iteration).toBe(paused.iteration);
    await worker.call('train.close', train);
  });

  it('sends the next status only after the last was acknowledged, and loses no point', async () => {
    const { train } = await worker.call('train.create', config);
    worker.events.length = 0;
    worker.autoAck = false;
    await worker.call('train.start', train);
    await until(() => worker.events.length > 0);
    let status: TrainStatus = await worker.call('train.adjust', train, {});
    while (status.iteration < 200) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      status = await worker.call('train.adjust', train, {});
    }
    expect(worker.events).toHaveLength(1);
    const paused = await worker.call('train.pause', train);
    worker.ack();
    expect(worker.events).toHaveLength(2);
    expect(worker.events[1]).toMatchObject({ running: false, iteration: paused.iteration });
    worker.ack();
    expect(worker.events).toHaveLength(2);
    worker.autoAck = true;
    await worker.call('train.close', train);
  });

  it('draws the same weights from the same seed, stepped or run', async () => {
    const weights = async (slices: readonly number[]) => {
      const { train, network } = await worker.call('train.create', config);
      for (const iterations of slices) await worker.call('train.step', train, iterations);
      const file = new Uint8Array(await worker.call('network.save', network.network));
      await worker.call('train.close', train);
      return file;
    };
    expect(await weights([1, 2, 27])).toEqual(await weights([30]));
  });

  it('stops at a loss that is no number, says so, and keeps finite weights', async () => {
    const { train, network } = await worker.call('train.create', {
      ...config,
      hidden: [30, 30, 30],
      learningRate: 1e9,
    });
    worker.events.length = 0;
    await worker.call('train.start', train);
    await until(() => worker.events.some(({ running }) => !running));
    const last = worker.events.at(-1);
    expect(last).toMatchObject({ running: false, failure: { code: 'NotFinite' } });
    expect(last?.failure?.message.length).toBeGreaterThan(20);
    for (const { tensor } of worker.core.networkWeights(network.network))
      expect(tensor.data.every(Number.isFinite)).toBe(true);
    await worker.call('train.close', train);
  });

  it('opens the graph of the iteration where it stands', async () => {
    const { train, network } = await worker.call('train.create', config);
    await worker.call('train.step', train, 5);
    const info = await worker.call('train.graph', train);
    expect(info.nodes.find(({ id }) => id === 'x')?.shape).toEqual([20, 784]);
    const frame = await worker.call('graph.seek', info.graph, info.steps);
    const loss = frame.nodes[info.nodes.findIndex(({ id }) => id === 'loss')]?.value?.data?.[0];
    const next = await worker.call('train.step', train, 1);
    expect(next.batchLoss).toBeCloseTo(loss ?? 0, 5);
    const bias = await worker.call('graph.read', info.graph, 'affine2.bias', 'value');
    const now = worker.core.networkWeights(network.network).find(({ name }) => name === 'affine2.bias');
    expect(bias.data).not.toEqual(now?.tensor.data);
    await worker.call('graph.close', info.graph);
    await worker.call('train.close', train);
  });

  it('refuses what makes no sense, and keeps nothing of it', async () => {
    const before = worker.core.memory().objects;
    expect((await worker.refused('train.create', { ...config, batchSize: 0 })).code).toBe('OutOfRange');
    expect((await worker.refused('train.create', { ...config, seed: -1 })).code).toBe('OutOfRange');
    expect((await worker.refused('train.create', { ...config, hidden: [-3] })).message.length).toBeGreaterThan(20);
    expect(worker.core.memory().objects).toBe(before);
    const { train } = await worker.call('train.create', config);
    expect((await worker.refused('train.adjust', train, { learningRate: Number.NaN })).code).toBe('OutOfRange');
    expect((await worker.refused('train.adjust', train, { batchSize: 0.5 })).code).toBe('OutOfRange');
    await worker.call('train.close', train);
    expect((await worker.refused('train.start', train)).code).toBe('Disposed');
    expect(worker.core.memory().objects).toBe(before);
  });
});

describe('a digit walked back through the network', { timeout: 60_000 }, () => {
  it('steps the network’s own graph from (y − t) to the pixels, and leaves the network alone', async () => {
    const { train, network } = await worker.call('train.create', config);
    await worker.call('train.step', train, 100);
    const { raster, probabilities } = await worker.call(
      'digits.classify',
      network.network,
      await worker.call('digits.sample', 4, 3),
    );
    const info = await worker.call('network.walk', network.network, raster.pixels, 4);
    expect(info.output).toBe('loss');
    expect(info.nodes.find(({ id }) => id === 'affine1.weight')?.kind).toBe('parameter');
    expect(info.document.nodes.find(({ id }) => id === 'affine1.weight')?.value).toBeUndefined();
    const end = await worker.call('graph.seek', info.graph, info.steps);
    const of = (id: string) => end.nodes[info.nodes.findIndex((node) => node.id === id)];
    expect(of('loss')?.value?.data?.[0]).toBeCloseTo(-Math.log(probabilities[4] ?? 0), 4);
    const scores = info.nodes.find(({ id }) => id === 'loss')?.inputs[0] ?? '';
    const gradient = of(scores)?.grad?.data ?? [];
    probabilities.forEach((p, i) => expect(gradient[i]).toBeCloseTo(p - (i === 4 ? 1 : 0), 5));
    expect(of('x')?.grad?.shape).toEqual([1, 784]);
    await worker.call('graph.close', info.graph);
    expect(
      (await worker.call('digits.classify', network.network, await worker.call('digits.sample', 4, 3))).probabilities,
    ).toEqual(probabilities);
    await worker.call('train.close', train);
  });

  it('an empty drawing has no probabilities', async () => {
    const { train, network } = await worker.call('train.create', { ...config, trainCount: 20, heldOutCount: 20 });
    const { raster, probabilities } = await worker.call('digits.classify', network.network, []);
    expect(raster.empty).toBe(true);
    expect(Array.from(probabilities)).toEqual(new Array(10).fill(0));
    await worker.call('train.close', train);
  });
});
