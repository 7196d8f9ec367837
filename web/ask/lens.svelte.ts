import type { EngineClient } from '../page/client.ts';
import { BackpropError, type BackpropErrorData } from '../shared/api.ts';
import type { GraphHandle } from '../shared/protocol.ts';
import { Stepper } from '../steps/stepper.svelte.ts';
import type { Element } from './lens-path.ts';

/** The scalar graph behind one number, being stepped. The graph that is looked into stays as it is. */
export class Lens {
  readonly stepper: Stepper;
  #engine: EngineClient;
  #element = $state.raw<Element | null>(null);
  #error = $state.raw<BackpropErrorData | null>(null);
  #opened = 0;

  constructor(engine: EngineClient) {
    this.#engine = engine;
    this.stepper = new Stepper(engine);
  }

  /** What is on show; the stepper's graph belongs to it. */
  get element(): Element | null {
    return this.#element;
  }
  get error(): BackpropErrorData | null {
    return this.#error;
  }

  /** Looks into an element of an open graph as it is after its step `at`. The lens opens at `step`; without it, with all its values there. */
  async open(graph: GraphHandle, at: number, element: Element, step: number | null): Promise<void> {
    const ticket = ++this.#opened;
    this.#error = null;
    try {
      // Other questions may have moved the graph on. The two calls reach the engine one right after the other.
      const seek = this.#engine.call('graph.seek', graph, at);
      const lens = this.#engine.call('graph.lens', graph, element.id, element.index, element.of);
      const [, info] = await Promise.all([seek, lens]);
      if (ticket !== this.#opened) {
        void this.#engine.call('graph.close', info.graph).catch(() => undefined);
        return;
      }
      this.#element = element;
      await this.stepper.adopt(info, step ?? (info.steps - 1) / 2);
    } catch (error) {
      if (ticket !== this.#opened) return;
      this.#error = error instanceof BackpropError ? error : { code: 'Unsupported', message: String(error), nodes: [] };
    }
  }

  close(): void {
    this.#opened += 1;
    this.stepper.close();
  }
}
