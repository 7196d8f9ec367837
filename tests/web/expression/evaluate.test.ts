import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { engine } from '../engine/support/engine';
import { random } from '../engine/support/random-graph';
import { graphOf } from './support';

// Programs are typed, and computed twice: by the language with the engine, and by code that knows neither.
vi.setConfig({ testTimeout: 60_000 });

/** A number with its derivatives towards all names. */
interface Dual {
  readonly value: number;
  readonly slopes: ReadonlyMap<string, number>;
}
type Build = (given: ReadonlyMap<string, number>) => Dual;
interface Typed {
  readonly text: string;
  readonly value: Build;
}

const chain = (value: number, parts: readonly (readonly [Dual, number])[]): Dual => {
  const slopes = new Map<string, number>();
  for (const [dual, factor] of parts) {
    for (const [name, slope] of dual.slopes) slopes.set(name, (slopes.get(name) ?? 0) + factor * slope);
  }
  return { value, slopes };
};

/** A random text and what it means, made together: the meaning is never read from the text. */
class Writer {
  readonly #next: () => number;
  readonly names = ['a', 'b', 'りんご', 'x₁'];
  readonly #shared: Typed[] = [];
  readonly lines: string[] = [];

  constructor(seed: number) {
    this.#next = random(seed);
  }

  program(): Typed {
    for (let i = 0; i < 2; i += 1) {
      const { text, value } = this.expression(2);
      this.lines.push(`s${i} = ${text}`);
      this.#shared.push({ text: `s${i}`, value });
    }
    return this.expression(4);
  }

  expression(depth: number): Typed {
    if (depth === 0 || this.#next() < 0.12) return this.#atom();
    const x = this.expression(depth - 1);
    const y = this.expression(depth - 1);
    const space = this.#next() < 0.5 ? ' ' : '';
    const both = (sign: string, f: (a: Dual, b: Dual) => Dual): Typed => ({
      text: `(${x.text}${space}${sign}${space}${y.text})`,
      value: (given) => f(x.value(given), y.value(given)),
    });
    const one = (text: string, f: (a: number) => readonly [number, number]): Typed => ({
      text,
      value: (given) => {
        const inner = x.value(given);
        const [value, slope] = f(inner.value);
        return chain(value, [[inner, slope]]);
      },
    });
    switch (Math.floor(this.#next() * 11)) {
      case 0:
      case 1:
        return both('+', (a, b) => chain(a.value + b.value, [[a, 1], [b, 1]])); // prettier-ignore
      case 2:
        return both(this.#next() < 0.5 ? '-' : '−', (a, b) => chain(a.value - b.value, [[a, 1], [b, -1]])); // prettier-ignore
      case 3:
      case 4:
        return both(this.#next() < 0.5 ? '*' : '×', (a, b) => chain(a.value * b.value, [[a, b.value], [b, a.value]])); // prettier-ignore
      case 5:
        // 1.5 + y²: never 0.
        return {
          text: `${x.text} / (1.5 + ${this.#raised(y.text)})`,
          value: (given) => {
            const [a, b] = [x.value(given), y.value(given)];
            const under = 1.5 + b.value ** 2;
            return chain(a.value / under, [[a, 1 / under], [b, (-2 * b.value * a.value) / under ** 2]]); // prettier-ignore
          },
        };
      case 6:
        return one(`(-${this.#raised(x.text)})`, (a) => [-(a ** 2), -2 * a]);
      case 7:
        return one(`tanh(${x.text})`, (a) => [Math.tanh(a), 1 - Math.tanh(a) ** 2]);
      case 8:
        return one(`Sigmoid( ${x.text} )`, (a) => {
          const y = 1 / (1 + Math.exp(-a));
          return [y, y * (1 - y)];
        });
      case 9:
        return one(`ln(1 + exp(${x.text}))`, (a) => [Math.log(1 + Math.exp(a)), 1 / (1 + Math.exp(-a))]);
      default:
        return one(`3(${x.text})`, (a) => [3 * a, 3]);
    }
  }

  #raised(text: string): string {
    return this.#next() < 0.5 ? `(${text})^2` : `(${text})²`;
  }

  #atom(): Typed {
    const kind = this.#next();
    const shared = this.#shared[Math.floor(this.#next() * this.#shared.length)];
    if (kind < 0.25 && shared) return shared;
    if (kind < 0.35) {
      const number = Math.round(this.#next() * 100) / 50 - 1;
      return { text: `(${number})`, value: () => ({ value: number, slopes: new Map() }) };
    }
    const name = this.names[Math.floor(this.#next() * this.names.length)] ?? 'a';
    return { text: name, value: (given) => ({ value: given.get(name) ?? NaN, slopes: new Map([[name, 1]]) }) };
  }
}

it('60 random programs give the values and gradients that they mean', () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const writer = new Writer(seed);
    const { text, value } = writer.program();
    const next = random(1000 + seed);
    const given = new Map(writer.names.map((name) => [name, Math.round((2 * next() - 1) * 1000) / 1000]));
    const values = [...given].map(([name, number]) => `${name} = ${number}`);
    const source = [...values, ...writer.lines, `L = ${text} + 0a + 0b`].join(seed % 2 ? '\n' : '; ');
    const wanted = value(given);
    const graph = engine.graph(graphOf(source));
    graph.backward();
    expect(graph.value('L').data[0], source).toBeCloseTo(wanted.value, 9);
    for (const name of writer.names)
      expect(graph.grad(name).data[0], source).toBeCloseTo(wanted.slopes.get(name) ?? 0, 8);
    graph.dispose();
  }
});

describe('programs of arrays, against TensorFlow.js', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  const X = [[1, -2, 0.5], [0.3, 0.8, -1.1]]; // prettier-ignore
  const W = [[0.2, -0.4], [0.7, 0.1], [-0.3, 0.9]]; // prettier-ignore
  const head = 'X = [1, -2, 0.5; 0.3, 0.8, -1.1]; param W = [0.2, -0.4; 0.7, 0.1; -0.3, 0.9]; ';
  it.each<[string, (x: tf.Tensor2D, w: tf.Tensor2D) => tf.Tensor]>([
    ['L = sum((X @ W)^2)', (x, w) => tf.sum(tf.square(tf.matMul(x, w)))],
    ['L = mean(relu(X · W))', (x, w) => tf.mean(tf.relu(tf.matMul(x, w)))],
    ['z = X @ W + [1, 2]; L = mean_squared_error(z, [0, 1; 1, 0])', (x, w) => tf.mean(tf.square(tf.sub(tf.add(tf.matMul(x, w), [1, 2]), [[0, 1], [1, 0]])))], // prettier-ignore
    ['t = [1, 0]; L = SoftmaxWithLoss(X @ W, t)', (x, w) => tf.neg(tf.mean(tf.sum(tf.mul([[0, 1], [1, 0]], tf.logSoftmax(tf.matMul(x, w))), -1)))], // prettier-ignore
    ['L = sum(exp(sum(X, axis=0)) × [1, 2, 3]) + sum(W)', (x, w) => tf.add(tf.sum(tf.mul(tf.exp(tf.sum(x, 0)), [1, 2, 3])), tf.sum(w))],
    ['f(u) = tanh(u)^3 - u/2; L = sum(f(X)) × mean(f(W))', (x, w) => {
      const f = (u: tf.Tensor) => tf.sub(tf.pow(tf.tanh(u), 3), tf.div(u, 2));
      return tf.mul(tf.sum(f(x)), tf.mean(f(w)));
    }],
  ])('%s', (source, f) => {
    const { value, grads } = tf.valueAndGrads((x, w) => f(x as tf.Tensor2D, w as tf.Tensor2D) as tf.Scalar)([tf.tensor2d(X), tf.tensor2d(W)]);
    const graph = engine.graph(graphOf(head + source));
    graph.backward();
    expect(graph.value('L').data[0]).toBeCloseTo(value.dataSync()[0] ?? NaN, 4);
    ['X', 'W'].forEach((name, i) => {
      const theirs = [...(grads[i]?.dataSync() ?? [])];
      graph.grad(name).data.forEach((ours, at) => expect(ours, name).toBeCloseTo(theirs[at] ?? NaN, 4));
    });
    graph.dispose();
  }); // prettier-ignore
});
