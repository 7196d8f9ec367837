import { describe, expect, it } from 'vitest';
import type { Dataset, NetworkSpec, TrainOptions } from '../../../web/engine';
import { engine, refusal } from './support/engine';

const spec: NetworkSpec = {
  input: [784],
  layers: [{ type: 'affine', units: 50, init: 'he' }, { type: 'relu' }, { type: 'affine', units: 10 }],
  loss: 'softmax_with_loss',
};

function digits(count: number, seed = 1): Dataset {
  return { ...engine.handwriting({ seed, count }), count, shape: [784] };
}

const options: TrainOptions = { optimizer: 'sgd', learningRate: 0.1, batchSize: 50, iterations: 150, seed: 7 };

describe('a network', { timeout: 60_000 }, () => {
  it('is a graph of named nodes', () => {
    const network = engine.network(spec, { seed: 3 });
    expect(network.parameterCount).toBe(784 * 50 + 50 + 50 * 10 + 10);
    expect(network.spec).toMatchObject({ input: [784], loss: 'softmax_with_loss' });
    const ids = network.graph.toDocument().nodes.map(({ id }) => id);
    for (const id of ['x', 'affine1', 'affine1.weight', 'affine1.bias', 'relu1', 'affine2', 't', 'loss'])
      expect(ids).toContain(id);
    const weights = network.weights();
    expect(Object.keys(weights).sort()).toEqual(['affine1.bias', 'affine1.weight', 'affine2.bias', 'affine2.weight']);
    expect(weights['affine1.weight']?.shape).toEqual([784, 50]);
    network.dispose();
  });

  it('gives probabilities', () => {
    const network = engine.network(spec);
    const { images } = engine.handwriting({ seed: 5, count: 3 });
    const probabilities = network.predict(
      Float32Array.from(images, (pixel) => pixel / 255),
      3,
    );
    expect(probabilities).toHaveLength(30);
    for (let row = 0; row < 3; row++) {
      const sum = probabilities.slice(row * 10, row * 10 + 10).reduce((total, p) => total + p, 0);
      expect(sum).toBeCloseTo(1, 5);
    }
    expect(refusal(() => network.predict(new Float32Array(783), 1)).code).toBe('ShapeMismatch');
    network.dispose();
  });

  it('refuses data that does not fit, before anything is trained', async () => {
    const network = engine.network(spec);
    const data = digits(20);
    const code = async (wrong: Dataset, how: TrainOptions = options) =>
      network.train(wrong, how).then(
        () => 'none',
        (error: { code: string }) => error.code,
      );
    expect(await code({ ...data, shape: [28] })).toBe('ShapeMismatch');
    expect(await code({ ...data, labels: new Uint8Array(19) })).toMatch(/ShapeMismatch|InvalidValue/);
    expect(await code({ ...data, labels: new Uint8Array(20).fill(10) })).toBe('InvalidValue');
    const { labels: _labels, ...unlabelled } = data;
    expect(await code(unlabelled)).toBe('InvalidValue');
    expect(await code({ ...data, images: new Float32Array(20 * 784).fill(Number.NaN) })).toBe('InvalidValue');
    expect(await code({ labels: data.labels } as unknown as Dataset)).toBe('InvalidValue');
    expect(await code(data, { ...options, batchSize: 0 })).toBe('OutOfRange');
    expect(await code(data, { ...options, learningRate: Number.NaN })).toBe('OutOfRange');
    expect(await code(data, { ...options, optimizer: 'magic' as 'sgd' })).toBe('InvalidAttribute');
    network.dispose();
  });
});

describe('a data set', () => {
  it('has the shape of the network, and all of its images, unless it says otherwise', async () => {
    const { images, labels } = digits(20);
    const network = engine.network({ ...spec, input: [1, 28, 28] });
    await expect(
      network.train({ images, labels }, { ...options, batchSize: 20, iterations: 1 }),
    ).resolves.toMatchObject({
      iterations: 1,
    });
    expect(network.evaluate({ images, labels })).toEqual(
      network.evaluate({ images, labels, count: 20, shape: [28, 28] }),
    );
    // Part of a sample is none.
    expect(refusal(() => network.evaluate({ images: images.subarray(0, 783), labels })).code).toBe('ShapeMismatch');
    network.dispose();
  });
});

describe('training', { timeout: 60_000 }, () => {
  const data = digits(2000);

  it('lowers the loss and reads digits it has not seen', async () => {
    const network = engine.network(spec, { seed: 1 });
    const heldOut = digits(500, 99);
    const before = network.evaluate(heldOut);
    const seen: number[] = [];
    const report = await network.train(data, { ...options, iterations: 400 }, ({ iteration }) => seen.push(iteration));
    const after = network.evaluate(heldOut);
    expect(report).toMatchObject({ iterations: 400, stopped: 'done' });
    expect(report.samplesPerSecond).toBeGreaterThan(0);
    expect(seen.at(-1)).toBe(400);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(after.loss).toBeLessThan(before.loss / 2);
    expect(after.accuracy).toBeGreaterThan(0.7);
    expect(after.confusion.flat().reduce((total, count) => total + count, 0)).toBe(500);
    network.dispose();
  });

  it('gives the same bits for the same seed, however the slices fall', async () => {
    const run = async (seed: number) => {
      const network = engine.network(spec, { seed: 2 });
      await network.train(data, { ...options, seed });
      const bytes = new Uint8Array(network.saveWeights());
      network.dispose();
      return bytes;
    };
    const first = await run(7);
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
  });

  it('shows whoever looks between two slices the weights of that moment', async () => {
    const network = engine.network(spec, { seed: 2 });
    const looks: { iteration: number; loss: number; read: number; graph: number }[] = [];
    await network.train(data, { ...options, iterations: 400 }, ({ iteration }) => {
      const weights = network.weights()['affine1.bias']?.data as Float32Array;
      const inGraph = network.graph.value('affine1.bias').data;
      looks.push({
        iteration,
        loss: network.evaluate(data).loss,
        read: weights[0] as number,
        graph: inGraph[0] as number,
      });
    });
    expect(looks.length).toBeGreaterThan(1);
    for (const { read, graph } of looks) expect(graph).toBe(read);
    expect(new Set(looks.map(({ read }) => read)).size).toBe(looks.length);
    expect(looks.at(-1)?.loss).toBeLessThan((looks[0]?.loss as number) / 1.2);
    network.dispose();
  });

  it('stops at a signal and keeps what it has', async () => {
    const network = engine.network(spec);
    const stop = new AbortController();
    const report = await network.train(data, { ...options, iterations: 1_000_000 }, () => stop.abort(), stop.signal);
    expect(report.stopped).toBe('aborted');
    expect(report.iterations).toBeLessThan(1_000_000);
    network.dispose();
  });

  it('stops when the loss is no number, and keeps finite weights', async () => {
    const network = engine.network(spec, { seed: 1 });
    const failure = await network.train(data, { ...options, learningRate: 1e9, iterations: 100 }).then(
      () => null,
      (error: { code: string; message: string }) => error,
    );
    expect(failure?.code).toBe('NotFinite');
    for (const { data: values } of Object.values(network.weights())) expect(values.every(Number.isFinite)).toBe(true);
    network.dispose();
  });

  it.each(['sgd', 'momentum', 'nesterov', 'adagrad', 'rmsprop', 'adam', 'adamw'] as const)(
    'with %s lowers the loss',
    async (optimizer) => {
      const network = engine.network(spec, { seed: 1 });
      const learningRate =
        optimizer.startsWith('adam') || optimizer === 'rmsprop' ? 0.002 : optimizer === 'sgd' ? 0.1 : 0.02;
      const before = network.evaluate(data).loss;
      await network.train(data, { ...options, optimizer, learningRate });
      expect(network.evaluate(data).loss).toBeLessThan(before / 2);
      network.dispose();
    },
  );

  it('counts epochs in iterations', async () => {
    const network = engine.network(spec);
    const { iterations: _iterations, ...rest } = options;
    expect((await network.train(data, { ...rest, epochs: 2 })).iterations).toBe(80);
    network.dispose();
  });

  it('learns a regression from targets', async () => {
    const line: NetworkSpec = { input: [1], layers: [{ type: 'affine', units: 1 }], loss: 'mean_squared_error' };
    const xs = Float32Array.from({ length: 100 }, (_, i) => i / 50 - 1);
    const targets = xs.map((x) => 3 * x + 0.5);
    const network = engine.network(line, { seed: 1 });
    await network.train(
      { images: xs, targets, count: 100, shape: [1] },
      { optimizer: 'sgd', learningRate: 0.1, batchSize: 10, iterations: 1000, seed: 1 },
    );
    const { 'affine1.weight': weight, 'affine1.bias': bias } = network.weights();
    expect(weight?.data[0]).toBeCloseTo(3, 2);
    expect(bias?.data[0]).toBeCloseTo(0.5, 2);
    network.dispose();
  });
});

describe('options of training', { timeout: 60_000 }, () => {
  const data = digits(100);
  const run = async (more: Partial<TrainOptions>) => {
    const network = engine.network(engine.networkSpec('TwoLayerNet', { hidden: [8] }), { seed: 2 });
    try {
      await network.train(data, { ...options, iterations: 6, ...more });
      return network.weights()['affine1.weight']?.data;
    } finally {
      network.dispose();
    }
  };

  it.each<[string, Partial<TrainOptions>]>([
    ['momentum', { optimizer: 'momentum', momentum: 0.5 }],
    ['decay', { optimizer: 'rmsprop', decay: 0.5 }],
    ['beta1', { optimizer: 'adam', beta1: 0.5 }],
    ['beta2', { optimizer: 'adam', beta2: 0.5 }],
    ['epsilon', { optimizer: 'adagrad', epsilon: 0.1 }],
    ['weightDecay', { weightDecay: 0.1 }],
    ['weightDecay of adamw', { optimizer: 'adamw', weightDecay: 1 }],
    ['l1', { l1: 0.1 }],
    ['clipNorm', { clipNorm: 0.01 }],
    ['clipValue', { clipValue: 0.0001 }],
    ['schedule', { schedule: 'cosine' }],
    ['step schedule', { schedule: 'step', decaySteps: 2, decayRate: 0.5 }],
    ['exponential schedule', { schedule: 'exponential' }],
    ['warmUp', { warmUp: 5 }],
  ])('%s reaches the core', async (_, more) => {
    const plain = await run(more.optimizer ? { optimizer: more.optimizer } : {});
    expect(await run(more)).not.toEqual(plain);
  });

  it.each<[string, Partial<TrainOptions>]>([
    ['OutOfRange', { momentum: 1 }],
    ['OutOfRange', { epsilon: 0 }],
    ['OutOfRange', { weightDecay: -1 }],
    ['OutOfRange', { clipNorm: Number.NaN }],
    ['OutOfRange', { warmUp: 0.5 }],
    ['OutOfRange', { decayRate: 2 }],
    ['InvalidAttribute', { schedule: 'linear' as 'step' }],
  ])('refuses with %s: %j', async (code, more) => {
    await expect(run(more)).rejects.toMatchObject({ code });
  });
});

describe('specs of networks', { timeout: 60_000 }, () => {
  it('come by the names of the book', () => {
    expect(engine.networkPresets).toEqual(['TwoLayerNet', 'MultiLayerNet', 'SimpleConvNet', 'DeepConvNet']);
    const counts = engine.networkPresets.map((name) => {
      const network = engine.network(engine.networkSpec(name));
      const { parameterCount } = network;
      network.dispose();
      return parameterCount;
    });
    expect(counts).toEqual([39_760, 784 * 100 + 100 + 5 * (100 * 100 + 100) + 100 * 10 + 10, 433_890, 123_552]);
    expect(refusal(() => engine.networkSpec('AlexNet' as 'TwoLayerNet')).code).toBe('InvalidAttribute');
    expect(refusal(() => engine.networkSpec('TwoLayerNet', { depth: 3 } as object)).code).toBe('MalformedDocument');
  });

  it('take images in any shape of as many numbers', async () => {
    const network = engine.network({
      input: [1, 28, 28],
      layers: [
        { type: 'conv2d', filters: 2, kernel: 5, stride: 2 },
        { type: 'relu' },
        { type: 'avg_pool2d', size: 2 },
        { type: 'affine', units: 10 },
      ],
      loss: 'softmax_with_loss',
    });
    for (const shape of [[784], [28, 28], [1, 28, 28]]) {
      const report = await network.train({ ...digits(20), shape }, { ...options, batchSize: 10, iterations: 2 });
      expect(report.stopped).toBe('done');
    }
    expect(Object.keys(network.weights())).toEqual(['conv1.weight', 'conv1.bias', 'affine1.weight', 'affine1.bias']);
    network.dispose();
  });

  it('that would not fit are refused with their size', async () => {
    const huge = (layers: NetworkSpec['layers'], input = [784]) =>
      refusal(() => engine.network({ input, layers, loss: 'softmax_with_loss' }));
    expect(huge([{ type: 'affine', units: 1_000_000 }])).toMatchObject({ code: 'TooLarge' });
    expect(huge([{ type: 'conv2d', filters: 1_000_000, kernel: 1 }], [1, 1000, 1000]).message).toContain('layers[0]');
    const network = engine.network({
      input: [1],
      layers: [
        { type: 'affine', units: 1_000_000 },
        { type: 'affine', units: 1 },
      ],
      loss: 'mean_squared_error',
    });
    const data: Dataset = { images: new Float32Array(1000), targets: new Float32Array(1000), count: 1000, shape: [1] };
    await expect(network.train(data, { ...options, batchSize: 1000 })).rejects.toMatchObject({
      code: 'TooLarge',
      message: expect.stringContaining('batch of 1000') as string,
    });
    network.dispose();
  });
});

describe('weights', { timeout: 60_000 }, () => {
  it('travel through a safetensors file, and bring the network along', () => {
    const network = engine.network(spec, { seed: 11 });
    const file = network.saveWeights();
    const loaded = engine.loadNetwork(file);
    expect(loaded.spec).toEqual(network.spec);
    expect(loaded.weights()).toEqual(network.weights());
    const other = engine.network(spec, { seed: 12 });
    other.loadWeights(file);
    expect(other.weights()).toEqual(network.weights());
    for (const each of [network, loaded, other]) each.dispose();
  });

  it('take half the room as 16-bit floats, and stay near', () => {
    const network = engine.network(spec, { seed: 11 });
    const half = network.saveWeights({ dtype: 'F16' });
    expect(half.byteLength).toBeLessThan(network.saveWeights().byteLength * 0.6);
    const loaded = engine.loadNetwork(half);
    const near = loaded.weights()['affine1.weight']?.data ?? [];
    const { 'affine1.weight': whole } = network.weights();
    whole?.data.forEach((weight, i) => expect(Math.abs(weight - (near[i] ?? NaN))).toBeLessThan(1e-3));
    network.dispose();
    loaded.dispose();
  });

  it('are refused when cut short or spoilt, and then nothing changes', () => {
    const network = engine.network(spec, { seed: 11 });
    const before = network.weights();
    const file = new Uint8Array(network.saveWeights());
    for (const length of [0, 4, 8, 100, file.length - 1]) {
      expect(refusal(() => network.loadWeights(file.slice(0, length).buffer)).code).toBe('MalformedFile');
      expect(refusal(() => engine.loadNetwork(file.slice(0, length).buffer)).code).toBe('MalformedFile');
    }
    const huge = file.slice();
    new DataView(huge.buffer).setBigUint64(0, 2n ** 62n, true);
    expect(refusal(() => network.loadWeights(huge.buffer)).code).toMatch(/MalformedFile|TooLarge/);
    const smaller = engine.network({ ...spec, layers: [{ type: 'affine', units: 10 }] });
    expect(refusal(() => network.loadWeights(smaller.saveWeights())).code).toMatch(/MalformedFile|ShapeMismatch/);
    expect(network.weights()).toEqual(before);
    network.dispose();
    smaller.dispose();
  });
});
