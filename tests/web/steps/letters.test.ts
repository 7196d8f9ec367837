import { beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../../web/expression/build';
import { en } from '../../../web/i18n/en';
import type { OpInfo } from '../../../web/shared/api';
import { inOwnLetters } from '../../../web/steps/letters';
import { nodeWords } from '../../../web/steps/node-words';
import { panel } from '../../../web/steps/panel';
import type { Panel } from '../../../web/steps/panel-model';
import { pieces } from '../../../web/steps/pieces';
import { spoken } from '../../../web/steps/spoken';
import { realEngine, type RealEngine } from '../support/real-engine';

let engine: RealEngine;
let ops: readonly OpInfo[];
beforeAll(async () => {
  engine = await realEngine();
  ({ ops } = await engine.call('engine.info'));
});

/** The panel of the last step at which a node of this op does something. */
async function panelOf(source: string, op: string, phase: 'forward' | 'backward'): Promise<Panel> {
  const info = await engine.call('graph.open', build(source, { ops }).document);
  const words = nodeWords(info, ops);
  const node = info.nodes.find((other) => other.op === op);
  const step = phase === 'forward' ? node?.forwardStep : node?.backwardStep;
  const frame = await engine.call('graph.seek', info.graph, step ?? 0);
  const request = { info, frame, words, dictionary: en };
  return inOwnLetters(panel(request)!, request);
}

const rules = ({ blocks }: Panel): string[] => blocks.map(({ rule }) => (rule === null ? '' : spoken(rule)));
const symbols = ({ blocks }: Panel): string[] =>
  blocks.map(({ lines: [first] }) => `${spoken(first!.left!)} = ${spoken(first!.right)}`);

describe('formulas speak of this graph', () => {
  it('with the names of its nodes, where they are short', async () => {
    const backward = await panelOf('z = a * b; f = z + c; a = 2; b = 3; c = 1', 'mul', 'backward');
    expect(spoken(backward.value!)).toBe('z = a b');
    expect(rules(backward)).toEqual(['∂z/∂a = b', '∂z/∂b = a']);
    expect(symbols(backward)).toEqual([
      '∂f/∂a = ∂f/∂z, upstream × ∂z/∂a, local',
      '∂f/∂b = ∂f/∂z, upstream × ∂z/∂b, local',
    ]);
    expect(
      symbols(await panelOf('h1 = W @ x1; W = [[1, 2]]; x1 = [[3], [4]]; s = sum(h1)', 'matmul', 'forward')),
    ).toEqual(['h1 = W · x1']);
  });

  it('and never with the name of a node that is another one', async () => {
    // In the catalogue the product is z = x y: here z and y are something else.
    const shown = await panelOf('L = (price * y) * z + x; price = 100; y = 2; z = 3; x = 1', 'mul', 'backward');
    const [first] = symbols(shown);
    const all = [spoken(shown.value!), ...rules(shown), ...symbols(shown)].join(' ');
    expect(all).not.toMatch(/[xz]/);
    expect(first).toBe('∂L/∂u = ∂L/∂v, upstream × ∂v/∂u, local');
    expect(rules(shown)).toEqual(['∂v/∂u = y', '∂v/∂y = u']);
  });

  it('also where the target is not called L, or something else is', async () => {
    expect(symbols(await panelOf('total = L * t; L = 2; t = 3', 'mul', 'backward'))[0]).toBe(
      '∂J/∂L = ∂J/∂z, upstream × ∂z/∂L, local',
    );
    const loss = await panelOf(
      'E = softmax_with_loss(y, n); y = [1, 2, 3]; n = [0, 0, 1]',
      'softmax_with_loss',
      'forward',
    );
    // y and n mean something inside this formula: the scores and the labels keep the catalogue's letters.
    expect(symbols(loss)[0]).toContain('E = -1/n ∑_k t_k');
  });

  it('as the catalogue has it where one value is used twice', async () => {
    expect(rules(await panelOf('s = a * a; a = 3', 'mul', 'backward'))).toEqual(['∂s/∂x = y', '∂s/∂y = x']);
  });
});

describe('a long formula', () => {
  it('breaks before its operators, and not at signs or inside numbers', async () => {
    const { blocks } = await panelOf('L = sum(x * y); x = [1, -2]; y = [3, 4]', 'mul', 'backward');
    const numbers = blocks[0]!.lines.find(({ kind }) => kind === 'numbers')!.right;
    expect(pieces(numbers).map(spoken)).toEqual(['[1, 1]', '⊙ [3, 4]']);
    const { blocks: add } = await panelOf('z = x + y; x = -1; y = -2', 'add', 'forward');
    expect(pieces(add[0]!.lines.find(({ kind }) => kind === 'numbers')!.right).map(spoken)).toEqual(['−1', '+ (−2)']);
  });
});
