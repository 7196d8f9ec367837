import { spawnSync } from 'node:child_process';
import { expect, it, vi } from 'vitest';
import { codeGraph } from '../../../web/exports/code-graph';
import { torchProgram, torchTaken } from '../../../web/exports/pytorch';
import { presets } from '../../../web/presets';
import { engineNumbers, flat, opened, operators, pythonWith, run, sampleGraph, samples } from './support';

vi.setConfig({ testTimeout: 120_000 });

const python = pythonWith('json');
const torch = pythonWith('torch');

const documents = [
  ...presets.map(({ document }) => document),
  ...operators.flatMap(({ name }) => (samples[name] ?? []).map((sample) => sampleGraph(name, sample))),
];
const programs = await Promise.all(
  documents.map(async (document) => torchProgram(codeGraph(document, await opened(document), 'a graph', torchTaken))),
);

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
    for (const { id } of documents[i]?.nodes ?? []) expect(text).toContain(`(${JSON.stringify(id)}, `);
    expect(text).toContain('.backward(');
  }
});

it.skipIf(torch === null)('gives the numbers of the engine', async () => {
  const printed = run(torch ?? '', programs);
  for (const [i, document] of documents.entries()) {
    const numbers = await engineNumbers(document);
    for (const [id, value, grad] of printed[i] ?? []) {
      const wanted = numbers.get(id);
      const both = [[value, wanted?.value], [grad ?? 0, wanted?.grad]] as const; // prettier-ignore
      for (const [theirs, ours] of both) {
        if (ours) flat(theirs).forEach((x, at) => expect(x, id).toBeCloseTo(ours[at] ?? NaN, 6));
      }
    }
  }
});
