import { describe, expect, it } from 'vitest';
import { Networks, WrongNetworkError, networkShape } from '../../../web/page/networks.svelte';
import { BackpropError, type NetworkSpec } from '../../../web/shared/api';
import type { NetworkHandle, NetworkInfo } from '../../../web/shared/protocol';
import { fakeEngine } from '../support/fake-engine';

const spec = (input: number, ...units: number[]): NetworkSpec => ({
  input: [input],
  layers: units.map((count) => ({ type: 'affine', units: count })),
  loss: 'softmax_with_loss',
});
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Loads a file whose first byte says which network it holds; handles count up. */
function setUp(specs: readonly NetworkSpec[], fetchShipped = async () => new Uint8Array([0]).buffer) {
  let handle = 0;
  const engine = fakeEngine({
    'network.load': (bytes): NetworkInfo => {
      const found = specs[new Uint8Array(bytes)[0] ?? 255];
      if (!found) throw new BackpropError({ code: 'MalformedFile', message: 'not a safetensors file', nodes: [] });
      handle += 1;
      return { network: handle as NetworkHandle, spec: found, parameterCount: 1 };
    },
    'network.close': () => null,
  });
  return { engine, networks: new Networks(engine, fetchShipped) };
}
const file = (which: number) => ({
  key: `file-${which}`,
  source: 'file' as const,
  name: `${which}`,
  bytes: new Uint8Array([which]).buffer,
});

describe('networks for the pad', () => {
  it('are named by their layers', () => {
    expect(networkShape(spec(784, 128, 64, 10))).toBe('784–128–64–10');
    expect(
      networkShape({ input: [1, 28, 28], layers: [{ type: 'affine', units: 10 }], loss: 'softmax_with_loss' }),
    ).toBe('784–10');
  });

  it('begin with the shipped one, fetched once', async () => {
    let fetched = 0;
    const { networks } = setUp([spec(784, 50, 10)], async () => {
      fetched += 1;
      return new Uint8Array([0]).buffer;
    });
    await Promise.all([networks.loadShipped(), networks.loadShipped()]);
    await networks.loadShipped();
    expect(fetched).toBe(1);
    expect(networks.chosen?.source).toBe('shipped');
  });

  it('say why the shipped one is missing, and try again', async () => {
    let broken = true;
    const { networks } = setUp([spec(784, 50, 10)], async () => {
      if (broken) throw new Error('HTTP 404');
      return new Uint8Array([0]).buffer;
    });
    await networks.loadShipped();
    expect(networks.chosen).toBeNull();
    expect(networks.error).toEqual(new Error('HTTP 404'));
    broken = false;
    await networks.loadShipped();
    expect(networks.error).toBeNull();
    expect(networks.chosen?.source).toBe('shipped');
  });

  it('take a file and choose it', async () => {
    const { networks } = setUp([spec(784, 50, 10), spec(784, 30, 10)]);
    await networks.loadShipped();
    await networks.open(file(1));
    expect(networks.list.map((known) => known.key)).toEqual(['shipped', 'file-1']);
    expect(networks.chosen?.key).toBe('file-1');
  });

  it('refuse a file that is no weights file, and one that does not read digits, and stay as they were', async () => {
    const { networks, engine } = setUp([spec(784, 50, 10), spec(2, 6, 2)]);
    await networks.loadShipped();
    await expect(networks.open(file(9))).rejects.toThrow('not a safetensors file');
    await expect(networks.open(file(1))).rejects.toThrow(WrongNetworkError);
    expect(networks.chosen?.key).toBe('shipped');
    expect(engine.argumentsOf('network.close')).toEqual([[2]]);
  });

  it('close the network that a file with the same name takes the place of', async () => {
    const { networks, engine } = setUp([spec(784, 50, 10), spec(784, 30, 10)]);
    await networks.open(file(1));
    await networks.open(file(1));
    expect(networks.list).toHaveLength(1);
    expect(engine.argumentsOf('network.close')).toEqual([[1]]);
  });

  it('come back after the worker died, but for those whose weights only it had', async () => {
    const { networks, engine } = setUp([spec(784, 50, 10), spec(784, 30, 10)]);
    await networks.loadShipped();
    await networks.open(file(1));
    networks.put({ ...networks.list[0]!, key: 'training', source: 'training', bytes: null });
    engine.restart();
    await settle();
    expect(networks.list.map((known) => [known.key, known.info.network])).toEqual([
      ['shipped', 3],
      ['file-1', 4],
    ]);
  });
});
