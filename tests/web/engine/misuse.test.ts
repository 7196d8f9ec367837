import { describe, expect, it } from 'vitest';
import {
  BackpropError,
  type Dataset,
  type GraphDocument,
  type NetworkSpec,
  type TrainOptions,
} from '../../../web/engine';
import { engine } from './support/engine';

/** What a program without types may hand over. */
const THINGS: readonly unknown[] = [
  undefined,
  0,
  -1,
  Number.NaN,
  1e99,
  'x',
  '',
  {},
  [],
  [1, 2],
  new Float32Array(3),
  new Uint8Array(2),
  true,
  () => 1,
  10n,
];

const document: GraphDocument = {
  format: 'backprop-graph',
  version: 1,
  nodes: [
    { id: 'a', op: 'input', value: 2 },
    { id: 'b', op: 'input', value: [1, 2] },
    { id: 'c', op: 'mul', inputs: ['a', 'b'] },
  ],
};
const spec: NetworkSpec = { input: [4], layers: [{ type: 'affine', units: 3 }], loss: 'softmax_with_loss' };
const data: Dataset = { images: new Float32Array(8), labels: new Uint8Array(2) };
const options: TrainOptions = { optimizer: 'sgd', learningRate: 0.1, batchSize: 1, iterations: 1 };

type Call = (thing: never) => unknown;

/** What is thrown that is no refusal, as lines of text. */
async function faults(calls: Record<string, Call>): Promise<string[]> {
  const found: string[] = [];
  for (const [name, call] of Object.entries(calls)) {
    for (const thing of THINGS) {
      try {
        await call(thing as never);
      } catch (error) {
        if (error instanceof BackpropError && error.code !== 'Internal') continue;
        found.push(`${name} of ${typeof thing} ${String(thing)}: ${String(error)}`);
      }
    }
  }
  return found;
}

describe('whatever a program without types hands over, it is answered or refused with a sentence', () => {
  it('by graphs', async () => {
    const graph = engine.graph(document);
    const calls: Record<string, Call> = {
      open: (thing) => engine.graph(thing),
      dtype: (thing) => engine.graph(document, { dtype: thing }),
      set: (thing) => graph.set(thing, 1),
      value: (thing) => graph.set('a', thing),
      read: (thing) => graph.value(thing),
      forward: (thing) => graph.forward(thing),
      backward: (thing) => graph.backward('c', thing),
      seek: (thing) => graph.seek(thing),
      check: (thing) => graph.checkGradients(thing),
      checkStep: (thing) => graph.checkGradients('c', { h: thing }),
      checkCurve: (thing) => graph.checkCurve('a', thing),
      nudge: (thing) => graph.nudge('a', [], thing),
      nudgeCurve: (thing) => graph.nudgeCurve('a', [], thing),
      tangents: (thing) => graph.tangents(thing),
      direction: (thing) => graph.tangents({ a: thing }),
      paths: (thing) => graph.paths(thing),
      lens: (thing) => graph.lens('c', thing, 'value'),
      opened: (thing) => graph.opened(thing),
      closed: (thing) => graph.closed(thing),
    };
    expect(await faults(calls)).toEqual([]);
    graph.dispose();
  });

  it('by networks and training', { timeout: 60_000 }, async () => {
    const network = engine.network(spec);
    const calls: Record<string, Call> = {
      open: (thing) => engine.network(thing),
      seed: (thing) => engine.network(spec, { seed: thing }),
      preset: (thing) => engine.networkSpec(thing),
      load: (thing) => engine.loadNetwork(thing),
      weights: (thing) => network.loadWeights(thing),
      predict: (thing) => network.predict(thing, 1),
      count: (thing) => network.predict(new Float32Array(4), thing),
      evaluate: (thing) => network.evaluate(thing),
      train: (thing) => network.train(thing, options),
    };
    for (const key of ['images', 'labels', 'targets', 'count', 'shape'])
      calls[`data ${key}`] = (thing) => network.train({ ...data, [key]: thing }, options);
    for (const key of [
      'optimizer',
      'learningRate',
      'batchSize',
      'seed',
      'momentum',
      'schedule',
      'weightDecay',
      'clipNorm',
    ])
      calls[`option ${key}`] = (thing) => network.train(data, { ...options, [key]: thing });
    expect(await faults(calls)).toEqual([]);
    network.dispose();
  });

  it('by drawings and files', async () => {
    const calls: Record<string, Call> = {
      rasterize: (thing) => engine.rasterize(thing),
      stroke: (thing) => engine.rasterize([thing]),
      sample: (thing) => engine.sampleStrokes(thing, 1),
      handwriting: (thing) => engine.handwriting({ seed: thing, count: 1 }),
      idx: (thing) => engine.readIdx(thing),
    };
    expect(await faults(calls)).toEqual([]);
  });
});
