import { describe, expect, it, vi } from 'vitest';
import { print } from '../../../web/expression/print';
import { presets } from '../../../web/presets';
import type { DocumentNode, GraphDocument } from '../../../web/shared/api';
import { random, randomGraph } from '../engine/support/random-graph';
import { document } from '../engine/support/engine';
import { graphOf, structure } from './support';

vi.setConfig({ testTimeout: 60_000 });

const program = (graph: GraphDocument): string => print(graph, { values: true, separator: '\n' }) ?? 'null';
const line = (graph: GraphDocument): string => print(graph, { values: false }) ?? 'null';

describe('a graph as an expression', () => {
  const preset = (id: string) => presets.find((each) => each.id === id)!.document;

  it.each([
    ['apples-and-oranges', '(apple × appleCount + orange × orangeCount) × tax'],
    ['apple-operators', 'apple × 2 × 1.1'],
    ['square-of-sum', '(x + y)^2'],
    ['sigmoid-graph', '1 / (exp(x × −1) + 1)'],
    ['affine', 'X @ W + B; seed: [1, 2, 3]'],
    ['softmax-with-loss', 'softmax_with_loss(a, t)'],
    ['same-twice', 'x × x'],
  ])('%s', (id, text) => {
    expect(line(preset(id))).toBe(text);
  });

  it('keeps its values when it is drawn again', () => {
    for (const { document: graph } of presets) {
      expect(structure(graphOf(line(graph), graph))).toEqual(structure(graph));
    }
  });
});

describe('printed and read again, a graph is the same', () => {
  it.each(presets.map(({ id, document: graph }) => [id, graph] as const))('%s', (_, graph) => {
    expect(structure(graphOf(program(graph)))).toEqual(structure(graph));
    expect(structure(graphOf(print(graph, { values: true })!))).toEqual(structure(graph));
  });

  it('400 random graphs over every op', () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const graph = randomGraph(seed);
      expect(structure(graphOf(program(graph))), `seed ${seed}\n${program(graph)}`).toEqual(structure(graph));
    }
  });

  it('400 random graphs of signs, with sharing, signed numbers, odd ids and loose ends', () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const graph = tangled(seed);
      expect(structure(graphOf(program(graph))), `seed ${seed}\n${program(graph)}`).toEqual(structure(graph));
    }
  });

  it('a chain of 3000 nodes', () => {
    const nodes: DocumentNode[] = [{ id: 'x0', op: 'input', value: 1 }];
    for (let i = 1; i <= 3000; i += 1) nodes.push({ id: `x${i}`, op: i % 3 ? 'neg' : 'square', inputs: [`x${i - 1}`] });
    const graph = document(nodes);
    expect(structure(graphOf(program(graph)))).toEqual(structure(graph));
  });

  it('what is no graph has no text', () => {
    expect(print(document([{ id: 'a', op: 'neg', inputs: ['b'] }]), { values: true })).toBeNull();
    expect(print(document([{ id: 'a', op: 'neg', inputs: ['a'] }]), { values: true })).toBeNull();
    expect(print(document([]), { values: true })).toBeNull();
  });
});

const IDS = [
  'x',
  'é',
  '苹果',
  'price of an apple',
  'a`b',
  'new\nline',
  'seed',
  'param',
  'true',
  '3x',
  '∂',
  "f'",
  'e',
  'h1',
  'c1',
  'y',
  'exp',
  '',
  '#1',
  'a\\',
];

function tangled(seed: number): GraphDocument {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const nodes: DocumentNode[] = [];
  const number = (): number => pick([1, 2, -1, -2, 0, -0.5, 1e-7, 1e21, 3, -1e-9]);
  const count = 4 + Math.floor(next() * 14);
  for (let i = 0; i < count; i += 1) {
    const odd = IDS[i + (seed % 3)] ?? '';
    const id = odd === '' || nodes.some((node) => node.id === odd) ? `n${i}` : odd;
    if (i < 2 || next() < 0.3) {
      nodes.push({
        id,
        op: pick(['input', 'parameter', 'constant', 'constant']),
        value: next() < 0.8 ? number() : [number(), number()],
      });
    } else {
      const op = pick(['add', 'sub', 'mul', 'div', 'pow', 'neg', 'square', 'exp', 'sum', 'mean']);
      const inputs = Array.from(
        { length: ['add', 'sub', 'mul', 'div', 'pow'].includes(op) ? 2 : 1 },
        () => pick(nodes).id,
      );
      const attrs =
        (op === 'sum' || op === 'mean') && next() < 0.5
          ? { attrs: { axis: pick([0, [0], [0, 1]]), keepdims: next() < 0.5 } }
          : {};
      nodes.push({ id, op, inputs, ...attrs });
    }
  }
  return { ...document(nodes, pick(nodes).id), ...(next() < 0.3 ? { seed: [number(), number()] } : {}) };
}
