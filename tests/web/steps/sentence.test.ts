import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../../web/i18n/en';
import { ja } from '../../../web/i18n/ja';
import { zh } from '../../../web/i18n/zh';
import { findPreset, presets } from '../../../web/presets';
import type { GraphDocument, OpInfo } from '../../../web/shared/api';
import { nodeWords } from '../../../web/steps/node-words';
import { textOf } from '../../../web/steps/rich-text';
import { sentence } from '../../../web/steps/sentence';
import { presetNames } from '../../../web/views/graph/preset-names';
import { realEngine, type RealEngine } from '../support/real-engine';

const dictionaries = { en, zh, ja };
let engine: RealEngine;
let ops: readonly OpInfo[];
beforeAll(async () => {
  engine = await realEngine();
  ({ ops } = await engine.call('engine.info'));
});

async function says(id: string, step: number, language: 'en' | 'zh' | 'ja' = 'en'): Promise<string> {
  const preset = findPreset(id);
  if (preset === undefined) throw new Error(`no example "${id}"`);
  const info = await engine.call('graph.open', preset.document);
  const frame = await engine.call('graph.seek', info.graph, step);
  const words = nodeWords(info, ops, presetNames(preset, language));
  return textOf(sentence({ info, frame, words, dictionary: dictionaries[language] }));
}

describe('the sentence of a step', () => {
  it('says what goes forward', async () => {
    expect(await says('apple', 1)).toBe('Step 1 of 5, forward. × multiplies 100 by 2 and gives 200.');
  });

  it('says where the way back begins', async () => {
    expect(await says('apple', 3)).toContain('Step 3 of 5, seed. A change of the sum to pay');
    expect(await says('mul', 2)).toBe('Step 2 of 3, seed. From the right, the gradient 1.3 enters at z.');
  });

  it('says what goes back, with the numbers of the book', async () => {
    expect(await says('apples-and-oranges', 8)).toBe(
      'Step 8 of 9, backward. × takes the gradient 1.1 from the right and sends 2.2 to the price and 110 to the number.',
    );
    expect(await says('apple', 5)).toContain('sends 2.2 to the price and 110 to the number.');
  });

  it('says it in Chinese and Japanese', async () => {
    expect(await says('apple', 5, 'zh')).toBe(
      '第 5 步，共 5 步，反向。× 从右边收到梯度 1.1，把 2.2 传给价格，把 110 传给个数。',
    );
    expect(await says('apple', 5, 'ja')).toBe(
      'ステップ 5／5、逆伝播。× は右から勾配 1.1 を受け取り、値段へ 2.2、個数へ 110 を送る。',
    );
  });

  it('says that gradients which meet are added', async () => {
    expect(await says('same-twice', 3)).toContain('x now has 3 + 3 = 6.');
  });

  it('says that the bias of a batch collects its rows', async () => {
    expect(await says('affine-batch', 4)).toContain('(5, 7, 9) to B');
    expect(await says('affine-batch', 4)).toContain('added up');
  });

  it('is silent about constants', async () => {
    expect(await says('apple-operators', 5)).toBe(
      'Step 5 of 5, backward. ×2 takes the gradient 1.1 from the right and sends 2.2 to the price.',
    );
  });

  it('leaves no placeholder open, at any step of any example, in any language', async () => {
    for (const preset of presets) {
      const info = await engine.call('graph.open', preset.document);
      for (const language of ['en', 'zh', 'ja'] as const) {
        const words = nodeWords(info, ops, presetNames(preset, language));
        for (let step = 0; step <= info.steps; step += 1) {
          const frame = await engine.call('graph.seek', info.graph, step);
          const text = textOf(sentence({ info, frame, words, dictionary: dictionaries[language] }));
          expect(text).not.toMatch(/[{}*]|undefined|null|NaN/);
          if (language === 'en') expect(text).toMatch(/^(Before s|S)tep \d+ of \d+.*\. \S.*\.$/);
        }
      }
    }
  }, 30_000);

  it('has words of its own for every op of the catalogue', () => {
    for (const { name, category } of ops) if (category !== 'leaf') expect(Object.keys(en.ops)).toContain(name);
  });

  it('copes with a graph of one leaf', async () => {
    const document: GraphDocument = {
      format: 'backprop-graph',
      version: 1,
      nodes: [{ id: 'x', op: 'input', value: 1 }],
    };
    const info = await engine.call('graph.open', document);
    const frame = await engine.call('graph.seek', info.graph, 0);
    expect(textOf(sentence({ info, frame, words: nodeWords(info, ops), dictionary: en }))).not.toBe('');
  });
});
