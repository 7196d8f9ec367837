/**
 * Long work in a thread that must stay responsive: run for about `budget` milliseconds, let waiting messages in, go on.
 * A MessageChannel wakes at once where nested timers are held back to 4 ms.
 */
export class Yielder {
  readonly #channel = new MessageChannel();
  readonly #waiting: (() => void)[] = [];

  constructor() {
    this.#channel.port1.onmessage = () => {
      this.#waiting.shift()?.();
    };
  }

  /** Resolves after the messages that are waiting now have been handled. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#channel.port2.postMessage(null);
    });
  }

  /** Lets whoever waits go on. An open port would keep Node alive. */
  close(): void {
    this.#channel.port1.close();
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

/**
 * How many iterations fit the next call. Calls stay short on purpose: besides responsiveness, a wasm loop that is entered
 * before the engine's optimising compiler is done stays slow until it is left.
 */
export class Pacer {
  readonly #budget: number;
  #count = 1;

  constructor(budgetMilliseconds = 8) {
    this.#budget = budgetMilliseconds;
  }

  get count(): number {
    return this.#count;
  }

  /** Reports that a call of `iterations` took `milliseconds`. */
  took(iterations: number, milliseconds: number): void {
    // Clocks in browsers are coarse (up to 1 ms): an unmeasurably short call only doubles the count.
    const fits = milliseconds > 0.5 ? (iterations * this.#budget) / milliseconds : this.#count * 2;
    this.#count = Math.max(1, Math.min(Math.floor(fits), this.#count * 2, 1 << 16));
  }
}
