import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../../web/i18n/en';
import { findPreset } from '../../../web/presets';
import type { GraphDocument, OpInfo } from '../../../web/shared/api';
import { nodeWords } from '../../../web/steps/node-words';
import { panel } from '../../../web/steps/panel';
import { meeting, pickedIndex, type Product } from '../../../web/steps/product';
import { spoken } from '../../../web/steps/spoken';
import { realEngine, type RealEngine } from '../support/real-engine';

let engine: RealEngine;
let ops: readonly OpInfo[];
beforeAll(async () => {
  engine = await realEngine();
  ({ ops } = await engine.call('engine.info'));
});

async function productsOf(document: GraphDocument, step: number): Promise<(Product | null)[]> {
  const info = await engine.call('graph.open', document);
  const frame = await engine.call('graph.seek', info.graph, step);
  const shown = panel({ info, frame, words: nodeWords(info, ops), dictionary: en });
  return shown?.blocks.map(({ product }) => product) ?? [];
}

const document = (id: string): GraphDocument => {
  const preset = findPreset(id);
  if (preset === undefined) throw new Error(`no example "${id}"`);
  return preset.document;
};
const sizes = ({ left, right, result }: Product) => [left, right, result].map(({ rows, columns }) => [rows, columns]);

/** Every element of the result is the sum of the pairs that meet in it: what the picture writes is what the engine computed. */
function checkMeetings(product: Product): void {
  for (let row = 0; row < product.result.rows; row += 1) {
    for (let column = 0; column < product.result.columns; column += 1) {
      const { pairs, bias, result } = meeting(product, row, column);
      const sum = pairs.reduce((total, [a, b]) => total + a * b, bias ?? 0);
      expect(Math.abs(sum - result)).toBeLessThan(1e-9);
    }
  }
}

describe('a product of matrices', () => {
  it('has the row and the column that meet in an element: forward with the bias', async () => {
    const [product] = await productsOf(document('affine-layer'), 1);
    expect(sizes(product!)).toEqual([
      [2, 2],
      [2, 3],
      [2, 3],
    ]);
    expect(meeting(product!, 1, 2)).toEqual({
      pairs: [
        [5, 1],
        [5, 1],
      ],
      bias: 3,
      result: 13,
    });
    checkMeetings(product!);
  });

  it('backward is dY · Wᵀ and Xᵀ · dY', async () => {
    const [toX, toW, toB] = await productsOf(document('affine-layer'), 3);
    expect(toB).toBeNull();
    expect(sizes(toX!)).toEqual([
      [2, 3],
      [3, 2],
      [2, 2],
    ]);
    expect(spoken(toX!.right.name)).toBe('W^T');
    expect(sizes(toW!)).toEqual([
      [2, 2],
      [2, 3],
      [2, 3],
    ]);
    checkMeetings(toX!);
    checkMeetings(toW!);
  });

  it('takes a vector for a row on the left and a column on the right', async () => {
    const graph: GraphDocument = {
      format: 'backprop-graph',
      version: 1,
      nodes: [
        {
          id: 'W',
          op: 'parameter',
          value: [
            [1, 2, 3],
            [4, 5, 6],
          ],
        },
        { id: 'v', op: 'input', value: [1, 0, -1] },
        { id: 'y', op: 'matmul', inputs: ['W', 'v'] },
      ],
      seed: [2, 3],
    };
    const [forward] = await productsOf(graph, 1);
    expect(sizes(forward!)).toEqual([
      [2, 3],
      [3, 1],
      [2, 1],
    ]);
    checkMeetings(forward!);
    for (const product of await productsOf(graph, 3)) checkMeetings(product!);
  });

  it('knows whose element a cell is, also in a transposed matrix', async () => {
    const [toX] = await productsOf(document('affine-layer'), 3);
    const { pick, rows, columns } = toX!.right;
    expect(pick).toEqual({ id: 'W', of: 'value', shape: [2, 3], transposed: true });
    // Row 3, column 1 of Wᵀ is row 1, column 3 of W.
    expect(pickedIndex(pick!, 2, 0, rows, columns)).toEqual([0, 2]);
    expect(toX!.result.pick).toEqual({ id: 'X', of: 'grad', shape: [2, 2], transposed: false });
  });

  it('is not drawn for element-wise rules', async () => {
    expect(await productsOf(document('apple'), 5)).toEqual([null, null]);
  });
});

describe('gradients that meet', () => {
  const thrice: GraphDocument = {
    format: 'backprop-graph',
    version: 1,
    nodes: [
      { id: 'x', op: 'input', value: 3 },
      { id: 'a', op: 'mul', inputs: ['x', 'x'] },
      { id: 'b', op: 'mul', inputs: ['a', 'x'] },
    ],
  };
  async function sums(step: number): Promise<string[]> {
    const info = await engine.call('graph.open', thrice);
    const frame = await engine.call('graph.seek', info.graph, step);
    const shown = panel({ info, frame, words: nodeWords(info, ops), dictionary: en });
    return (shown?.blocks ?? []).flatMap(({ lines }) =>
      lines.filter(({ kind }) => kind === 'sum').map(({ right }) => spoken(right)),
    );
  }

  it('show what is still missing as the step that brings it, and the whole sum at the end', async () => {
    expect(await sums(4)).toEqual(['9 + step 5 + step 5']);
    expect(await sums(5)).toEqual(['9 + 9 = 18', '9 + 9 + 9 = 27']);
  });
});

describe('second looks', () => {
  const notesAt = async (nodes: GraphDocument['nodes'], step: number): Promise<readonly string[]> => {
    const info = await engine.call('graph.open', { format: 'backprop-graph', version: 1, nodes });
    const frame = await engine.call('graph.seek', info.graph, step);
    const shown = panel({ info, frame, words: nodeWords(info, ops), dictionary: en });
    return shown?.blocks.flatMap(({ notes }) => notes) ?? [];
  };
  const through = (op: string, value: number | number[]): GraphDocument['nodes'] => [
    { id: 'x', op: 'input', value },
    { id: 'y', op, inputs: ['x'] },
  ];

  it('at the kink of ReLU, and where it is closed', async () => {
    expect(await notesAt(through('relu', 0), 1)).toEqual([en.steps.atKink.replace('{op}', 'ReLU')]);
    expect(await notesAt(through('relu', -1), 3)).toEqual([en.steps.closedOne]);
    expect((await notesAt(through('relu', [1, -2, 0, 3]), 3)).at(-1)).toMatch(/^2 of 4 inputs/);
    expect(await notesAt(through('relu', 2), 3)).toEqual([]);
  });

  it('where a curve is flat', async () => {
    expect(await notesAt(through('sigmoid', 8), 3)).toEqual([
      'The input lies on the flat part of the curve: the local derivative is only 3.352×10⁻⁴, and the gradient all but stops here.',
    ]);
    expect((await notesAt(through('tanh', [0, 9]), 3)).at(-1)).toMatch(/^1 of 2 elements .* below 0\.02,/);
    expect(await notesAt(through('sigmoid', 0), 3)).toEqual([]);
  });
});
