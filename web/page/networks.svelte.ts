/**
 * The networks that the pad can use: the shipped one, files that the reader opened, and nets from the Train view. Each
 * keeps its bytes where it has them, so that it comes back when the worker had to be started again.
 */
import type { NetworkSpec } from '../shared/api';
import type { NetworkInfo } from '../shared/protocol';
import { engine } from './client';
import type { EngineClient } from './client';
import { shippedWeights } from './models';

/** Pixels in, classes out: what the pad can work with. */
export const PAD_INPUT = 784;
export const PAD_CLASSES = 10;

export type NetworkSource = 'shipped' | 'training' | 'run' | 'file';

export interface KnownNetwork {
  readonly key: string;
  readonly source: NetworkSource;
  /** File name, or number of the run. */
  readonly name: string;
  readonly info: NetworkInfo;
  /** The weights as a file; null for a net that is still in training. */
  readonly bytes: ArrayBuffer | null;
}

/** A weights file that is fine in itself but not for the pad. */
export class WrongNetworkError extends Error {
  readonly got: number;
  constructor(got: number) {
    super(`the pad needs ${PAD_INPUT} values in and ${PAD_CLASSES} out; this network takes ${got}`);
    this.name = 'WrongNetworkError';
    this.got = got;
  }
}

/** `784–50–10`: sizes of the input and of the affine layers. */
export function networkShape(spec: NetworkSpec): string {
  return layerSizes(spec).join('–');
}

function layerSizes(spec: NetworkSpec): number[] {
  const input = spec.input.reduce((product, size) => product * size, 1);
  return [input, ...spec.layers.flatMap((layer) => (layer.type === 'affine' ? [layer.units] : []))];
}

export class Networks {
  list = $state.raw<readonly KnownNetwork[]>([]);
  chosenKey = $state('shipped');
  loading = $state(false);
  /** Why the shipped weights are missing; `loadShipped` tries again. */
  error = $state.raw<unknown>(null);

  readonly #engine: EngineClient;
  readonly #fetchShipped: () => Promise<ArrayBuffer>;

  constructor(engine: EngineClient, fetchShipped: () => Promise<ArrayBuffer>) {
    this.#engine = engine;
    this.#fetchShipped = fetchShipped;
    engine.onRestart(() => void this.#reopen());
  }

  get chosen(): KnownNetwork | null {
    return this.list.find((known) => known.key === this.chosenKey) ?? this.list[0] ?? null;
  }

  choose(key: string): void {
    this.chosenKey = key;
  }

  /** Fetches and opens the shipped network unless it is there. Never rejects: see `error`. */
  async loadShipped(): Promise<void> {
    if (this.loading || this.list.some((known) => known.source === 'shipped')) return;
    this.loading = true;
    this.error = null;
    try {
      const bytes = await this.#fetchShipped();
      const info = await this.#engine.call('network.load', bytes);
      this.put({ key: 'shipped', source: 'shipped', name: '', info, bytes });
    } catch (error) {
      this.error = error;
    } finally {
      this.loading = false;
    }
  }

  /**
   * Opens weights, puts them on the list and chooses them. Rejects with the core's error for a file that is no weights
   * file, with `WrongNetworkError` for one that does not read digits; the list is then as before.
   */
  async open(params: { key: string; source: NetworkSource; name: string; bytes: ArrayBuffer }): Promise<void> {
    const info = await this.#engine.call('network.load', params.bytes);
    const sizes = layerSizes(info.spec);
    if (sizes[0] !== PAD_INPUT || sizes.at(-1) !== PAD_CLASSES) {
      await this.#engine.call('network.close', info.network);
      throw new WrongNetworkError(sizes[0] ?? 0);
    }
    const before = this.list.find((known) => known.key === params.key);
    this.put({ ...params, info });
    this.choose(params.key);
    if (before?.bytes) await this.#engine.call('network.close', before.info.network);
  }

  /** Adds a network, or takes the place of the one with the same key. */
  put(network: KnownNetwork): void {
    const others = this.list.filter((known) => known.key !== network.key);
    this.list = network.source === 'shipped' ? [network, ...others] : [...others, network];
  }

  /** Takes a network off the list. What it used in the worker is closed by whoever opened it there. */
  drop(key: string): void {
    this.list = this.list.filter((known) => known.key !== key);
  }

  async #reopen(): Promise<void> {
    const before = this.list;
    this.list = [];
    const reopened: KnownNetwork[] = [];
    for (const known of before) {
      if (!known.bytes) continue;
      try {
        reopened.push({ ...known, info: await this.#engine.call('network.load', known.bytes) });
      } catch (error) {
        this.error = error;
      }
    }
    const added = this.list.filter((known) => !reopened.some((other) => other.key === known.key));
    this.list = [...reopened, ...added];
  }
}

export const networks = new Networks(engine, shippedWeights);
