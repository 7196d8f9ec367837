import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { beforeAll, expect, it, vi } from 'vitest';
import { codeGraph, UnsupportedOp } from '../../../web/exports/code-graph';
import { tensorflowProgram, tensorflowTaken } from '../../../web/exports/tensorflow';
import { presets } from '../../../web/presets';
import type { GraphDocument } from '../../../web/shared/api';
import { randomGraph } from '../engine/support/random-graph';
import { engineNumbers, flat, type Line, oddGraph, opened, operators, sampleGraph, samples } from './support';

vi.setConfig({ testTimeout: 120_000 });
beforeAll(async () => {
  await tf.setBackend('cpu');
});

const program = async (document: GraphDocument): Promise<string> =>
  tensorflowProgram(codeGraph(document, await opened(document), 'a graph', tensorflowTaken));

/** Runs the module; its one import is given. */
function run(text: string): Line[] {
  const body = text.replace("import * as tf from '@tensorflow/tfjs';", '');
  expect(body).not.toBe(text);
  const lines: Line[] = [];
  const console = { log: (line: string) => lines.push(JSON.parse(line) as Line) };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the program that was made is what is tested
  tf.tidy(() => void new Function('tf', 'console', `'use strict';${body}`)(tf, console));
  return lines;
}

/** In 32 bits: what goes back through several products loses digits. */
async function compare(name: string, document: GraphDocument, tolerance = 2e-4): Promise<void> {
  const text = await program(document);
  const lines = run(text);
  const numbers = await engineNumbers(document);
  expect(lines).toHaveLength(numbers.size);
  const leaves = new Set(document.nodes.filter(({ op }) => op === 'input' || op === 'parameter').map(({ id }) => id));
  for (const [id, value, grad] of lines) {
    const wanted = numbers.get(id);
    const near = (ours: number[], theirs: number[], what: string): void => {
      const said = `${name} ${id} ${what}: ${ours.join()} ${theirs.join()}\n${text}`;
      expect(ours.length, said).toBe(theirs.length);
      theirs.forEach((x, at) => {
        if (Number.isFinite(x))
          expect(Math.abs((ours[at] ?? NaN) - x), said).toBeLessThan(tolerance * Math.max(1, Math.abs(x)));
      });
    };
    if (wanted?.value) near(flat(value), wanted.value, 'value');
    if (grad !== null) near(flat(grad), wanted?.grad ?? [], 'gradient');
    // No gradient of a leaf is left out that the engine has.
    else if (leaves.has(id)) expect(wanted?.grad?.some((x) => x !== 0) ?? false, `${name} ${id}\n${text}`).toBe(false);
  }
}

it('every op of the catalogue has its form, with the numbers of the engine', async () => {
  for (const { name } of operators)
    for (const [i, sample] of (samples[name] ?? []).entries()) await compare(`${name} ${i}`, sampleGraph(name, sample));
});

it('every example', async () => {
  for (const { id, document } of presets) await compare(id, document);
});

it('40 random graphs', async () => {
  for (let seed = 0; seed < 40; seed += 1) await compare(`seed ${seed}`, randomGraph(seed), 2e-3);
});

it('odd names, labels and loose ends; names of JavaScript and of its own; a seed', async () => {
  await compare('odd', oddGraph, 1e-3);
  const ids = [...tensorflowTaken, '__proto__', 'constructor', '</script>', '${x}', '`'];
  const nodes = ids.map((id) => ({ id, op: 'input', value: 1.1 }));
  const sums = ids
    .slice(1)
    .map((id, i) => ({ id: `s${i}`, op: 'add', inputs: [i ? `s${i - 1}` : (ids[0] ?? ''), id] }));
  await compare('names', { format: 'backprop-graph', version: 1, nodes: [...nodes, ...sums], seed: 3 });
});

it('labels that the result is compared with take no gradient, also where they are used elsewhere', async () => {
  await compare('used twice', {
    format: 'backprop-graph',
    version: 1,
    nodes: [
      { id: 'a', op: 'input', value: [0.2, 0.8] },
      { id: 't', op: 'input', value: [0.3, 0.7] },
      { id: 'l', op: 'softmax_with_loss', inputs: ['a', 't'] },
      { id: 's', op: 'sum', inputs: ['t'] },
      { id: 'z', op: 'mul', inputs: ['l', 's'] },
    ],
  });
});

it('the kink of |x| and equal largest elements: as everywhere here', async () => {
  await compare('abs', { format: 'backprop-graph', version: 1, nodes: [{ id: 'x', op: 'input', value: [0, -2] }, { id: 'y', op: 'abs', inputs: ['x'] }, { id: 'z', op: 'sum', inputs: ['y'] }] }); // prettier-ignore
  await compare('a lone input', { format: 'backprop-graph', version: 1, nodes: [{ id: 'x', op: 'input', value: [1, 2] }] }); // prettier-ignore
});

it('a single class', async () => {
  await compare('one class', {
    format: 'backprop-graph',
    version: 1,
    nodes: [
      { id: 'a', op: 'input', value: [[0.2], [0.8]] },
      { id: 'l', op: 'softmax_with_loss', inputs: ['a', 't'] },
      { id: 't', op: 'constant', value: [0, 0] },
    ],
  });
});

it('an op that it has no form of is refused by name', async () => {
  const graph = codeGraph(presets[0]!.document, await opened(presets[0]!.document), '', tensorflowTaken);
  const nodes = graph.nodes.map((node) => (node.isLeaf ? node : { ...node, op: 'fft' }));
  expect(() => tensorflowProgram({ ...graph, nodes })).toThrow(UnsupportedOp);
});
