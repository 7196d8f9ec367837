import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../../web/i18n/en';
import { findPreset, presets } from '../../../web/presets';
import type { OpInfo } from '../../../web/shared/api';
import { nodeWords } from '../../../web/steps/node-words';
import { panel } from '../../../web/steps/panel';
import type { Panel } from '../../../web/steps/panel-model';
import { spoken, spokenTex } from '../../../web/steps/spoken';
import { presetNames } from '../../../web/views/graph/preset-names';
import { realEngine, type RealEngine } from '../support/real-engine';

let engine: RealEngine;
let ops: readonly OpInfo[];
beforeAll(async () => {
  engine = await realEngine();
  ({ ops } = await engine.call('engine.info'));
});

async function panelAt(id: string, step: number): Promise<Panel> {
  const preset = findPreset(id);
  if (preset === undefined) throw new Error(`no example "${id}"`);
  const info = await engine.call('graph.open', preset.document);
  const frame = await engine.call('graph.seek', info.graph, step);
  const shown = panel({ info, frame, words: nodeWords(info, ops, presetNames(preset, 'en')), dictionary: en });
  if (shown === null) throw new Error(`nothing at step ${step}`);
  return shown;
}

const lines = ({ blocks }: Panel, block = 0): string[] =>
  (blocks[block]?.lines ?? []).map(({ kind, sign, right }) => `${kind}: ${sign} ${spoken(right)}`);

describe('the formula panel', () => {
  it('shows upstream times local in symbols, numbers and result', async () => {
    const shown = await panelAt('apple', 5);
    expect(shown.heading).toBe('× sends back two gradients');
    expect(shown.blocks.map(({ title }) => title)).toEqual(['To the price', 'To the number']);
    expect(lines(shown)).toEqual(['symbols: = ∂L/∂z, upstream × ∂z/∂x, local', 'numbers: = 1.1 × 2', 'result: = 2.2']);
    expect(lines(shown, 1)).toContain('numbers: = 1.1 × 100');
    expect(spoken(shown.blocks[0]?.rule ?? { tag: 'mi', text: '' })).toBe('∂z/∂x = y');
  });

  it('shows the formula of a forward step with the numbers put in', async () => {
    expect(lines(await panelAt('apple', 1))).toEqual(['symbols: = x y', 'numbers: = 100 × 2', 'result: = 200']);
  });

  it('shows the seed', async () => {
    expect(lines(await panelAt('apple', 3))).toEqual(['result: = 1']);
    expect(lines(await panelAt('mul', 2))).toEqual(['result: = 1.3']);
  });

  it('shows the sum where gradients meet', async () => {
    const shown = await panelAt('same-twice', 3);
    expect(lines(shown)).not.toContain('sum: = 3 + 3 = 6');
    expect(lines(shown, 1)).toContain('sum: = 3 + 3 = 6');
  });

  it('shows products of matrices with their transposes and shapes', async () => {
    const shown = await panelAt('affine-layer', 3);
    expect(lines(shown)[0]).toBe('symbols: = ∂L/∂Y, upstream, 2 × 3 · W^T, local, 3 × 2');
    expect(lines(shown, 1)[0]).toBe('symbols: = X^T, local, 2 × 2 · ∂L/∂Y, upstream, 2 × 3');
    expect(lines(shown, 2)).toContain('result: = [5, 7, 9]');
    expect(shown.blocks[2]?.notes).toEqual(['Added up to the shape of the input, 3.']);
  });

  it('writes ≈ where the digits shown do not multiply out', async () => {
    expect(lines(await panelAt('exp', 1)).at(-1)).toBe('result: ≈ 2.718');
    // −0.5344 × 0.3679 = −0.19660576 and −0.1966 is what is shown: a reader who checks it finds it right.
    expect(lines(await panelAt('sigmoid-graph', 8))).toContain('numbers: = −0.5344 × 0.3679');
    expect(lines(await panelAt('sigmoid-graph', 8)).at(-1)).toBe('result: = −0.1966');
    expect(lines(await panelAt('sigmoid-graph', 7)).at(-1)).toBe('result: = −0.5344');
    expect(lines(await panelAt('mul', 3)).at(-1)).toBe('result: = 6.5');
  });

  it('has something to show at every step of every example', async () => {
    for (const preset of presets) {
      const info = await engine.call('graph.open', preset.document);
      const words = nodeWords(info, ops, presetNames(preset, 'en'));
      for (let step = 1; step <= info.steps; step += 1) {
        const frame = await engine.call('graph.seek', info.graph, step);
        const { blocks, heading } = panel({ info, frame, words, dictionary: en }) ?? { blocks: [], heading: '' };
        expect(heading).not.toBe('');
        expect(heading).not.toMatch(/[{}]/);
        expect(blocks.length).toBeGreaterThan(0);
        for (const { lines: shown, large } of blocks) expect(shown.length + large.length).toBeGreaterThan(0);
      }
    }
  }, 30_000);
});

describe('the spoken form of a formula', () => {
  it('reads the catalogue’s LaTeX as text', () => {
    expect(spokenTex(String.raw`\frac{1}{n} \sum_i x_i`)).toBe('1/n ∑_i x_i');
    expect(spokenTex(String.raw`\frac{\partial L}{\partial z} \, \frac{1}{y}`)).toBe('∂L/∂z 1/y');
    expect(spokenTex(String.raw`\frac{1}{1 + e^{-x}}`)).toBe('1/(1 + e^-x)');
    expect(spokenTex(String.raw`X^{\mathsf{T}} \cdot \frac{\partial L}{\partial Y}`)).toBe('X^T · ∂L/∂Y');
  });

  it('leaves no LaTeX in any formula of the catalogue', () => {
    for (const { formulas } of ops) {
      for (const source of [formulas.value, ...formulas.local, ...formulas.backward]) {
        expect(spokenTex(source)).not.toMatch(/[\\{}]/);
      }
    }
  });
});
