import { describe, expect, it } from 'vitest';
import type { TrainPoint } from '../../../../web/shared/protocol';
import { troubleOf } from '../../../../web/views/train/trouble';

const point = (iteration: number, loss: number, accuracy: number): TrainPoint => ({
  iteration,
  loss,
  heldOutLoss: loss,
  trainAccuracy: accuracy,
  heldOutAccuracy: accuracy,
});

describe('trouble in training', () => {
  it('is a loss far worse than guessing, as a learning rate of a million brings', () => {
    expect(troubleOf([point(50, 1.8e5, 0.1)])).toBe('diverged');
  });

  it('is a net that still guesses after hundreds of iterations', () => {
    expect(troubleOf([point(400, 2.3, 0.1)])).toBe('stuck');
    expect(troubleOf([point(100, 2.3, 0.1)])).toBeNull();
  });

  it('is not an ordinary run, nor one that only began', () => {
    expect(troubleOf([])).toBeNull();
    expect(troubleOf([point(50, 2.4, 0.12)])).toBeNull();
    expect(troubleOf([point(900, 0.2, 0.95)])).toBeNull();
  });

  it('passes when the run recovers', () => {
    expect(troubleOf([point(50, 400, 0.1), point(100, 1.2, 0.6)])).toBeNull();
  });
});
