import { describe, expect, it } from 'vitest';
import { Networks } from '../../../../web/page/networks.svelte';
import { BackpropError } from '../../../../web/shared/api';
import type { NetworkHandle, TrainConfig, TrainHandle, TrainPoint, TrainStatus } from '../../../../web/shared/protocol';
import { RunList } from '../../../../web/views/train/run-list.svelte';
import { TRAINING, TrainSession } from '../../../../web/views/train/session.svelte';
import { fakeEngine } from '../../support/fake-engine';

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
const network = {
  network: 7 as NetworkHandle,
  spec: { input: [784], layers: [{ type: 'affine', units: 10 }], loss: 'softmax_with_loss' },
  parameterCount: 1,
} as const;
const point = (iteration: number): TrainPoint => ({
  iteration,
  loss: 1,
  heldOutLoss: 1,
  trainAccuracy: 0.5,
  heldOutAccuracy: 0.5,
});

/** A worker that counts iterations; a learning rate above 1000 blows up. */
function setUp() {
  let iteration = 0;
  let handle = 0;
  let rate = 0;
  const status = (change: Partial<TrainStatus> = {}): TrainStatus => ({
    train: handle as TrainHandle,
    running: false,
    iteration,
    epoch: iteration / 100,
    batchLoss: 1,
    samplesPerSecond: 1000,
    points: [],
    failure: null,
    ...change,
  });
  const engine = fakeEngine({
    'train.create': (config: TrainConfig) => {
      handle += 1;
      iteration = 0;
      rate = config.learningRate;
      return { train: handle as TrainHandle, network, config };
    },
    'train.start': () => status({ running: true }),
    'train.pause': () => status(),
    'train.step': (_, count) => {
      if (rate > 1000) return status({ failure: { code: 'NotFinite', message: 'the loss is nan', nodes: [] } });
      iteration += count;
      return status({ points: [point(iteration)] });
    },
    'train.adjust': (_, change) => {
      if (change.batchSize === 13) throw new BackpropError({ code: 'OutOfRange', message: 'not 13', nodes: [] });
      rate = change.learningRate ?? rate;
      return status();
    },
    'train.close': () => null,
    'network.save': () => new ArrayBuffer(8),
    'network.load': () => ({ ...network, network: 99 as NetworkHandle }),
    'network.close': () => null,
  });
  const networks = new Networks(engine, () => Promise.resolve(new ArrayBuffer(8)));
  const runs = new RunList(networks);
  const clock = { time: 0 };
  const session = new TrainSession({ engine, networks, runs, now: () => clock.time });
  return { engine, networks, runs, session, status, clock };
}

describe('a training session', () => {
  it('asks the worker for nothing before the reader does', () => {
    const { engine, session } = setUp();
    expect(engine.calls).toEqual([]);
    expect(session.phase).toBe('new');
  });

  it('runs exactly the steps that were asked for, then an epoch', async () => {
    const { engine, session } = setUp();
    await session.run(1);
    expect(session.iteration).toBe(1);
    expect(session.phase).toBe('paused');
    await session.epoch();
    expect(engine.argumentsOf('train.step').map(([, count]) => count)).toEqual([1, 100]);
    expect(session.points.map((p) => p.iteration)).toEqual([1, 101]);
  });

  it('offers its net to the pad as soon as there is one', async () => {
    const { networks, session } = setUp();
    await session.start();
    expect(session.phase).toBe('running');
    expect(networks.list.map((known) => known.key)).toEqual([TRAINING]);
  });

  it('follows the statuses of its own run only', async () => {
    const { clock, engine, session, status } = setUp();
    await session.start();
    clock.time = 200;
    engine.emit('train', status({ running: true, iteration: 50, points: [point(50)] }));
    engine.emit('train', status({ train: 77 as TrainHandle, iteration: 999 }));
    expect(session.iteration).toBe(50);
    expect(session.points).toHaveLength(1);
  });

  it('shows ten statuses a second and loses no point of the others', async () => {
    const { clock, engine, session, status } = setUp();
    await session.start();
    const shown: number[] = [];
    for (let i = 1; i <= 60; i += 1) {
      clock.time = i * 16;
      engine.emit('train', status({ running: true, iteration: i, points: [point(i)] }));
      if (shown.at(-1) !== session.iteration) shown.push(session.iteration);
    }
    expect(shown.length).toBeLessThanOrEqual(11);
    // What stops is shown at once.
    engine.emit('train', status({ iteration: 61, points: [point(61)] }));
    expect(session.iteration).toBe(61);
    expect(session.points).toHaveLength(61);
  });

  it('changes learning rate and batch size while it runs, and keeps the old value when the engine refuses', async () => {
    const { engine, session } = setUp();
    await session.start();
    await session.change({ learningRate: 0.01 });
    await session.change({ batchSize: 13 });
    expect(engine.argumentsOf('train.adjust').map(([, change]) => change)).toEqual([
      { learningRate: 0.01, batchSize: undefined },
      { learningRate: undefined, batchSize: 13 },
    ]);
    expect(session.settings).toMatchObject({ learningRate: 0.01, batchSize: 100 });
    expect(session.error).toBeInstanceOf(BackpropError);
  });

  it('begins a new run for any other setting, and keeps the old one on the list', async () => {
    const { engine, runs, session } = setUp();
    await session.run(3);
    await session.change({ hidden: 20 });
    expect(session.info).toBeNull();
    expect(runs.runs.map((run) => [run.number, run.iteration, run.settings.hidden])).toEqual([[1, 3, 50]]);
    await session.run(1);
    expect(engine.argumentsOf('train.create').at(-1)?.[0].hidden).toEqual([20]);
    expect(session.number).toBe(2);
  });

  it('lets a pad that used its net go on with the saved weights after a reset', async () => {
    const { networks, session } = setUp();
    await session.run(3);
    networks.choose(TRAINING);
    await session.reset();
    expect(networks.chosen?.key).toBe('run-1');
    expect(networks.chosen?.info.network).toBe(99);
  });

  it('forgets a run that never took a step', async () => {
    const { runs, session } = setUp();
    await session.start();
    await session.reset();
    expect(runs.runs).toEqual([]);
    expect(session.number).toBe(1);
  });

  it('passes on why training stopped by itself', async () => {
    const { session } = setUp();
    await session.change({ learningRate: 1e6 });
    await session.run(1);
    expect(session.status?.failure?.code).toBe('NotFinite');
    expect(session.phase).toBe('paused');
  });

  it('saves the run when the worker dies', async () => {
    const { engine, networks, runs, session } = setUp();
    await session.run(3);
    await session.pause();
    networks.choose(TRAINING);
    engine.restart();
    await settle();
    expect(session.phase).toBe('new');
    expect(session.lostAt).toBe(3);
    expect(runs.runs[0]?.weights).not.toBeNull();
    expect(networks.chosen?.key).toBe('run-1');
  });
});
