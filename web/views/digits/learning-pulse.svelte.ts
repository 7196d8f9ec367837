import type { EngineClient } from '../../page/client';

/** Milliseconds between two beats: the bars of a net in training move, and the worker keeps its time for training. */
const EVERY = 200;

/** Beats while a run is training, so that what depends on its weights is asked for anew. */
export class LearningPulse {
  beat = $state(0);
  iteration = $state<number | null>(null);
  readonly #leave: () => void;
  #last = -Infinity;

  constructor(engine: EngineClient) {
    this.#leave = engine.on('train', (status) => {
      const now = performance.now();
      if (status.running && now - this.#last < EVERY) return;
      this.#last = now;
      this.iteration = status.iteration;
      this.beat += 1;
    });
  }

  dispose(): void {
    this.#leave();
  }
}
