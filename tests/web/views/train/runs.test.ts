import { describe, expect, it } from 'vitest';
import { MAX_RUNS, addRun, parseRuns, serializeRuns } from '../../../../web/views/train/runs';
import type { Run } from '../../../../web/views/train/runs';
import { DEFAULTS } from '../../../../web/views/train/settings';

const run = (number: number): Run => ({
  number,
  settings: DEFAULTS,
  iteration: 200,
  epoch: 2,
  points: [{ iteration: 100, loss: 0.5, heldOutLoss: 0.6, trainAccuracy: 0.9, heldOutAccuracy: 0.8 }],
  weights: new ArrayBuffer(8),
});

describe('the list of runs', () => {
  it('is newest first and does not grow for ever', () => {
    let runs: readonly Run[] = [];
    for (let i = 1; i <= MAX_RUNS + 3; i += 1) runs = addRun(runs, run(i));
    expect(runs).toHaveLength(MAX_RUNS);
    expect(runs[0]?.number).toBe(MAX_RUNS + 3);
  });

  it('comes back from the browser without its weights', () => {
    const [back] = parseRuns(serializeRuns([run(4)]));
    expect(back).toEqual({ ...run(4), weights: null });
  });

  it('keeps gaps as gaps', () => {
    const broken = { ...run(1), points: [{ ...run(1).points[0]!, loss: Number.NaN }] };
    expect(parseRuns(serializeRuns([broken]))[0]?.points[0]?.loss).toBeNaN();
  });

  it('reads damaged storage as fewer runs', () => {
    for (const bad of [null, '', '{', '3', '[1]', '[{"number":1}]', '[null]']) expect(parseRuns(bad)).toEqual([]);
    const half = `[{"number":"x"},${serializeRuns([run(2)]).slice(1)}`;
    expect(parseRuns(half).map((r) => r.number)).toEqual([2]);
  });
});
