import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { compare, type Typed } from './against-tensorflow';
import { graphOf, problem } from './support';

// What four people type: a learner, someone who comes from PyTorch or NumPy, a student with a Chinese keyboard, and a tester who means harm.
vi.setConfig({ testTimeout: 60_000 });
beforeAll(async () => {
  await tf.setBackend('cpu');
});

const learner: readonly Typed[] = [
  ['-2x^2 + 3x - 1', { x: 2 }, (x) => x.square().mul(-2).add(x.mul(3)).sub(1)],
  ['y = m*x + b; L = (y - t)^2', { m: 2, x: 3, b: 1, t: 6 }, (m, x, b, t) => m.mul(x).add(b).sub(t).square()],
  ['√(x²+1) + √x+1', { x: 2 }, (x) => x.square().add(1).sqrt().add(x.sqrt()).add(1)],
  ['|x - 3| + |x|*|x|', { x: -2 }, (x) => x.sub(3).abs().add(x.abs().mul(x.abs()))],
  ['2e^x - 1.5e3x', { x: 0.4 }, (x) => x.exp().mul(2).sub(x.mul(1500))],
  ['x--1 + x*-3', { x: 2 }, (x) => x.add(1).add(x.mul(-3))],
  ['f(x) = x^3; f(a) - f(b)', { a: 2, b: 1.5 }, (a, b) => a.pow(3).sub(b.pow(3))],
  ['x^1/2 + x^(1/2)', { x: 4 }, (x) => x.div(2).add(x.sqrt())],
  ['a/b/c*d', { a: 5, b: 2, c: 3, d: 7 }, (a, b, c, d) => a.div(b).div(c).mul(d)],
  ['1/(1 + e^-x)', { x: -0.7 }, (x) => x.sigmoid()],
  ['-x² + (-x)² + 2^-x', { x: 1.3 }, (x) => tf.pow(2, x.neg())],
];
const fromPyTorch: readonly Typed[] = [
  ['y = (w * x + b).sum()', { w: 0.5, x: [1, 2, 3], b: 0.1 }, (w, x, b) => w.mul(x).add(b).sum()],
  ['x.pow(2).mean()', { x: [1, 2, 3] }, (x) => x.square().mean()],
  [
    'X.sum(dim=1).pow(2).sum()',
    {
      X: [
        [1, 2],
        [3, 4],
      ],
    },
    (x) => x.sum(1).square().sum(),
  ],
  [
    'torch.sum(X ** 2, dim=0).max()',
    {
      X: [
        [1, 2],
        [3, 4],
      ],
    },
    (x) => x.square().sum(0).max(),
  ],
  [
    'X.mm(W).relu().sum()',
    {
      X: [
        [1, -2],
        [3, 4],
      ],
      W: [
        [0.5, -1],
        [1, 0.3],
      ],
    },
    (x, w) => x.matMul(w).relu().sum(),
  ],
  [
    'torch.mm(X, X.t()).mean()',
    {
      X: [
        [1, 2, 0],
        [3, 4, 1],
      ],
    },
    (x) => x.matMul(x.transpose()).mean(),
  ],
  ['F.mse_loss(x @ W, t)', { x: [[1, 2]], W: [[0.5], [1]], t: [[3]] }, (x, w, t) => x.matMul(w).sub(t).square().mean()],
  [
    'F.cross_entropy(x.mm(W), [2])',
    {
      x: [[1, 2]],
      W: [
        [0.5, 1, 0],
        [1, 0, 2],
      ],
    },
    (x, w) =>
      x
        .matMul(w)
        .logSoftmax()
        .mul([[0, 0, -1]])
        .sum(),
  ],
  ['F.binary_cross_entropy_with_logits(z, 1)', { z: 0.3 }, (z) => z.sigmoid().log().neg()],
  ['(F.softmax(z, dim=-1) * v).sum()', { z: [0.3, 2.9, 4], v: [1, 2, 3] }, (z, v) => z.softmax().mul(v).sum()],
  ['torch.log(torch.exp(z).sum())', { z: [0.3, 2.9, 4] }, (z) => z.logSumExp()],
  ['-x.square().sum() * math.pi', { x: [1, 2] }, (x) => x.square().sum().mul(-Math.PI)],
  [
    '(X.view(-1) * [1, 2, 3, 4]).sum()',
    {
      X: [
        [1, 2],
        [3, 4],
      ],
    },
    (x) => x.reshape([4]).mul([1, 2, 3, 4]).sum(),
  ],
  [
    '(X.reshape(4, 1) @ [[1, 2]]).sum(axis=0).max()',
    {
      X: [
        [1, 2],
        [3, 5],
      ],
    },
    (x) =>
      x
        .reshape([4, 1])
        .matMul([[1, 2]])
        .sum(0)
        .max(),
  ],
  [
    '(torch.flatten(X) * [1, 2, 3, 4]).sum()',
    {
      X: [
        [1, 2],
        [3, 4],
      ],
    },
    (x) => x.reshape([4]).mul([1, 2, 3, 4]).sum(),
  ],
  [
    'np.max(X, 1).sum()',
    {
      X: [
        [1, 2],
        [7, 4],
      ],
    },
    (x) => x.max(1).sum(),
  ],
  [
    'X.mean(dim=0, keepdim=True).norm()',
    {
      X: [
        [1, 2],
        [7, 4],
      ],
    },
    (x) => x.mean(0, true).square().sum().sqrt(),
  ],
  ['np.dot(a, b) * a.dot(b)', { a: [1, 2], b: [3, 1] }, (a, b) => a.mul(b).sum().square()],
  [
    'import torch\nimport torch.nn.functional as F\nh = torch.tanh(x @ W)\nloss = h.sum()\nloss.backward()\nprint(loss)',
    { x: [[1, 2]], W: [[0.5], [0.1]] },
    (x, w) => x.matMul(w).tanh().sum(),
  ],
  ['F.leaky_relu(x, negative_slope=0.1).sum()', { x: [-0.5, 2] }, (x) => x.leakyRelu(0.1).sum()],
];
const chinese: readonly Typed[] = [
  ['ｙ＝ｗ×ｘ＋ｂ；损失＝（ｙ－ｔ）²', { w: 2, x: 3, b: 1, t: 6 }, (w, x, b, t) => w.mul(x).add(b).sub(t).square()],
  ['ｓｉｇｍｏｉｄ（２ｘ－１）', { x: 0.7 }, (x) => x.mul(2).sub(1).sigmoid()],
  ['ｅ＾（－x）＋ｌｎ（x）', { x: 0.8 }, (x) => x.neg().exp().add(x.log())],
  ['ｍａｘ（x，０）×｜y｜', { x: 2, y: -3 }, (x, y) => x.maximum(0).mul(y.abs())],
  [
    '（单价×数量＋运费）×（１＋税率）',
    { 单价: 12.5, 数量: 4, 运费: 6, 税率: 0.13 },
    (a, n, f, t) => a.mul(n).add(f).mul(t.add(1)),
  ],
  ['面积＝π×半径²', { 半径: 2 }, (r) => r.square().mul(Math.PI)],
  [
    'ｓｕｍ（Ａ×【1、2；3、4】）',
    {
      A: [
        [1, 2],
        [3, 4],
      ],
    },
    (a) =>
      a
        .mul([
          [1, 2],
          [3, 4],
        ])
        .sum(),
  ],
  ['x……２÷（y－１）', { x: 3, y: 4 }, (x, y) => x.square().div(y.sub(1))],
];
const hostile: readonly Typed[] = [
  ['__proto__.toString × valueOf', { '__proto__.toString': 2, valueOf: 3 }, (a, b) => a.mul(b)],
  ['((((((((((x))))))))))²;;;;', { x: 3 }, (x) => x.square()],
  ['x\t+\u00a0x\r\n', { x: 1.5 }, (x) => x.mul(2)],
  ['---x', { x: 2 }, (x) => x.neg()],
  ['x^-2^2', { x: 1.2 }, (x) => x.pow(-4)],
  ['е × e', { е: 3 }, (x) => x.mul(Math.E)], // a Cyrillic name and Euler's number
]; // prettier-ignore

for (const [who, programs] of Object.entries({ learner, fromPyTorch, chinese, hostile })) {
  describe(who, () => {
    it.each(programs.map((program, i) => [program[0], program, i] as const))('%s', (_, program, i) =>
      compare(program, i),
    );
  });
}

describe('values as libraries write them', () => {
  it.each([
    ['x = torch.tensor(3.0, requires_grad=True)\ny = x ** 2', 3],
    ['x = torch.tensor([1., 2.], dtype=torch.float64)\ny = (x * x).sum()', [1, 2]],
    ['x = np.array([[1, 2], [3, 4]])\ny = np.sum(x)', [[1, 2], [3, 4]]],
    ['x = tf.scalar(-2)\ny = x * x', -2],
  ])('%s', (source, value) => {
    expect(graphOf(source).nodes.find(({ id }) => id === 'x')).toMatchObject({ op: 'input', value });
  }); // prettier-ignore
});

describe('what could be read in two ways, or is half a word, is refused at its place', () => {
  it.each([
    ['m = 2; x = 3; b = 1; y = mx + b', 'MissingOperator', 'mx'],
    ['x = 2; cos(2πx)', 'MissingOperator', 'πx'],
    ['r = 2; πr²', 'MissingOperator', 'πr'],
    ['x = 2; sinx', 'MissingOperator', 'sinx'],
    ['x = 2; sin x', 'MissingOperator', 'x'],
    ['x = 2; tanx + 1', 'MissingOperator', 'tanx'],
    ['X = [[1, 2]]; F.softmax(X, dim=0)', 'UnknownAttribute', 'dim'],
    ['x = [1, 2]; x[0]', 'MissingOperator', '['],
    ['x = 3; x.item()', 'UnknownFunction', 'item'],
    ['x = 2; x > 1', 'UnexpectedCharacter', '>'],
    ['x = 1e400', 'BadNumber', '1e400'],
    ['x = 2; eval(x)', 'UnknownFunction', 'eval'],
    ['(x²).constructor(1)', 'UnknownFunction', 'constructor'],
    ['x = 2; (x).', 'Expected', '.'],
    ['x\u202e*3', 'UnexpectedCharacter', '\u202e'],
  ])('%s', (source, code, text) => {
    expect(problem(source)).toMatchObject({ code, text });
  });

  it('a new name that only begins like another is taken', () => {
    expect(graphOf('x = 2; xy + π_0 + expy').nodes.map(({ id }) => id)).toContain('xy');
  });
});
