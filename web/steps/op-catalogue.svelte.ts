import type { EngineClient } from '../page/client.ts';
import type { OpInfo } from '../shared/api.ts';

/** The op catalogue of the engine, asked for once; empty until it is there. */
class OpCatalogue {
  #ops = $state.raw<readonly OpInfo[]>([]);
  #asked: Promise<void> | null = null;

  get ops(): readonly OpInfo[] {
    return this.#ops;
  }

  /** Resolves in any case; after a failure the next call asks again. What the failure was, the shell says. */
  load(engine: EngineClient): Promise<void> {
    this.#asked ??= engine.call('engine.info').then(
      ({ ops }) => {
        this.#ops = ops;
      },
      () => {
        this.#asked = null;
      },
    );
    return this.#asked;
  }
}

export const opCatalogue = new OpCatalogue();
