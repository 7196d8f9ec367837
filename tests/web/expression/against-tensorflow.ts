import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { engine } from '../engine/support/engine';
import { graphOf } from './support';

export type T = tf.Tensor;
export type Given = Readonly<Record<string, number | number[] | number[][] | number[][][][]>>;
/** A text without values, the values of its names, and the same computation for TensorFlow.js. */
export type Typed = readonly [source: string, given: Given, f: (...x: T[]) => T];

const written = (value: Given[string]): string => JSON.stringify(value);

/** Value and gradients of a text against TensorFlow.js: with the values before or after it, or kept by the graph on show. */
export function compare([source, given, f]: Typed, i: number): void {
  const names = Object.keys(given);
  const values = Object.entries(given).map(([name, value]) => `${name} = ${written(value)}`);
  const wanted = tf.valueAndGrads((...x: T[]) => f(...x).asScalar())(
    Object.values(given).map((value) => tf.tensor(value)),
  );
  const near = (ours: number, theirs: number, what: string): void =>
    expect(Math.abs(ours - theirs), `${what}: ${ours} ${theirs}`).toBeLessThan(2e-4 * Math.max(1, Math.abs(theirs)));
  const whole = i % 2 ? [...values, source].join('; ') : [source, ...values].join('\n');
  const before = graphOf([...values, names.length > 1 ? `\`${names[0]}\`` : names[0]].join('\n'));
  for (const document of [graphOf(whole), graphOf(source, before)]) {
    const graph = engine.graph(document);
    graph.backward();
    near(graph.value(document.output ?? '').data[0] ?? NaN, wanted.value.dataSync()[0] ?? NaN, 'value');
    names.forEach((name, at) => {
      const theirs = [...(wanted.grads[at]?.dataSync() ?? [])];
      expect(graph.grad(name).data).toHaveLength(theirs.length);
      graph.grad(name).data.forEach((x, k) => near(x, theirs[k] ?? NaN, `∂${name}`));
    });
    graph.dispose();
  }
}
