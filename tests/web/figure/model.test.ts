import { describe, expect, it } from 'vitest';
import { desktop } from '../../../web/figure/measures';
import { foldedSymbol } from '../../../web/figure/fold';
import { figureModel, type FigureModel } from '../../../web/figure/model';
import { estimateText, wrapLabel } from '../../../web/figure/text-width';
import { formatNumber } from '../../../web/page/format';
import type { GraphInfo } from '../../../web/shared/protocol';
import * as graphs from './support/graphs';

const model = (info: GraphInfo, fold = false): FigureModel =>
  figureModel(info, {
    ops: graphs.ops,
    names: (id) => id,
    measures: desktop,
    measureText: estimateText,
    maps: fold,
    foldParameters: fold,
    formatNumber,
  });

describe('constants', () => {
  it('are written into the operator: sigmoid has one wire, as in the book', () => {
    const { nodes } = model(graphs.sigmoidGraph);
    expect(nodes.map(({ id, symbol }) => [id, symbol])).toEqual([
      ['x', ''],
      ['n', '×−1'],
      ['e', 'exp'],
      ['p', '+1'],
      ['y', '/'],
    ]);
  });

  it.each([
    ['mul', 1, 2, '×2'],
    ['mul', 0, 1.1, '×1.1'],
    ['add', 1, 1, '+1'],
    ['add', 0, -2, '+(−2)'],
    ['sub', 1, 3, '−3'],
    ['sub', 0, 1, '1−'],
    ['div', 1, 4, '÷4'],
    ['div', 0, 1, '/'],
    ['div', 0, 2, '2/'],
  ] as const)('%s with slot %i = %d reads %s', (op, slot, value, symbol) => {
    expect(foldedSymbol(op, slot, value, formatNumber)).toBe(symbol);
  });

  it('stay visible where a tensor or an operator of another kind takes them', () => {
    const info = graphs.infoOf([
      { id: 'c', op: 'constant', value: [1, 2] },
      { id: 'k', op: 'constant', value: 2 },
      { id: 'x', op: 'input', value: [3, 4] },
      { id: 'y', op: 'mul', inputs: ['x', 'c'] },
      { id: 'z', op: 'exp', inputs: ['k'] },
    ]);
    expect(model(info).folded.size).toBe(0);
  });

  it('stay visible when only some of their uses fold, and when both inputs are constant', () => {
    const info = graphs.infoOf([
      { id: 'k', op: 'constant', value: 2 },
      { id: 'x', op: 'input', value: 3 },
      { id: 'y', op: 'mul', inputs: ['x', 'k'] },
      { id: 'z', op: 'exp', inputs: ['k'] },
      { id: 'w', op: 'mul', inputs: ['k', 'k'] },
    ]);
    const { folded, byId } = model(info);
    expect(folded.size).toBe(0);
    expect(byId.get('y')!.feeds).toHaveLength(2);
  });
});

describe('layers', () => {
  it('hold their weights and the target: the digit network is one row of boxes', () => {
    const { nodes } = model(graphs.digits, true);
    expect(nodes.map(({ id }) => id)).toEqual(['x', 'a1', 'h', 'a2', 'loss']);
    expect(nodes.map(({ subtitle }) => subtitle)).toEqual(['', '784 × 50', '50', '50 × 10', '10']);
    expect(nodes.map(({ hasParameters }) => hasParameters)).toEqual([false, true, false, true, false]);
  });

  it('show weights as inputs when asked to', () => {
    expect(model(graphs.affineLayer).nodes.map(({ id }) => id)).toEqual(['X', 'W', 'B', 'Y']);
  });

  it('are boxes and operators are circles', () => {
    const { byId } = model(graphs.affineParts);
    expect(byId.get('XW')!.shape).toBe('circle');
    expect(model(graphs.affineLayer).byId.get('Y')!.shape).toBe('box');
  });
});

describe('contributions', () => {
  it('count the slots along which a gradient comes back', () => {
    expect(model(graphs.twice).byId.get('x')!.contributions).toBe(2);
    expect(model(graphs.softmaxLoss).byId.get('t')!.contributions).toBe(0);
  });

  it('reserve a line each, and one for the sum', () => {
    const one = model(graphs.squareOfSum).byId.get('x')!.extent.below;
    expect(model(graphs.twice).byId.get('x')!.extent.below).toBe(one + 2 * 27);
  });
});

describe('labels', () => {
  const width = (line: string): number => line.length * 8;

  it('wrap in two even lines at a space', () => {
    expect(wrapLabel('number of oranges', 100, width)).toEqual(['number of', 'oranges']);
    expect(wrapLabel('tax', 100, width)).toEqual(['tax']);
  });

  it('wrap anywhere in Chinese and Japanese, and never lose a character', () => {
    const lines = wrapLabel('リンゴの個数と値段', 40, width);
    expect(lines).toHaveLength(2);
    expect(lines.join('')).toBe('リンゴの個数と値段');
  });

  it('stay whole where they cannot be broken', () => {
    expect(wrapLabel('unbreakable', 20, width)).toEqual(['unbreakable']);
  });
});
