/**
 * One call in flight, the latest wins. While a call runs, newer arguments replace those that wait, so a slow answer
 * costs calls and never order.
 */
export interface Latest<A> {
  request(argument: A): void;
  /** Drops what waits and ignores the answer that is on its way. */
  cancel(): void;
}

export function latestWins<A, R>(params: {
  readonly run: (argument: A) => Promise<R>;
  readonly done: (result: R, argument: A) => void;
  readonly failed: (error: unknown, argument: A) => void;
}): Latest<A> {
  let waiting: { readonly argument: A } | null = null;
  let busy = false;
  let era = 0;

  async function drain(): Promise<void> {
    busy = true;
    while (waiting) {
      const { argument } = waiting;
      const mine = era;
      waiting = null;
      try {
        const result = await params.run(argument);
        if (mine === era) params.done(result, argument);
      } catch (error) {
        if (mine === era) params.failed(error, argument);
      }
    }
    busy = false;
  }

  return {
    request(argument) {
      waiting = { argument };
      if (!busy) void drain();
    },
    cancel() {
      waiting = null;
      era += 1;
    },
  };
}
