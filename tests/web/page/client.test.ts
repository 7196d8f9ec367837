import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromWorker, ToWorker, TrainStatus } from '../../../web/shared/protocol';
import { createEngineClient, type EngineClient, type WorkerLike } from '../../../web/page/client';

class FakeWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  onmessageerror: WorkerLike['onmessageerror'] = null;
  readonly sent: ToWorker[] = [];
  terminated = false;
  postMessage(message: ToWorker): void {
    this.sent.push(message);
  }
  terminate(): void {
    this.terminated = true;
  }
  say(message: FromWorker): void {
    this.onmessage?.({ data: message } as MessageEvent<FromWorker>);
  }
  die(message = 'memory access out of bounds'): void {
    this.onerror?.({ message, preventDefault: () => undefined } as ErrorEvent);
  }
}

let workers: FakeWorker[];
let painted: (() => void)[];
let clock: number;
let client: EngineClient;
const worker = (index = workers.length - 1): FakeWorker => {
  const found = workers[index];
  if (!found) throw new Error(`worker ${index} was not started`);
  return found;
};

beforeEach(() => {
  workers = [];
  painted = [];
  clock = 0;
  client = createEngineClient(
    () => {
      const fresh = new FakeWorker();
      workers.push(fresh);
      return fresh;
    },
    (then) => painted.push(then),
    () => clock,
  );
});

describe('calls', () => {
  it('start the worker once and wait until it is ready', async () => {
    const info = client.call('engine.info');
    const sample = client.call('digits.sample', 7, 1);
    expect(workers).toHaveLength(1);
    expect(worker().sent).toEqual([]);
    expect(client.state).toBe('starting');
    worker().say({ kind: 'ready' });
    expect(client.state).toBe('ready');
    expect(worker().sent.map((call) => call.kind === 'call' && call.method)).toEqual(['engine.info', 'digits.sample']);
    worker().say({ kind: 'result', id: 2, result: [] });
    worker().say({ kind: 'result', id: 1, result: { ops: [] } });
    await expect(info).resolves.toEqual({ ops: [] });
    await expect(sample).resolves.toEqual([]);
  });

  it('reject with the typed error of the engine', async () => {
    const call = client.call('engine.info');
    worker().say({ kind: 'ready' });
    worker().say({ kind: 'error', id: 1, error: { code: 'Cycle', message: 'a → b → a', nodes: ['a', 'b'] } });
    await expect(call).rejects.toMatchObject({ name: 'BackpropError', code: 'Cycle', nodes: ['a', 'b'] });
  });

  it('that cannot be sent are told to the caller', async () => {
    client.call('engine.info').catch(() => undefined);
    worker().say({ kind: 'ready' });
    worker().postMessage = () => {
      throw new Error('could not be cloned');
    };
    await expect(client.call('digits.sample', 7, 1)).rejects.toThrow('could not be cloned');
  });
});

describe('a worker that dies', () => {
  it('is replaced; what was asked is refused, graphs are opened again before waiting calls go out', async () => {
    const lost = client.call('engine.info');
    worker().say({ kind: 'ready' });
    const reopened = vi.fn(() => void client.call('digits.sample', 1, 1));
    client.onRestart(reopened);
    worker().die();
    await expect(lost).rejects.toMatchObject({ code: 'EngineDied' });
    expect(worker(0).terminated).toBe(true);
    expect(client.state).toBe('starting');
    void client.call('digits.sample', 2, 2);
    expect(reopened).not.toHaveBeenCalled();
    worker(1).say({ kind: 'ready' });
    expect(reopened).toHaveBeenCalledOnce();
    expect(client.state).toBe('ready');
    expect(worker(1).sent.map((call) => call.kind === 'call' && call.args)).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it('again and again stays off until it is asked back', async () => {
    client.call('engine.info').catch(() => undefined);
    for (let i = 0; i < 3; i += 1) {
      worker().say({ kind: 'ready' });
      worker().die();
    }
    expect(workers).toHaveLength(3);
    expect(client.state).toBe('dead');
    expect(client.fault?.code).toBe('EngineDied');
    await expect(client.call('engine.info')).rejects.toMatchObject({ code: 'EngineDied' });
    client.revive();
    expect(workers).toHaveLength(4);
    worker().say({ kind: 'ready' });
    expect(client.state).toBe('ready');
    expect(client.fault).toBeNull();
  });

  it('is replaced too when the engine in it trapped: its state is not known any more', async () => {
    const trapped = client.call('engine.info');
    const other = client.call('digits.sample', 1, 1);
    worker().say({ kind: 'ready' });
    worker().say({ kind: 'error', id: 1, error: { code: 'Internal', message: 'unreachable.', nodes: [] } });
    await expect(trapped).rejects.toMatchObject({ code: 'Internal' });
    await expect(other).rejects.toMatchObject({ code: 'EngineDied' });
    expect(worker(0).terminated).toBe(true);
    expect(workers).toHaveLength(2);
  });

  it('now and then is not given up', () => {
    client.call('engine.info').catch(() => undefined);
    for (let i = 0; i < 10; i += 1) {
      worker().say({ kind: 'ready' });
      worker().die();
      clock += 60_000;
    }
    expect(client.state).toBe('starting');
  });

  it('before it was ready could not be loaded', async () => {
    const call = client.call('engine.info');
    worker().die('');
    await expect(call).rejects.toMatchObject({ code: 'EngineNotLoaded' });
  });

  it('late, after it was replaced, changes nothing', () => {
    client.call('engine.info').catch(() => undefined);
    worker().say({ kind: 'ready' });
    worker().die();
    worker(1).say({ kind: 'ready' });
    worker(0).die();
    expect(workers).toHaveLength(2);
    expect(client.state).toBe('ready');
  });
});

it('without SIMD nothing is asked and the reason is kept', async () => {
  const call = client.call('engine.info');
  worker().say({ kind: 'unsupported', error: { code: 'Unsupported', message: 'no SIMD', nodes: [] } });
  await expect(call).rejects.toMatchObject({ code: 'Unsupported' });
  expect(client.state).toBe('unsupported');
  await expect(client.call('engine.info')).rejects.toMatchObject({ code: 'Unsupported' });
});

it('the next event is asked for only after a frame was painted', () => {
  const seen: TrainStatus[] = [];
  const off = client.on('train', (status) => seen.push(status));
  client.call('engine.info').catch(() => undefined);
  worker().say({ kind: 'ready' });
  const acks = (): number => worker().sent.filter((message) => message.kind === 'ack').length;
  worker().say({ kind: 'event', event: 'train', data: { iteration: 1 } });
  expect(seen).toEqual([{ iteration: 1 }]);
  expect(acks()).toBe(0);
  painted.splice(0).forEach((then) => then());
  expect(acks()).toBe(1);
  off();
  worker().say({ kind: 'event', event: 'train', data: { iteration: 2 } });
  expect(seen).toHaveLength(1);
});
