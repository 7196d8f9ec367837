import { BackpropError } from '../shared/api';

/** What frees a number in the core. */
type Close = (id: number) => unknown;

const forgotten = new FinalizationRegistry<{ readonly id: number; readonly close: Close }>(({ id, close }) =>
  close(id),
);

/**
 * An object in the core's memory. `dispose` frees it; one that was forgotten is freed some time after the garbage collector
 * found it, which may be late or never: a safety net, not a plan.
 */
export class Owned {
  readonly #kind: string;
  readonly #close: Close;
  #id: number | null;

  constructor(kind: string, id: number, close: Close) {
    this.#kind = kind;
    this.#id = id;
    this.#close = close;
    forgotten.register(this, { id, close }, this);
  }

  /** Throws `Disposed` after `dispose`. */
  get id(): number {
    if (this.#id === null) {
      throw new BackpropError({
        code: 'Disposed',
        message: `This ${this.#kind} was disposed; make a new one.`,
        nodes: [],
      });
    }
    return this.#id;
  }

  dispose(): void {
    if (this.#id === null) return;
    forgotten.unregister(this);
    const id = this.#id;
    this.#id = null;
    this.#close(id);
  }
}
