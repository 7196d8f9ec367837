import { describe, expect, it } from 'vitest';
import { figureState, type FigureState } from '../../../web/figure/figure-state';
import { figureModel } from '../../../web/figure/model';
import type { GraphInfo } from '../../../web/shared/protocol';
import { appleNumbers, frameOf, twiceNumbers, type Known } from './support/frames';
import * as graphs from './support/graphs';
import { plain } from './support/options';

const state = (info: GraphInfo, known: Known, step: number): FigureState =>
  figureState(
    figureModel(info, {
      ...plain,
    }),
    info,
    frameOf(info, known, step),
  );

const apple = (step: number): FigureState => state(graphs.apple, appleNumbers, step);
const arrows = (at: FigureState): Record<string, string> =>
  Object.fromEntries([...at.runs].map(([id, run]) => [id, run.arrow]));

describe('the apple graph', () => {
  it('shows only inputs before the first step, and announces no gradients', () => {
    const start = apple(0);
    expect(start.active).toBeNull();
    expect(start.runs.get('apple')!.value!.data).toEqual(Float64Array.of(100));
    expect(start.runs.get('price')!.value).toBeNull();
    expect(new Set(Object.values(arrows(start)))).toEqual(new Set(['none']));
  });

  it('marks the node that computes and its value', () => {
    const first = apple(1);
    expect(first.active).toEqual({ id: 'price', activity: 'forward' });
    expect(first.runs.get('price')!.valueActive).toBe(true);
    expect(first.runs.get('apple')!.valueActive).toBe(false);
  });

  it('starts the way back at the end of the result: the rest is pending', () => {
    const seed = apple(3);
    expect(seed.active).toEqual({ id: 'total', activity: 'seed' });
    expect(arrows(seed)).toEqual({
      apple: 'pending',
      count: 'pending',
      price: 'pending',
      tax: 'pending',
      total: 'active',
    });
    expect(seed.runs.get('total')!.parts[0]!.tensor.data).toEqual(Float64Array.of(1));
  });

  it('shows the arrows of the current step as active and earlier ones as done', () => {
    expect(arrows(apple(4))).toEqual({
      apple: 'pending',
      count: 'pending',
      price: 'active',
      tax: 'active',
      total: 'done',
    });
    expect(arrows(apple(5))).toEqual({ apple: 'active', count: 'active', price: 'done', tax: 'done', total: 'done' });
  });
});

describe('a value that is used more than once', () => {
  it('lists both contributions of x · x, and their sum', () => {
    const x = state(graphs.twice, twiceNumbers, 3).runs.get('x')!;
    expect(x.parts.map((part) => part.tensor.data![0])).toEqual([3, 3]);
    expect(x.total!.data![0]).toBe(6);
    expect(x.totalActive).toBe(true);
  });

  it('shows the sum only once everything has arrived, in order of arrival', () => {
    const known: Known = {
      values: { mine: 2, price: 100, yours: 3, a: 200, b: 300, total: 500 },
      back: { 'a>total:0': 1, 'b>total:1': 1, 'mine>a:0': 100, 'price>a:1': 2, 'price>b:0': 3, 'yours>b:1': 100 },
    };
    const half = state(graphs.sharedPrice, known, 6).runs.get('price')!;
    expect(half.parts.map((part) => part.to)).toEqual(['b']);
    expect(half.total).toBeNull();
    const whole = state(graphs.sharedPrice, known, 7).runs.get('price')!;
    expect(whole.parts.map((part) => [part.to, part.active])).toEqual([
      ['b', false],
      ['a', true],
    ]);
    expect(whole.total!.data![0]).toBe(5);
  });
});

it('draws no arrow along a wire that takes no gradient', () => {
  const known: Known = { values: { a: [1, 2, 3], t: [0, 1, 0], L: 1.4 }, back: { 'a>L:0': [0.1, -0.8, 0.7] } };
  expect(state(graphs.softmaxLoss, known, 3).runs.get('t')!.arrow).toBe('none');
});
