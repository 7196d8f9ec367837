import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BackpropError, type GraphDocument } from '../../../web/shared/api';
import { Stepper } from '../../../web/steps/stepper.svelte';
import { realEngine, type RealEngine } from '../support/real-engine';

const apple: GraphDocument = {
  format: 'backprop-graph',
  version: 1,
  nodes: [
    { id: 'apple', op: 'input', value: 100 },
    { id: 'count', op: 'input', value: 2 },
    { id: 'price', op: 'mul', inputs: ['apple', 'count'] },
    { id: 'tax', op: 'input', value: 1.1 },
    { id: 'total', op: 'mul', inputs: ['price', 'tax'] },
  ],
};

const valueOf = (stepper: Stepper, id: string): number | undefined =>
  stepper.frame?.nodes[stepper.info?.nodes.findIndex((node) => node.id === id) ?? -1]?.value?.data?.[0];

let engine: RealEngine;
let stepper: Stepper;
beforeEach(async () => {
  engine = await realEngine();
  stepper = new Stepper(engine);
});
afterEach(() => {
  stepper.close();
  vi.useRealTimers();
});

const settled = (): Promise<void> => vi.waitFor(() => expect(stepper.frame?.step).toBe(stepper.step));

describe('stepping', () => {
  it('opens at a step and goes on from there', async () => {
    await stepper.open(apple, 2);
    expect([stepper.step, stepper.last, stepper.frame?.step]).toEqual([2, 5, 2]);
    stepper.next();
    await settled();
    expect(stepper.frame?.records[0]?.phase).toBe('seed');
  });

  it('makes four steps of four key presses, however fast', async () => {
    await stepper.open(apple);
    const calls = vi.spyOn(engine, 'call');
    for (let i = 0; i < 4; i += 1) stepper.next();
    expect(stepper.step).toBe(4);
    await settled();
    expect(stepper.frame?.step).toBe(4);
    // One in flight when the others came, and then the latest: not four.
    expect(calls.mock.calls.filter(([method]) => method === 'graph.seek').length).toBeLessThanOrEqual(2);
  });

  it('stays within the first and the last step', async () => {
    await stepper.open(apple);
    stepper.back();
    expect(stepper.step).toBe(0);
    stepper.seek(99);
    expect(stepper.step).toBe(5);
    stepper.seek(NaN);
    expect(stepper.step).toBe(0);
  });
});

describe('playing', () => {
  it('takes a step every 900 ms, faster on demand, and stops at the end', async () => {
    await stepper.open(apple, 1);
    vi.useFakeTimers();
    stepper.play();
    await vi.advanceTimersByTimeAsync(899);
    expect(stepper.step).toBe(1);
    await vi.advanceTimersByTimeAsync(2);
    expect(stepper.step).toBe(2);
    stepper.speed = 4;
    await vi.advanceTimersByTimeAsync(910);
    await vi.advanceTimersByTimeAsync(230);
    expect(stepper.step).toBe(4);
    await vi.advanceTimersByTimeAsync(5000);
    expect([stepper.step, stepper.playing]).toEqual([5, false]);
  });

  it('is ended by a step by hand, and starts over from the end', async () => {
    await stepper.open(apple, 5);
    vi.useFakeTimers();
    stepper.play();
    expect([stepper.step, stepper.playing]).toEqual([0, true]);
    stepper.next();
    expect(stepper.playing).toBe(false);
    await vi.advanceTimersByTimeAsync(5000);
    expect(stepper.step).toBe(1);
  });
});

describe('values', () => {
  it('are set at the same step, live', async () => {
    await stepper.open(apple, 2);
    await stepper.set('apple', 120);
    expect(valueOf(stepper, 'total')).toBeCloseTo(264, 10);
    expect([stepper.step, stepper.revision]).toEqual([2, 1]);
    expect(stepper.document?.nodes[0]?.value).toBe(120);
  });

  it('of a burst the last one counts', async () => {
    await stepper.open(apple, 1);
    const all = [101, 102, 103, 104].map((value) => stepper.set('apple', value));
    await Promise.all(all);
    expect(valueOf(stepper, 'price')).toBe(208);
  });

  it('that do not fit are refused and change nothing', async () => {
    const matrix: GraphDocument = {
      ...apple,
      nodes: [
        { id: 'X', op: 'input', value: [[1, 2]] },
        { id: 'W', op: 'parameter', value: [[1], [2]] },
        { id: 'Y', op: 'matmul', inputs: ['X', 'W'] },
      ],
    };
    await stepper.open(matrix, 1);
    await stepper.set('X', [[1, 2, 3]]);
    expect(stepper.failure).toMatchObject({ during: 'set', node: 'X', error: { code: 'ShapeMismatch' } });
    expect([valueOf(stepper, 'Y'), stepper.revision]).toEqual([5, 0]);
    await stepper.set('X', [[2, 2]]);
    expect(stepper.failure).toBeNull();
    expect(valueOf(stepper, 'Y')).toBe(6);
  });

  it('may change the shape where the graph still fits; the description follows', async () => {
    const sum: GraphDocument = {
      ...apple,
      nodes: [
        { id: 'x', op: 'input', value: [1, 2] },
        { id: 's', op: 'sum', inputs: ['x'] },
      ],
    };
    await stepper.open(sum, 1);
    await stepper.set('x', [1, 2, 3]);
    expect(stepper.info?.nodes.find(({ id }) => id === 'x')?.shape).toEqual([3]);
    expect(valueOf(stepper, 's')).toBe(6);
  });
});

describe('what goes wrong', () => {
  it('a refused document leaves the graph from before', async () => {
    await stepper.open(apple, 2);
    const cycle: GraphDocument = {
      ...apple,
      nodes: [
        { id: 'a', op: 'neg', inputs: ['b'] },
        { id: 'b', op: 'neg', inputs: ['a'] },
      ],
    };
    await stepper.open(cycle);
    expect(stepper.failure).toMatchObject({ during: 'open', error: { code: 'Cycle' } });
    expect(stepper.error).toBeInstanceOf(BackpropError);
    expect([stepper.info?.nodes.length, stepper.step, valueOf(stepper, 'total')]).toEqual([
      5,
      2,
      expect.closeTo(220, 10),
    ]);
    stepper.next();
    await settled();
    expect(stepper.frame?.step).toBe(3);
  });

  it('an engine that comes back opens the same graph, with its values, at the same step', async () => {
    await stepper.open(apple, 2);
    await stepper.set('apple', 120);
    const before = stepper.frame;
    await engine.restart();
    await vi.waitFor(() => expect(stepper.frame).not.toBe(before));
    expect([stepper.step, stepper.frame?.step, stepper.failure]).toEqual([2, 2, null]);
    expect(valueOf(stepper, 'total')).toBeCloseTo(264, 10);
    stepper.end();
    await settled();
    expect(stepper.frame?.records).toHaveLength(2);
  });

  it('a step that was wanted while the engine was away is taken when it is back', async () => {
    await stepper.open(apple, 2);
    const restarted = engine.restart();
    stepper.seek(4);
    await restarted;
    await vi.waitFor(() => expect([stepper.step, stepper.frame?.step]).toEqual([4, 4]));
    expect(stepper.failure).toBeNull();
  });

  it('a value that was set while the engine died is not lost', async () => {
    await stepper.open(apple, 2);
    const died = new BackpropError({ code: 'EngineDied', message: 'The engine stopped.', nodes: [] });
    vi.spyOn(engine, 'call').mockRejectedValueOnce(died);
    await stepper.set('apple', 120);
    await engine.restart();
    await vi.waitFor(() => expect(valueOf(stepper, 'total')).toBeCloseTo(264, 10));
    expect(stepper.failure).toBeNull();
  });

  it('an answer that belongs to an earlier graph is dropped', async () => {
    const first = stepper.open(apple, 1);
    const second = stepper.open({ ...apple, nodes: apple.nodes.slice(0, 3) }, 1);
    await Promise.all([first, second]);
    expect(stepper.info?.nodes).toHaveLength(3);
    expect(stepper.opening).toBe(false);
  });
});
