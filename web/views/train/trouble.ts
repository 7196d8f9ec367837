/** What goes wrong without a failure: the numbers stay finite, and nothing is learned. Pure. */
import type { TrainPoint } from '../../shared/protocol';

/** Loss of a net that gives every digit one tenth. */
const GUESSING = Math.LN10;
/** A loss this many times worse than guessing does not happen on a good way. */
const WORSE = 3;
/** A net that has not left guessing after so many iterations may be stuck. */
const PATIENCE = 300;
const STILL_GUESSING = 0.15;

export type Trouble = 'diverged' | 'stuck' | null;

export function troubleOf(points: readonly TrainPoint[]): Trouble {
  const last = points.at(-1);
  if (!last) return null;
  if (last.loss > WORSE * GUESSING && last.heldOutLoss > WORSE * GUESSING) return 'diverged';
  return last.iteration >= PATIENCE && last.heldOutAccuracy < STILL_GUESSING ? 'stuck' : null;
}
