/** Samples per second over the last half second or so, pauses for other work included: what the learner gets. */
export class Throughput {
  readonly #window = 500;
  #start = performance.now();
  #count = 0;
  #perSecond = 0;

  get perSecond(): number {
    return this.#perSecond;
  }

  reset(): void {
    this.#start = performance.now();
    this.#count = 0;
  }

  add(samples: number): void {
    this.#count += samples;
    const elapsed = performance.now() - this.#start;
    if (elapsed < this.#window && (this.#perSecond > 0 || elapsed < 50)) return;
    this.#perSecond = (1000 * this.#count) / elapsed;
    if (elapsed >= this.#window) this.reset();
  }
}
