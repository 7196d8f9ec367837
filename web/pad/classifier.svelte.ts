import type { Classification, NetworkHandle } from '../shared/protocol';
import type { StrokePoints } from '../shared/api';
import type { EngineClient } from '../page/client';
import { latestWins } from './latest';

interface Request {
  readonly network: NetworkHandle;
  readonly strokes: readonly StrokePoints[];
}

/** What the network says about the drawing, kept up to date while the pen moves. */
export class LiveClassifier {
  result = $state.raw<Classification | null>(null);
  error = $state.raw<unknown>(null);
  readonly #latest;

  constructor(engine: EngineClient) {
    this.#latest = latestWins<Request, Classification>({
      run: ({ network, strokes }) => engine.call('digits.classify', network, strokes),
      done: (result) => {
        this.result = result;
        this.error = null;
      },
      failed: (error) => {
        this.error = error;
      },
    });
  }

  request(network: NetworkHandle, strokes: readonly StrokePoints[]): void {
    this.#latest.request({ network, strokes });
  }

  /** Forgets the answer, for example because its network is gone. */
  reset(): void {
    this.#latest.cancel();
    this.result = null;
    this.error = null;
  }

  /** The digit with the largest probability; null for an empty pad. */
  get topGuess(): number | null {
    const result = this.result;
    if (!result || result.raster.empty) return null;
    return largest(result.probabilities);
  }
}

/** Index of the largest element; the first of equals. */
export function largest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i += 1) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
  return best;
}
