import { spawnSync } from 'node:child_process';
import { expect, it, vi } from 'vitest';
import { codeGraph } from '../../../web/exports/code-graph';
import { torchProgram, torchTaken } from '../../../web/exports/pytorch';
import { presets } from '../../../web/presets';
import type { GraphDocument } from '../../../web/shared/api';
import { randomGraph } from '../engine/support/random-graph';
import { engineNumbers, flat, oddGraph, opened, operators, pythonWith, run, sampleGraph, samples } from './support';

vi.setConfig({ testTimeout: 120_000 });

const python = pythonWith('json');
const torch = pythonWith('torch');

if (torch === null) console.error('skipped: no Python with PyTorch to run the exports (python3-torch)');

const documents: (readonly [name: string, document: GraphDocument])[] = [
  ...presets.map(({ id, document }) => [id, document] as const),
  ...operators.flatMap(({ name }) =>
    (samples[name] ?? []).map((sample, i) => [`${name} ${i}`, sampleGraph(name, sample)] as const),
  ),
];
const program = async (document: GraphDocument): Promise<string> =>
  torchProgram(codeGraph(document, await opened(document), 'a graph', torchTaken));
const programs = await Promise.all(documents.map(([, document]) => program(document)));
const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

it.skipIf(python === null)('every example and every op is valid Python', () => {
  const check = 'import sys, json\nfor text in json.load(sys.stdin): compile(text, "export", "exec")';
  const { status, stderr } = spawnSync(python ?? '', ['-c', check], {
    input: JSON.stringify(programs),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

it('names every node once, and asks autograd for the gradients', () => {
  for (const [i, text] of programs.entries()) {
    for (const { id } of documents[i]?.[1].nodes ?? []) expect(text).toContain(`(${JSON.stringify(id)}, `);
    expect(text).toContain('.backward(');
  }
});

/** The programs print the engine's numbers. */
async function compare(graphs: readonly (readonly [name: string, document: GraphDocument])[]): Promise<void> {
  const texts = await Promise.all(graphs.map(([, document]) => program(document)));
  const printed = run(torch ?? '', texts);
  for (const [i, [name, document]] of graphs.entries()) {
    const numbers = await engineNumbers(document);
    expect(printed[i]).toHaveLength(numbers.size);
    for (const [id, value, grad] of printed[i] ?? []) {
      const wanted = numbers.get(id);
      const near = (theirs: number[], ours: number[], what: string): void => {
        expect(theirs.length, `${name} ${id} ${what}`).toBe(ours.length);
        ours.forEach((x, at) => {
          const told = `${name} ${id} ${what} ${theirs[at]} ${x}`;
          if (!Number.isFinite(x)) expect(Number.isFinite(theirs[at] ?? NaN), told).toBe(false);
          else expect(Math.abs((theirs[at] ?? NaN) - x), told).toBeLessThan(1e-9 * Math.max(1, Math.abs(x)));
        });
      };
      if (wanted?.value) near(flat(value), wanted.value, 'value');
      // Where no gradient comes, autograd has none, and the engine none or zeros.
      const size = flat(value).length;
      near(grad === null ? zeros(size) : flat(grad), wanted?.grad ?? zeros(size), 'gradient');
    }
  }
}

it.skipIf(torch === null)('gives the numbers of the engine, for every example and every op', async () => {
  await compare(documents);
});

it.skipIf(torch === null)('gives the numbers of the engine, for 60 random graphs', async () => {
  await compare(Array.from({ length: 60 }, (_, seed) => [`seed ${seed}`, randomGraph(seed)] as const));
});

it.skipIf(torch === null)('survives odd names, labels and loose ends, and names of its own', async () => {
  await compare([['odd', oddGraph]]);
  const nodes = ['seed', 'node', 'nodes', 'name', 'grad', 'torch', 'F', 'print', 'json', '_', 'np'].map((id) => ({
    id,
    op: 'input',
    value: 2,
  }));
  const sums = nodes.slice(1).map(({ id }, i) => ({ id: `s${i}`, op: 'mul', inputs: [i ? `s${i - 1}` : 'seed', id] }));
  await compare([['its own names', { format: 'backprop-graph', version: 1, nodes: [...nodes, ...sums], seed: 3 }]]);
});
