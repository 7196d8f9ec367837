import { describe, expect, it } from 'vitest';
import { newNode, search, typedLeaf } from '../../../web/editor/catalogue';
import type { OpInfo } from '../../../web/shared/api';
import { realEngine } from '../support/real-engine';

const { ops } = await (await realEngine()).call('engine.info');
const op = (name: string): OpInfo => ops.find((each) => each.name === name)!;
const choices = ops.map((each) => ({ op: each, title: each.title }));
const first = (text: string): string | undefined => search(choices, text)[0]?.op.name;

describe('the search of the palette', () => {
  it('finds ops by symbol, name and beginning', () => {
    expect(first('*')).toBe('mul');
    expect(first('×')).toBe('mul');
    expect(first('+')).toBe('add');
    expect(first('exp')).toBe('exp');
    expect(first('Affi')).toBe('affine');
    expect(first('softmax with')).toBe('softmax_with_loss');
    expect(first('ＥＸＰ')).toBe('exp');
    expect(first('loss')).toBe('softmax_with_loss');
  });

  it('finds nothing for nonsense and everything for nothing', () => {
    expect(search(choices, 'qqqq')).toEqual([]);
    expect(search(choices, ' ')).toHaveLength(ops.length);
  });
});

describe('new nodes', () => {
  it('of every op of the catalogue are taken by the engine once their slots are fed', async () => {
    const engine = await realEngine();
    const tried: string[] = [];
    for (const each of ops) {
      const node = newNode(each, 'n');
      if (each.category === 'leaf') {
        const info = await engine.call('graph.open', { format: 'backprop-graph', version: 1, nodes: [node] });
        expect(info.nodes).toHaveLength(1);
        continue;
      }
      expect(node.inputs).toHaveLength(each.inputs.length);
      // Whatever shapes the op wants, its attributes are complete: an error may speak of shapes and values only. (Vectors for concat:
      // a scalar has no axis to join along.)
      const value = each.name === 'concat' ? [1] : 1;
      const leaves = node.inputs!.map((_, i) => ({ id: `i${i}`, op: 'input', value }));
      await engine
        .call('graph.open', {
          format: 'backprop-graph',
          version: 1,
          nodes: [...leaves, { ...node, inputs: leaves.map(({ id }) => id) }],
        })
        .then(
          () => tried.push(each.name),
          (error: { code: string; message: string }) =>
            expect(['ShapeMismatch', 'InvalidValue', 'OutOfRange'], `${each.name}: ${error.message}`).toContain(
              error.code,
            ),
        );
    }
    expect(tried).toContain('mul');
    expect(tried).toContain('pow');
  });

  it('a leaf starts with a number', () => {
    expect(newNode(op('parameter'), 'w')).toEqual({ id: 'w', op: 'parameter', value: 1 });
  });
});

describe('a leaf that is typed', () => {
  it.each([
    ['100', { name: null, value: 100 }],
    ['tax = 1.1', { name: 'tax', value: 1.1 }],
    ['税 ＝ −.5', { name: '税', value: -0.5 }],
    ['price of an apple=1e2', { name: 'price of an apple', value: 100 }],
    [
      'W = [[1, 2], [3, .4]]',
      {
        name: 'W',
        value: [
          [1, 2],
          [3, 0.4],
        ],
      },
    ],
  ])('%s', (text, leaf) => {
    expect(typedLeaf(text)).toEqual(leaf);
  });

  it.each(['mul', 'x', 'x = y', '[1, [2]]', '[]', '1e999', '1; alert(1)', 'x = '])('%s is none', (text) => {
    expect(typedLeaf(text)).toBeNull();
  });
});
