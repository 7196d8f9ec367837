import { describe, expect, it } from 'vitest';
import { latestWins } from '../../../web/pad/latest';

/** A call that is answered by hand. */
function manual() {
  const started: { argument: number; answer: (r: number) => void; fail: (e: unknown) => void }[] = [];
  const run = (argument: number) =>
    new Promise<number>((answer, fail) => {
      started.push({ argument, answer, fail });
    });
  return { started, run };
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('one call in flight, the latest wins', () => {
  it('skips what was overtaken', async () => {
    const { started, run } = manual();
    const results: number[] = [];
    const latest = latestWins({ run, done: (r) => results.push(r), failed: () => expect.unreachable() });
    [1, 2, 3].forEach((n) => latest.request(n));
    expect(started.map((s) => s.argument)).toEqual([1]);
    started[0]?.answer(10);
    await settle();
    expect(started.map((s) => s.argument)).toEqual([1, 3]);
    started[1]?.answer(30);
    await settle();
    expect(results).toEqual([10, 30]);
  });

  it('goes on after a failure', async () => {
    const { started, run } = manual();
    const seen: unknown[] = [];
    const latest = latestWins({ run, done: (r) => seen.push(r), failed: (e) => seen.push(e) });
    latest.request(1);
    latest.request(2);
    started[0]?.fail('broken');
    await settle();
    started[1]?.answer(20);
    await settle();
    expect(seen).toEqual(['broken', 20]);
  });

  it('ignores answers to what was cancelled', async () => {
    const { started, run } = manual();
    const seen: unknown[] = [];
    const latest = latestWins({ run, done: (r) => seen.push(r), failed: (e) => seen.push(e) });
    latest.request(1);
    latest.request(2);
    latest.cancel();
    started[0]?.answer(10);
    await settle();
    expect(started).toHaveLength(1);
    expect(seen).toEqual([]);
    latest.request(3);
    started[1]?.answer(30);
    await settle();
    expect(seen).toEqual([30]);
  });
});
