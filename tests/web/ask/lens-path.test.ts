import { beforeAll, describe, expect, it } from 'vitest';
import { decodeLenses, type Element, elementOf, elementText, encodeLenses, isMade } from '../../../web/ask/lens-path';
import { lensWords } from '../../../web/ask/lens-words';
import { findPreset } from '../../../web/presets';
import type { OpInfo } from '../../../web/shared/api';
import type { GraphInfo } from '../../../web/shared/protocol';
import { nodeWords } from '../../../web/steps/node-words';
import { realEngine, type RealEngine } from '../support/real-engine';

let engine: RealEngine;
let ops: readonly OpInfo[];
beforeAll(async () => {
  engine = await realEngine();
  ({ ops } = await engine.call('engine.info'));
});

async function opened(id: string): Promise<GraphInfo> {
  const preset = findPreset(id);
  if (preset === undefined) throw new Error(`no example "${id}"`);
  const info = await engine.call('graph.open', preset.document);
  await engine.call('graph.seek', info.graph, info.steps);
  return info;
}

describe('the address of a lens', () => {
  it('comes back as it went, with any name', () => {
    const path: Element[] = [
      { id: 'W', of: 'value', index: [0, 12] },
      { id: 'a|b:c,d%/∂ 値', of: 'grad', index: [] },
    ];
    expect(decodeLenses(encodeLenses(path))).toEqual(path);
  });

  it.each([[undefined], [''], ['nonsense'], ['value:1,2'], ['grad:x:W'], ['value:0:%E0%A4%A']])(
    'of %j is none',
    (text) => {
      expect(decodeLenses(text)).toEqual([]);
    },
  );

  it('is cut where it stops making sense, and is bounded', () => {
    expect(decodeLenses('value:0:W|what')).toEqual([{ id: 'W', of: 'value', index: [0] }]);
    expect(decodeLenses(Array.from({ length: 1000 }, () => 'value::x').join('|'))).toHaveLength(12);
  });
});

describe('the leaves of a lens', () => {
  it('are elements of the graph that is looked into', async () => {
    const info = await opened('affine-layer');
    expect(elementOf('W[1, 2]', info)).toEqual({ id: 'W', of: 'value', index: [1, 2] });
    expect(elementOf('∂Y[0, 1]', info)).toEqual({ id: 'Y', of: 'grad', index: [0, 1] });
    expect(elementOf('W[1]', info)).toBeNull();
    expect(elementOf('c1', info)).toBeNull();
    expect(elementOf('∂Y/∂X[0, 1]', info)).toBeNull();
  });

  it('have something behind them when an operator made them', async () => {
    const info = await opened('affine');
    expect(isMade({ id: 'XW', of: 'value', index: [0] }, info)).toBe(true);
    expect(isMade({ id: 'X', of: 'value', index: [0] }, info)).toBe(false);
    expect(isMade({ id: 'X', of: 'grad', index: [0] }, info)).toBe(true);
    expect(isMade({ id: 'Y', of: 'grad', index: [0] }, info)).toBe(false);
  });

  it('are called by the names of the graph; products by their factors', async () => {
    const base = await opened('affine-layer');
    const element: Element = { id: 'X', of: 'grad', index: [0, 1] };
    const lens = await engine.call('graph.lens', base.graph, element.id, element.index, element.of);
    const names = nodeWords(base, ops, {
      label: (id) => ({ W: '重み' })[id],
      phrase: () => undefined,
      operator: () => undefined,
    });
    const words = lensWords({ lens, element, base, names, ops });
    expect(lens.nodes.map(({ id }) => words.full(id))).toEqual(
      expect.arrayContaining(['∂Y[0, 0]', '重み[1, 0]', '∂Y[0, 0] × 重み[1, 0]']),
    );
    expect(words.label(lens.output)).toBe('∂X[0, 1]');
    expect(elementText(element, names.label)).toBe('∂X[0, 1]');
  });
});
