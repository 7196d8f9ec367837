/** The weights of the first layer, read from the net in training now and then. */
import type { Tensor } from '../../shared/api';
import type { NetworkHandle } from '../../shared/protocol';
import type { EngineClient } from '../../page/client';
import { PAD_INPUT } from '../../page/networks.svelte';
import { latestWins } from '../../pad/latest';

/** Milliseconds between two readings: often enough to see weights form, rare enough to cost nothing. */
const EVERY = 700;
const FIRST_WEIGHT = 'affine1.weight';

export class UnitWeights {
  /** [784, units], column u the picture of unit u; null before the first reading. */
  weights = $state.raw<Tensor | null>(null);

  readonly #latest;
  #readAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(engine: EngineClient) {
    this.#latest = latestWins<NetworkHandle, Tensor>({
      run: async (network) => {
        // The input does not matter: only a weight is read.
        const info = await engine.call('network.walk', network, new Float32Array(PAD_INPUT), 0);
        try {
          return await engine.call('graph.read', info.graph, FIRST_WEIGHT, 'value');
        } finally {
          await engine.call('graph.close', info.graph);
        }
      },
      done: (weights) => {
        this.weights = weights;
      },
      // The run may have ended meanwhile: the pictures then stay as they were.
      failed: () => undefined,
    });
  }

  /** Reads the weights, at most every `EVERY` milliseconds; the last wish is always served. */
  request(network: NetworkHandle): void {
    clearTimeout(this.#timer);
    const wait = this.#readAt + EVERY - performance.now();
    if (wait > 0) {
      this.#timer = setTimeout(() => this.request(network), wait);
      return;
    }
    this.#readAt = performance.now();
    this.#latest.request(network);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#latest.cancel();
    this.weights = null;
  }
}
