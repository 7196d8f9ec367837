import { onDestroy } from 'svelte';
import { BackpropError, type BackpropErrorData } from '../shared/api.ts';

/**
 * The engine's answer to a question that is asked again whenever what it reads changes. The earlier answer stays on show until the
 * next one is there; answers to earlier questions are dropped.
 */
export class Answer<T> {
  #value = $state.raw<T | null>(null);
  #error = $state.raw<BackpropErrorData | null>(null);
  #busy = $state(false);
  #asked = 0;

  /** `question` reads state and asks; null where there is nothing to ask. Call it while a component is set up. */
  constructor(question: () => Promise<T> | null) {
    $effect(() => {
      const ticket = ++this.#asked;
      const asked = question();
      if (asked === null) {
        this.#value = null;
        this.#busy = false;
        return;
      }
      this.#busy = true;
      asked.then(
        (value) => {
          if (ticket !== this.#asked) return;
          this.#value = value;
          this.#error = null;
          this.#busy = false;
        },
        (error: unknown) => {
          if (ticket !== this.#asked) return;
          this.#error =
            error instanceof BackpropError ? error : { code: 'Unsupported', message: String(error), nodes: [] };
          this.#value = null;
          this.#busy = false;
        },
      );
    });
    onDestroy(() => {
      this.#asked += 1;
    });
  }

  get value(): T | null {
    return this.#value;
  }
  get error(): BackpropErrorData | null {
    return this.#error;
  }
  get busy(): boolean {
    return this.#busy;
  }
}
