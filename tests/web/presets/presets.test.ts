import { beforeAll, describe, expect, it } from 'vitest';
import { findPreset, presets } from '../../../web/presets';
import type { GradientCheck } from '../../../web/shared/api';
import type { Frame, GraphInfo } from '../../../web/shared/protocol';
import { realEngine, type RealEngine } from '../support/real-engine';

let engine: RealEngine;
beforeAll(async () => {
  engine = await realEngine();
});

interface Run {
  readonly info: GraphInfo;
  readonly frame: Frame;
  readonly value: (id: string) => number[];
  readonly grad: (id: string) => number[] | null;
}

/** The example opened and stepped to its end. */
async function run(id: string): Promise<Run> {
  const preset = findPreset(id);
  if (preset === undefined) throw new Error(`no example "${id}"`);
  const info = await engine.call('graph.open', preset.document);
  const frame = await engine.call('graph.seek', info.graph, info.steps);
  const at = (node: string) => frame.nodes[info.nodes.findIndex((other) => other.id === node)];
  return {
    info,
    frame,
    value: (node) => Array.from(at(node)?.value?.data ?? []),
    grad: (node) => {
      const data = at(node)?.grad?.data;
      return data ? Array.from(data) : null;
    },
  };
}

/** Numbers of the book, to the last digits that a double keeps. */
function expectNumbers(actual: number[] | null, expected: readonly number[], digits = 12): void {
  expect(actual).toHaveLength(expected.length);
  actual?.forEach((x, i) => expect(x).toBeCloseTo(expected[i] ?? NaN, digits));
}

describe('the numbers of the later examples', () => {
  it('a filter over an image: what each window sends back', async () => {
    const { grad, value } = await run('conv-window');
    expectNumbers(value('Y'), [37, 47, 67, 77]);
    expectNumbers(grad('W'), [12, 16, 24, 28]);
    expectNumbers(grad('X'), [1, 3, 2, 4, 10, 6, 3, 7, 4]);
    expectNumbers(grad('B'), [4]);
  });

  it('batch normalization: the scale of a column is gone, and its gradients add up to 0', async () => {
    const { grad, value } = await run('batch-norm');
    const out = value('Y');
    expectNumbers(
      out,
      [-3, -3, -1, -1, 1, 1, 3, 3].map((x) => x / Math.sqrt(5)),
      4,
    );
    const dX = grad('X') ?? [];
    for (const column of [0, 1])
      expect(dX.filter((_, i) => i % 2 === column).reduce((a, b) => a + b, 0)).toBeCloseTo(0, 10);
    expect(dX[0]! / dX[1]!).toBeCloseTo(10, 3);
    expectNumbers(grad('beta'), [1, 1]);
  });
});

describe('the numbers of the book, chapter 5', () => {
  it('row 1: two apples cost 220; gradients 2.2, 110, 200', async () => {
    const { value, grad, info } = await run('apple');
    expect(info.steps).toBe(5);
    expectNumbers(value('total'), [220]);
    expectNumbers(grad('apple'), [2.2]);
    expectNumbers(grad('count'), [110]);
    expectNumbers(grad('tax'), [200]);
    expectNumbers(grad('price'), [1.1]);
  });

  it('row 2: with fixed numbers in the nodes only the price has a gradient', async () => {
    const { value, grad, info } = await run('apple-operators');
    expectNumbers(value('total'), [220]);
    expectNumbers(grad('apple'), [2.2]);
    expect(grad('two')).toBeNull();
    expect(grad('rate')).toBeNull();
    expect(info.nodes.filter(({ kind }) => kind === 'constant')).toHaveLength(2);
  });

  it('row 3: apples and oranges cost 715; gradients 2.2, 110, 3.3, 165, 650', async () => {
    const { value, grad, info } = await run('apples-and-oranges');
    expect(info.steps).toBe(9);
    expectNumbers(value('apples'), [200]);
    expectNumbers(value('oranges'), [450]);
    expectNumbers(value('fruit'), [650]);
    expectNumbers(value('total'), [715]);
    expectNumbers(grad('apple'), [2.2]);
    expectNumbers(grad('appleCount'), [110]);
    expectNumbers(grad('orange'), [3.3]);
    expectNumbers(grad('orangeCount'), [165]);
    expectNumbers(grad('tax'), [650]);
  });

  it('row 4: 4000 + 200 = 4200, with tax 4620', async () => {
    const { value } = await run('local-computation');
    expectNumbers(value('sum'), [4200]);
    expectNumbers(value('total'), [4620]);
  });

  it('row 5: a node multiplies the signal E by its local derivative 2x', async () => {
    const { grad } = await run('generic-node');
    expectNumbers(grad('y'), [0.3]);
    expectNumbers(grad('x'), [0.3 * 2 * 5]);
  });

  it('row 6: the derivative of (x + y)² is 2(x + y)', async () => {
    const { grad, value } = await run('square-of-sum');
    expectNumbers(value('z'), [25]);
    expectNumbers(grad('t'), [10]);
    expectNumbers(grad('x'), [10]);
    expectNumbers(grad('y'), [10]);
  });

  it('row 7: + passes 1.3 on', async () => {
    const { grad, value } = await run('add');
    expectNumbers(value('z'), [15]);
    expectNumbers(grad('x'), [1.3]);
    expectNumbers(grad('y'), [1.3]);
  });

  it('row 8: × sends 6.5 and 13', async () => {
    const { grad, value } = await run('mul');
    expectNumbers(value('z'), [50]);
    expectNumbers(grad('x'), [6.5]);
    expectNumbers(grad('y'), [13]);
  });

  it('row 9: 1/x has the derivative −y²', async () => {
    const { grad, value } = await run('reciprocal');
    const [y = NaN] = value('y');
    expect(y).toBe(0.5);
    expectNumbers(grad('x'), [-(y ** 2)]);
  });

  it('row 10: exp has itself as derivative', async () => {
    const { grad, value } = await run('exp');
    expectNumbers(value('y'), [Math.E]);
    expect(grad('x')).toEqual(value('y'));
  });

  it('row 11: sigmoid, opened and as one node, has the derivative y(1 − y)', async () => {
    const opened = await run('sigmoid-graph');
    const closed = await run('sigmoid');
    const y = 1 / (1 + Math.exp(-1));
    expectNumbers(opened.value('y'), [y]);
    expectNumbers(closed.value('y'), [y]);
    expectNumbers(opened.grad('denominator'), [-(y ** 2)]);
    expectNumbers(opened.grad('power'), [-(y ** 2)]);
    expectNumbers(opened.grad('negative'), [-(y ** 2) * Math.exp(-1)]);
    expectNumbers(opened.grad('x'), [y * (1 - y)]);
    expectNumbers(closed.grad('x'), [y * (1 - y)]);
  });

  it('row 12: ReLU masks what is 0 or less, both ways', async () => {
    const { value, grad } = await run('relu');
    expect(value('y')).toEqual([1, 0, 0, 3]);
    expect(grad('x')).toEqual([1, 0, 0, 4]);
  });

  it('row 13: Affine on one sample, dX = dY · Wᵀ and dW = Xᵀ · dY', async () => {
    const { value, grad, frame, info } = await run('affine');
    expect(value('Y')).toEqual([6, 13, 20]);
    expect(grad('X')).toEqual([22, 28]);
    expect(grad('W')).toEqual([1, 2, 3, 2, 4, 6]);
    expect(grad('B')).toEqual([1, 2, 3]);
    expect(frame.nodes[info.nodes.findIndex(({ id }) => id === 'W')]?.grad?.shape).toEqual([2, 3]);
  });

  it.each(['affine-batch', 'affine-layer'])('row 14: Affine on a batch, %s: dB = (5, 7, 9)', async (id) => {
    const { value, grad, info } = await run(id);
    if (info.nodes.some((node) => node.id === 'XW')) expect(value('XW')).toEqual([0, 0, 0, 10, 10, 10]);
    expect(value('Y')).toEqual([1, 2, 3, 11, 12, 13]);
    expect(grad('B')).toEqual([5, 7, 9]);
    expect(grad('X')).toEqual([6, 6, 15, 15]);
    expect(grad('W')).toEqual([20, 25, 30, 20, 25, 30]);
  });

  it('row 16: softmax-with-loss sends back y − t', async () => {
    const { grad, value } = await run('softmax-with-loss');
    expectNumbers(grad('a'), [0.01821, 0.24519, 0.7366 - 1], 5);
    expectNumbers(value('L'), [-Math.log(0.7365969)], 6);
    expect(grad('t')).toBeNull();
  });

  it('row 17: a wrong prediction, (0.3, −0.8, 0.5)', async () => {
    const { grad, value } = await run('softmax-with-loss-wrong');
    expectNumbers(grad('a'), [0.3, -0.8, 0.5]);
    expectNumbers(value('L'), [1.6094], 4);
  });

  it('row 18: a good prediction, (0.01, −0.01, 0)', async () => {
    const { grad, value } = await run('softmax-with-loss-good');
    expectNumbers(grad('a'), [0.01, -0.01, 0]);
    expect(grad('a')?.[2]).toBe(0);
    expectNumbers(value('L'), [0.01005], 5);
  });
});

describe('values that are used twice', () => {
  it('adds the gradients of two baskets', async () => {
    const { grad, frame } = await run('shared-price');
    expect(grad('price')).toEqual([5]);
    expect(frame.records.find(({ to, before }) => to === 'price' && before !== null)?.after?.data[0]).toBe(5);
  });

  it('adds the gradients of both slots of x · x', async () => {
    const { grad, frame } = await run('same-twice');
    expect(grad('x')).toEqual([6]);
    expect(frame.records.map(({ contribution }) => contribution?.data[0])).toEqual([3, 3]);
  });
});

describe('models to question', () => {
  const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

  it('linear regression: the line is too flat, both gradients push it up', async () => {
    const { grad, value } = await run('linear-regression');
    expectNumbers(value('loss'), [14 / 3]);
    expectNumbers(grad('w'), [-28 / 3]);
    expectNumbers(grad('b'), [-4]);
  });

  it('logistic regression: what reaches the score is p − 1', async () => {
    const { grad, value } = await run('logistic-regression');
    expectNumbers(value('p'), [0.5]);
    expectNumbers(value('loss'), [Math.log(2)]);
    expectNumbers(grad('score'), [-0.5]);
    expectNumbers(grad('w'), [-0.5, -1]);
  });

  it('the network for XOR: two units, four samples', async () => {
    const { value } = await run('xor');
    const y = [-2, 2, 2, 6].map((a) => sigmoid(5 * sigmoid(a) - 5 * sigmoid(a - 4) - 2));
    expectNumbers(value('y'), y);
    expect(y.map((each) => each > 0.5)).toEqual([false, true, true, false]);
  });

  it('the attention head: two keys share the weight, the third gets little', async () => {
    const { grad, value } = await run('attention');
    const total = 2 * Math.exp(2) + 1;
    const weights = [Math.exp(2) / total, 1 / total, Math.exp(2) / total];
    expectNumbers(value('weights'), weights);
    const seen = 4 * weights[0]!;
    expectNumbers(value('out'), [seen, weights[1]!]);
    expectNumbers(grad('scores'), [weights[0]! * (1 - seen), weights[1]! * (0 - seen), weights[2]! * (3 - seen)]);
  });
});

describe('every example', () => {
  it.each(presets)('$id: its gradients agree with central differences', async ({ document }) => {
    const { graph } = await engine.call('graph.open', document);
    const checks: readonly GradientCheck[] = await engine.call('graph.check', graph);
    expect(checks.length).toBeGreaterThan(0);
    expect(checks.filter(({ agrees }) => !agrees)).toEqual([]);
  });

  it.each(presets)(
    '$id: every node that is drawn has a name, in every language',
    ({ document, names, title, caption }) => {
      for (const { id } of document.nodes) {
        const name = names[id];
        expect(name, `name of ${id}`).toBeDefined();
        for (const language of ['en', 'zh', 'ja'] as const) expect(name?.label[language]).not.toBe('');
      }
      for (const id of Object.keys(names)) expect(document.nodes.map((node) => node.id)).toContain(id);
      for (const language of ['en', 'zh', 'ja'] as const) {
        expect(title[language]).not.toBe('');
        expect(caption[language]).not.toBe('');
      }
    },
  );

  it('has an id of its own', () => {
    expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
  });
});
