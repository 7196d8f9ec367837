import { expect, it, vi } from 'vitest';
import { codeGraph } from '../../../web/exports/code-graph';
import { numpyLines, numpyProgram, numpyTaken } from '../../../web/exports/numpy';
import { presets } from '../../../web/presets';
import type { GraphDocument } from '../../../web/shared/api';
import { randomGraph } from '../engine/support/random-graph';
import { engineNumbers, flat, oddGraph, opened, operators, pythonWith, run, sampleGraph, samples } from './support';

vi.setConfig({ testTimeout: 120_000 });

const python = pythonWith('numpy');
if (python === null) console.error('skipped: no Python with NumPy to run the exports (python3-numpy)');

async function program(document: GraphDocument): Promise<string> {
  return numpyProgram(codeGraph(document, await opened(document), 'a graph', numpyTaken));
}

/** The programs print the engine's numbers. */
async function compare(documents: readonly (readonly [name: string, document: GraphDocument])[]): Promise<void> {
  const programs = await Promise.all(documents.map(([, document]) => program(document)));
  const printed = run(python ?? '', programs);
  for (const [i, [name, document]] of documents.entries()) {
    const numbers = await engineNumbers(document);
    expect(printed[i]).toHaveLength(numbers.size);
    for (const [id, value, grad] of printed[i] ?? []) {
      const wanted = numbers.get(id);
      const near = (ours: number[], theirs: number[], what: string): void => {
        expect(ours.length, `${name} ${id} ${what}`).toBe(theirs.length);
        theirs.forEach((x, at) => {
          if (Number.isFinite(x))
            expect(Math.abs((ours[at] ?? NaN) - x), `${name} ${id} ${what} ${ours[at]} ${x}`).toBeLessThan(
              1e-9 * Math.max(1, Math.abs(x)),
            );
        });
      };
      if (wanted?.value) near(flat(value), wanted.value, 'value');
      // No gradient ever comes: zeros.
      near(flat(grad), wanted?.grad ?? flat(grad).map(() => 0), 'gradient');
    }
  }
}

it('every op of the catalogue has samples', () => {
  expect(operators.filter(({ name }) => !(name in samples)).map(({ name }) => name)).toEqual([]);
});

it.skipIf(python === null)('runs every op of the catalogue, with the numbers of the engine', async () => {
  await compare(
    operators.flatMap(({ name }) =>
      (samples[name] ?? []).map((sample, i) => [`${name} ${i}`, sampleGraph(name, sample)] as const),
    ),
  );
});

it.skipIf(python === null)('runs every example', async () => {
  await compare(presets.map(({ id, document }) => [id, document] as const));
});

it.skipIf(python === null)('runs 40 random graphs', async () => {
  await compare(Array.from({ length: 40 }, (_, seed) => [`seed ${seed}`, randomGraph(seed)] as const));
});

it.skipIf(python === null)('survives odd names, labels and loose ends', async () => {
  await compare([['odd', oddGraph]]);
});

it('its lines are linked with nodes and parts of the walk', async () => {
  const { document } = presets.find(({ id }) => id === 'apple')!;
  const { given, forward, seed, backward } = numpyLines(
    codeGraph(document, await opened(document), 'a graph', numpyTaken),
  );
  expect([...given, ...forward, seed, ...backward].map(({ node, phase, text }) => [phase, node, text])).toEqual([
    ['given', 'apple', 'apple = np.array(100.0, dtype=float)'],
    ['given', 'count', 'count = np.array(2.0, dtype=float)'],
    ['given', 'tax', 'tax = np.array(1.1, dtype=float)'],
    ['forward', 'price', 'price = np.asarray(apple * count)'],
    ['forward', 'total', 'total = np.asarray(price * tax)'],
    ['seed', 'total', 'd_total = np.ones_like(total)'],
    ['backward', 'total', 'd_price = d_price + d_total * tax'],
    ['backward', 'total', 'd_tax = d_tax + d_total * price'],
    ['backward', 'price', 'd_apple = d_apple + d_price * count'],
    ['backward', 'price', 'd_count = d_count + d_price * apple'],
  ]);
});
