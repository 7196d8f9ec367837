/** Nothing is left behind: ten thousand graphs made, asked and disposed leave the heap where it was. */
import { expect, it } from 'vitest';
import { loadCore } from '../../../web/engine/load';
import { CoreGraph } from '../../../web/engine/graph';
import { apple, document } from './support/engine';

it('ten thousand graphs leave the heap where it was', async () => {
  const core = await loadCore();
  const net = document([
    { id: 'x', op: 'input', value: [[0.1, -0.7]] },
    {
      id: 'W',
      op: 'parameter',
      value: [
        [0.2, 0.3],
        [-1, 1],
      ],
    },
    { id: 'b', op: 'parameter', value: [0.1, 0.2] },
    { id: 'a', op: 'affine', inputs: ['x', 'W', 'b'] },
    { id: 'y', op: 'softmax', inputs: ['a'] },
    { id: 'm', op: 'mean', inputs: ['y'] },
  ]);
  const texts = [apple, net].map((each) => JSON.stringify(each));
  const once = (i: number): void => {
    const graph = new CoreGraph(core, core.graphOpen(texts[i % 2] as string, i % 3 === 0 ? 'float32' : 'float64'));
    graph.backward();
    if (i % 10 === 0) {
      graph.checkGradients();
      graph.paths(i % 2 === 0 ? 'apple' : 'x');
      graph.memory();
      graph.nonFinite();
      graph.tangents({});
      if (i % 2 === 1) graph.opened('y');
    }
    // Refusals on the way leave nothing either.
    if (i % 50 === 0) expect(() => graph.value('pear')).toThrow();
    graph.dispose();
  };
  for (let i = 0; i < 300; i++) once(i);
  const before = core.memory();
  expect(before.objects).toBe(0);
  for (let i = 0; i < 10_000; i++) once(i);
  expect(core.memory()).toEqual(before);
}, 120_000);
