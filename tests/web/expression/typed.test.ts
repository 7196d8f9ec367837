import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { beforeAll, it, vi } from 'vitest';
import { compare, type Typed } from './against-tensorflow';

// Programs as teachers type them, with signs of three keyboards; value and gradients against TensorFlow.js.
vi.setConfig({ testTimeout: 60_000 });
beforeAll(async () => {
  await tf.setBackend('cpu');
});

const programs: readonly Typed[] = [
  ['-x^2', { x: 3 }, (x) => x.square().neg()],
  ['(-x)^2 - -x', { x: 3 }, (x) => x.neg().square().add(x)],
  ['2^-x', { x: 1.5 }, (x) => tf.pow(2, x.neg())],
  ['x^3^2', { x: 1.1 }, (x) => x.pow(9)],
  ['x**y**2', { x: 1.3, y: 0.7 }, (x, y) => x.pow(y.square())],
  ['-x^-2', { x: 1.7 }, (x) => x.pow(-2).neg()],
  ['a - b - c / d / 2', { a: 1, b: 2, c: 3, d: 4 }, (a, b, c, d) => a.sub(b).sub(c.div(d).div(2))],
  ['a/b*c', { a: 3, b: 2, c: 5 }, (a, b, c) => a.div(b).mul(c)],
  ['2x^2 + 3x - 1e-3x', { x: 2 }, (x) => x.square().mul(2).add(x.mul(3)).sub(x.mul(1e-3))],
  ['.5x + 5.x', { x: 2 }, (x) => x.mul(5.5)],
  ['苹果 × 个数 × 税', { 苹果: 100, 个数: 2, 税: 1.1 }, (a, n, t) => a.mul(n).mul(t)],
  ['（苹果×个数＋橘子×数目）×税', { 苹果: 100, 个数: 2, 橘子: 150, 数目: 3, 税: 1.1 }, (a, n, o, m, t) => a.mul(n).add(o.mul(m)).mul(t)],
  ['りんご＊個数　－　３', { りんご: 1.5, 個数: 2 }, (a, n) => a.mul(n).sub(3)],
  ['θ²·λ ÷ ２', { θ: 1.2, λ: 0.3 }, (t, l) => t.square().mul(l).div(2)],
  ['α·x₁ + β·x₂', { α: 0.2, 'x₁': 3, β: -1, 'x₂': 4 }, (a, x, b, y) => a.mul(x).add(b.mul(y))],
  ['a……2＋b', { a: 3, b: 1 }, (a, b) => a.square().add(b)],
  ['x⁻¹ + √x + |x − 3| + ½x²', { x: 1.7 }, (x) => x.pow(-1).add(x.sqrt()).add(x.sub(3).abs()).add(x.square().mul(0.5))],
  ['z = x + y\nt = z²\nL = t × x # x is used twice', { x: 2, y: -1 }, (x, y) => x.add(y).square().mul(x)],
  ['u = x × y;\n\n v = u + x;;\n u × v;', { x: 2, y: 3 }, (x, y) => x.mul(y).mul(x.mul(y).add(x))],
  ['L = a\n  + b\n  × c', { a: 1, b: 2, c: 3 }, (a, b, c) => a.add(b.mul(c))],
  ['f(u) = u² + 1; g(u, v) = f(u) × v; g(x, y) + f(y)', { x: 2, y: 3 }, (x, y) => x.square().add(1).mul(y).add(y.square().add(1))],
  ['1/(1+e^(-x))', { x: 0.3 }, (x) => x.sigmoid()],
  ['y = σ(w·x + b); L = ½(y − t)²', { w: 0.5, x: 2, b: 0.1, t: 1 }, (w, x, b, t) => w.mul(x).add(b).sigmoid().sub(t).square().mul(0.5)],
  ['max(x, 0) + max(y, 0) + min(x, y)', { x: 2, y: -3 }, (x, y) => x.maximum(0).add(y.maximum(0)).add(x.minimum(y))],
  ['tan(x) + log2(x) + log10(x) + silu(x)', { x: 0.8 }, (x) => x.tan().add(x.log().div(Math.LN2)).add(x.log().div(Math.LN10)).add(x.mul(x.sigmoid()))],
  ['sinh(x) × cosh(x)', { x: 0.8 }, (x) => x.sinh().mul(x.cosh())],
  ['sin(x)^2 + cos(2π x)'.replace('2π x', '2π × x'), { x: 0.8 }, (x) => x.sin().square().add(x.mul(2 * Math.PI).cos())],
  ['ln(x) + Exp(x) + TANH(x) + sqrt(x) + abs(-x)', { x: 0.8 }, (x) => x.log().add(x.exp()).add(x.tanh()).add(x.sqrt()).add(x.abs())],
  ['relu(x) + leaky_relu(x, alpha=0.1) + LeakyReLU(x, 0.2) + softplus(x)', { x: -0.8 }, (x) => x.relu().add(x.leakyRelu(0.1)).add(x.leakyRelu(0.2)).add(x.softplus())],
  ['gelu(x)', { x: 0.6 }, (x) => x.mul(x.div(Math.SQRT2).erf().add(1)).mul(0.5)],
  ['sum(X)', { X: [[1, 2], [3, 4]] }, (x) => x.sum()],
  ['sum(X × X, axis=0) · w'.replace('·', '@'), { X: [[1, 2], [3, 4]], w: [1, -1] }, (x, w) => x.square().sum(0).dot(w)],
  ['sum(mean(X, 1)²)', { X: [[1, 2, 4], [3, 4, 9]] }, (x) => x.mean(1).square().sum()],
  ['sum(X / sum(X, axis=1, keepdims=True) × X)', { X: [[1, 2], [3, 4]] }, (x) => x.div(x.sum(1, true)).mul(x).sum()],
  ['max(X)', { X: [[1, 2], [7, 4]] }, (x) => x.max()],
  ['sum(max(X, axis=1)²)', { X: [[1, 2], [7, 4]] }, (x) => x.max(1).square().sum()],
  ['sum((X @ W + b)²)', { X: [[1, 2], [3, 4]], W: [[0.5, -1, 2], [1, 0, 0.3]], b: [1, 2, 3] }, (x, w, b) => x.matMul(w).add(b).square().sum()],
  ['sum(affine(X, W, b)²)', { X: [[1, 2], [3, 4]], W: [[0.5, -1, 2], [1, 0, 0.3]], b: [1, 2, 3] }, (x, w, b) => x.matMul(w).add(b).square().sum()],
  ['sum((X·W)²)', { X: [[1, 2], [3, 4]], W: [[0.5], [1]] }, (x, w) => x.matMul(w).square().sum()],
  ['sum(X.T @ X @ X)', { X: [[1, 2], [3, 4]] }, (x) => x.transpose().matMul(x).matMul(x).sum()],
  ['sum(transpose(X)² × [1, 2; 3, 4])', { X: [[1, 2], [3, 4]] }, (x) => x.transpose().square().mul([[1, 2], [3, 4]]).sum()],
  ['sum(reshape(X, shape=[4, 1])² × [1; 2; 3; 4])', { X: [[1, 2], [3, 4]] }, (x) => x.reshape([4, 1]).square().mul([[1], [2], [3], [4]]).sum()],
  ['sum(flatten(X) × X)', { X: [[1, 2], [3, 4]] }, (x) => x.square().sum()],
  ['sum(concat(a, b, axis=1)² × [1, 2, 3, 4])', { a: [[1, 2]], b: [[3, 4]] }, (a, b) => tf.concat([a, b], 1).square().mul([[1, 2, 3, 4]]).sum()],
  ['sum(softmax(x) × [1, 2, 3])', { x: [0.3, 2.9, 4] }, (x) => x.softmax().mul([1, 2, 3]).sum()],
  ['sum(log_softmax(x) × [1, 0, 3])', { x: [0.3, 2.9, 4] }, (x) => x.logSoftmax().mul([1, 0, 3]).sum()],
  ['softmax_with_loss(z, 2)', { z: [0.3, 2.9, 4] }, (z) => z.logSoftmax().mul([0, 0, -1]).sum()],
  ['CrossEntropy(X @ W, [1, 0])', { X: [[1, 2], [3, 4]], W: [[0.5, -1], [1, 0]] }, (x, w) => x.matMul(w).logSoftmax().mul([[0, -1], [-1, 0]]).sum().div(2)],
  ['sigmoid_with_loss(z, [1; 0])', { z: [[0.3], [-2]] }, (z) => z.sigmoid().log().mul([[1], [0]]).add(tf.sub(1, z.sigmoid()).log().mul([[0], [1]])).mean().neg()],
  ['binary_cross_entropy(sigmoid(z), [1, 0])', { z: [0.3, -2] }, (z) => z.sigmoid().log().mul([1, 0]).add(tf.sub(1, z.sigmoid()).log().mul([0, 1])).mean().neg()],
  ['mse(y, [1, 2, 3])', { y: [1.5, 1, 4] }, (y) => y.sub([1, 2, 3]).square().mean()],
  ['sum_squared_error(y, [0, 1])', { y: [0.1, 0.6] }, (y) => y.sub([0, 1]).square().sum().mul(0.5)],
  ['norm(x) × np.mean(x)', { x: [3, 4] }, (x) => x.square().sum().sqrt().mul(x.mean())],
  ['sum(conv2d(x, w, b, stride=2, pad=1)²)', { x: [[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]], w: [[[[1, 0, -1], [2, 0, -2], [1, 0.5, -1]]]], b: [0.5] }, (x, w, b) => tf.conv2d<tf.Tensor4D>(x.transpose([0, 2, 3, 1]), w.transpose([2, 3, 1, 0]), 2, 1).add(b).square().sum()],
  ['sum(max_pool2d(x, size=2, stride=1)²)', { x: [[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]] }, (x) => tf.maxPool<tf.Tensor4D>(x.transpose([0, 2, 3, 1]), 2, 1, 'valid').square().sum()],
  ['sum(avg_pool2d(x, size=2, stride=1)²)', { x: [[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]] }, (x) => tf.avgPool<tf.Tensor4D>(x.transpose([0, 2, 3, 1]), 2, 1, 'valid').square().sum()],
  ['sum(layer_norm(x, g, b)² × [1, 2, 3])', { x: [[1, 2, 4]], g: [1, 2, 3], b: [0, 1, 2] }, (x, g, b) => {
    const c = x.sub(x.mean(-1, true));
    return c.div(c.square().mean(-1, true).add(1e-5).sqrt()).mul(g).add(b).square().mul([1, 2, 3]).sum();
  }],
  ['sum(one_hot([2, 0], classes=3) × W)', { W: [[1, 2, 3], [4, 5, 6]] }, (w) => w.mul([[0, 0, 1], [1, 0, 0]]).sum()],
  ['sum(X + [1, 2] − [[3], [4]]) × x', { X: [[1, 2], [3, 4]], x: 2 }, (m, x) => m.add([1, 2]).sub([[3], [4]]).sum().mul(x)],
  ['__proto__ × constructor + hasOwnProperty', { ['__proto__']: 2, constructor: 3, hasOwnProperty: 4 }, (a, b, c) => a.mul(b).add(c)],
]; // prettier-ignore

/** Values may be given before the program, after it, as a line each, or by the graph on show. */
it.each(programs.map((program, i) => [program[0], program, i] as const))('%s', (_, program, i) => compare(program, i));
