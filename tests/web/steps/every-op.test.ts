import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../../web/i18n/en';
import { ja } from '../../../web/i18n/ja';
import { zh } from '../../../web/i18n/zh';
import type { DocumentNode, GraphDocument, NestedNumbers, OpInfo } from '../../../web/shared/api';
import { nodeWords } from '../../../web/steps/node-words';
import { panel } from '../../../web/steps/panel';
import { textOf } from '../../../web/steps/rich-text';
import { sentence } from '../../../web/steps/sentence';
import { spoken } from '../../../web/steps/spoken';
import { realEngine, type RealEngine } from '../support/real-engine';

// Every op of the catalogue, small and large, through the real engine: what a reader is told of each of its steps.

const dictionaries = { en, zh, ja };
let engine: RealEngine;
let ops: readonly OpInfo[];
beforeAll(async () => {
  engine = await realEngine();
  ({ ops } = await engine.call('engine.info'));
});

type Shapes = readonly (readonly number[])[];
interface Use {
  readonly small: Shapes;
  readonly large: Shapes;
  readonly attrs?: DocumentNode['attrs'];
}

const elementwise: Use = { small: [[]], large: [[6, 8]] };
const pair: Use = { small: [[], []], large: [[6, 8], [8]] };
const pooling: Use = { small: [[1, 1, 2, 2]], large: [[2, 3, 8, 8]], attrs: { size: 2 } };
const channels = (extent: number): Shapes => [[extent], [extent], [extent], [extent]];
const uses: Readonly<Record<string, Use>> = {
  add: pair,
  sub: pair,
  mul: pair,
  div: pair,
  pow: pair,
  maximum: pair,
  minimum: pair,
  sum: { small: [[3]], large: [[6, 8]] },
  mean: { small: [[3]], large: [[6, 8]], attrs: { axis: 0 } },
  max: { small: [[3]], large: [[6, 8]], attrs: { axis: 0, keepdims: true } },
  matmul: {
    small: [
      [2, 2],
      [2, 3],
    ],
    large: [
      [6, 20],
      [20, 9],
    ],
  },
  affine: { small: [[2], [2, 3], [3]], large: [[6, 20], [20, 9], [9]] },
  conv2d: {
    small: [[1, 1, 3, 3], [1, 1, 2, 2], [1]],
    large: [[2, 3, 9, 9], [4, 3, 3, 3], [4]],
    attrs: { pad: 1 },
  },
  max_pool2d: pooling,
  avg_pool2d: pooling,
  batch_norm: { small: [[3, 2], ...channels(2)], large: [[4, 3, 6, 6], ...channels(3)] },
  layer_norm: { small: [[2, 2], [2], [2]], large: [[6, 16], [16], [16]] },
  dropout: { small: [[4]], large: [[6, 16]], attrs: { seed: 3 } },
  reshape: { small: [[4]], large: [[6, 16]], attrs: { shape: [2, -1] } },
  flatten: { small: [[2, 2]], large: [[4, 3, 5]] },
  transpose: { small: [[2, 3]], large: [[6, 16]] },
  concat: {
    small: [[2], [1], [3]],
    large: [
      [6, 8],
      [6, 8],
      [6, 8],
    ],
  },
  one_hot: { small: [[]], large: [[20]], attrs: { classes: 10 } },
  softmax: { small: [[3]], large: [[6, 16]] },
  log_softmax: { small: [[3]], large: [[6, 16]] },
  softmax_with_loss: { small: [[3], []], large: [[20, 10], [20]] },
  sigmoid_with_loss: {
    small: [[], []],
    large: [
      [20, 3],
      [20, 3],
    ],
  },
  mean_squared_error: {
    small: [[2], [2]],
    large: [
      [20, 3],
      [20, 3],
    ],
  },
};

/** 0.3, 0.7, 0.1, …: all above 0 and below 1, no two neighbours alike. */
function filled(shape: readonly number[], next: () => number): NestedNumbers {
  const [extent, ...rest] = shape;
  return extent === undefined ? next() : Array.from({ length: extent }, () => filled(rest, next));
}

function documentOf(op: OpInfo, shapes: Shapes, attrs: DocumentNode['attrs']): GraphDocument {
  let count = 0;
  const labels = op.name === 'softmax_with_loss' ? 1 : op.name === 'one_hot' ? 0 : -1;
  const inputs = shapes.map((_, slot) => `in${slot}`);
  const leaves = shapes.map((shape, slot): DocumentNode => {
    const next = () => (slot === labels ? 1 : ((count += 7) % 10) / 10 + 0.05);
    return { id: `in${slot}`, op: slot === 1 ? 'parameter' : 'input', value: filled(shape, next) };
  });
  const node: DocumentNode = { id: 'out', op: op.name, inputs, ...(attrs && { attrs }) };
  return { format: 'backprop-graph', version: 1, nodes: [...leaves, node], output: 'out' };
}

describe.each(['small', 'large'] as const)('every op of the catalogue, %s', (size) => {
  it('has an example here', () => {
    for (const { name, category, inputs } of ops) {
      if (category !== 'leaf' && !(name in uses)) expect([name, inputs.length]).toEqual([name, 1]);
    }
  });

  it.each(['en', 'zh', 'ja'] as const)(
    'has a sentence and a panel without a gap at every step: %s',
    async (language) => {
      const dictionary = dictionaries[language];
      for (const op of ops) {
        if (op.category === 'leaf') continue;
        const use = uses[op.name] ?? elementwise;
        const info = await engine.call('graph.open', documentOf(op, use[size], use.attrs));
        const words = nodeWords(info, ops);
        expect(info.steps).toBe(3);
        for (let step = 0; step <= info.steps; step += 1) {
          const where = `${op.name}, step ${step}`;
          const frame = await engine.call('graph.seek', info.graph, step);
          const said = textOf(sentence({ info, frame, words, dictionary }));
          expect(said, where).not.toMatch(/[{}*]|undefined|null|NaN/);
          // Before the first step, and where an op sends nothing back, there is no rule to show.
          const sends = op.inputs.filter(({ differentiable }) => differentiable).length;
          if (step === 0 || (step === 3 && sends === 0)) continue;
          const shown = panel({ info, frame, words, dictionary });
          expect(shown?.heading, where).toMatch(/\S/);
          expect(shown?.heading, where).not.toMatch(/[{}]|undefined/);
          const blocks = shown?.blocks ?? [];
          const extra = op.variadic ? use[size].length - op.inputs.length : 0;
          expect(blocks, where).toHaveLength(step === 3 ? sends + extra : 1);
          for (const { lines, large, title } of blocks) {
            expect(title, where).toMatch(/\S/);
            expect(lines.length + large.length, where).toBeGreaterThan(0);
            for (const { left, right } of lines) {
              for (const side of [left, right]) {
                if (side !== null) expect(spoken(side), where).not.toMatch(/undefined|NaN|gamma|running|\\|^$/);
              }
            }
          }
        }
        await engine.call('graph.close', info.graph);
      }
    },
    60_000,
  );
});

describe('the names of inputs', () => {
  it('are symbols: Greek letters, and a number for each input of an op that takes many', async () => {
    const says = async (name: string) => {
      const op = ops.find((each) => each.name === name);
      const use = uses[name];
      if (!op || !use) throw new Error(name);
      const info = await engine.call('graph.open', documentOf(op, use.small, use.attrs));
      const frame = await engine.call('graph.seek', info.graph, 3);
      const shown = panel({ info, frame, words: nodeWords(info, ops), dictionary: en });
      return (shown?.blocks ?? []).map(({ lines }) => spoken(lines[0]?.left ?? { tag: 'mi', text: '' }));
    };
    expect(await says('batch_norm')).toEqual(['∂L/∂X', '∂L/∂γ', '∂L/∂β']);
    expect(await says('concat')).toEqual(['∂L/∂x1', '∂L/∂x2', '∂L/∂x3']);
  });
});
