import { describe, expect, it, vi } from 'vitest';
import { codeGraph } from '../../../web/exports/code-graph';
import { markdownText, notebook } from '../../../web/exports/notebook';
import { numpyTaken } from '../../../web/exports/numpy';
import { exports as en } from '../../../web/i18n/en/exports';
import { exports as ja } from '../../../web/i18n/ja/exports';
import { exports as zh } from '../../../web/i18n/zh/exports';
import { presets } from '../../../web/presets';
import type { GraphDocument } from '../../../web/shared/api';
import { randomGraph } from '../engine/support/random-graph';
import { engineNumbers, flat, oddGraph, opened, pythonWith, run } from './support';

vi.setConfig({ testTimeout: 120_000 });

interface Cell {
  readonly cell_type: 'markdown' | 'code';
  readonly id: string;
  readonly metadata: object;
  readonly source: readonly string[];
  readonly execution_count?: null;
  readonly outputs?: readonly unknown[];
}
interface Notebook {
  readonly nbformat: number;
  readonly nbformat_minor: number;
  readonly metadata: { readonly kernelspec: { readonly name: string } };
  readonly cells: readonly Cell[];
}

const made = async (document: GraphDocument, words = en.notebook, title = 'a graph'): Promise<Notebook> =>
  JSON.parse(notebook(codeGraph(document, await opened(document), title, numpyTaken), words)) as Notebook;

const apple = presets.find(({ id }) => id === 'apple')!.document;

it('is nbformat 4.5: what its schema requires of every cell', async () => {
  const book = await made(oddGraph);
  expect([book.nbformat, book.nbformat_minor, book.metadata.kernelspec.name]).toEqual([4, 5, 'python3']);
  expect(new Set(book.cells.map(({ id }) => id)).size).toBe(book.cells.length);
  for (const cell of book.cells) {
    expect(cell.id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
    expect(cell.metadata).toEqual({});
    // Every line but the last keeps its end.
    expect(cell.source.slice(0, -1).every((line) => line.endsWith('\n'))).toBe(true);
    expect(cell.source.every((line) => !line.slice(0, -1).includes('\n'))).toBe(true);
    if (cell.cell_type === 'code') expect([cell.execution_count, cell.outputs]).toEqual([null, []]);
    else expect(Object.keys(cell).sort()).toEqual(['cell_type', 'id', 'metadata', 'source']);
  }
});

const nbformat = pythonWith('nbformat');
it.skipIf(nbformat === null)('is taken by nbformat itself', async () => {
  const text = JSON.stringify(await made(oddGraph));
  const [[line]] = run(nbformat ?? '', [
    `import json, nbformat\nnbformat.validate(nbformat.reads(${JSON.stringify(text)}, as_version=4))\nprint(json.dumps(["ok", 1, 1]))`,
  ]) as [[unknown]];
  expect(line).toEqual(['ok', 1, 1]);
});

it('speaks the language of the page, a text before every cell of code', async () => {
  for (const { notebook: words } of [en, zh, ja]) {
    const { cells } = await made(apple, words);
    expect(cells.map(({ cell_type: kind }) => kind)).toEqual(
      Array.from({ length: 5 }, () => ['markdown', 'code']).flat(),
    );
    const texts = cells.filter(({ cell_type: kind }) => kind === 'markdown').map(({ source }) => source.join(''));
    expect(texts).toEqual([`# a graph\n\n${words.intro}`, words.given, words.forward, words.backward, words.result]);
  }
});

describe('a title from anyone', () => {
  it('stays text', async () => {
    const title = '<img src=x onerror=alert(1)> [a](javascript:b) $x$ `c`\n# d';
    const { cells } = await made(apple, en.notebook, title);
    const head = cells[0]?.source.join('') ?? '';
    expect(head).not.toMatch(/<|(?<!\\)[[\]`$]|\n# d/);
    expect(markdownText('a_b*c* 1. x')).toBe('a\\_b\\*c\\* 1\\. x');
  });
});

const python = pythonWith('numpy');
it.skipIf(python === null)('its cells run from top to bottom and print the numbers of the engine', async () => {
  const documents = [apple, oddGraph, ...presets.map(({ document }) => document), ...[1, 2, 3].map(randomGraph)];
  const books = await Promise.all(documents.map((document) => made(document)));
  const programs = books.map(({ cells }) =>
    cells
      .filter(({ cell_type: kind }) => kind === 'code')
      .map(({ source }) => source.join(''))
      .join('\n'),
  );
  const printed = run(python ?? '', programs);
  for (const [i, document] of documents.entries()) {
    const numbers = await engineNumbers(document);
    expect(printed[i]).toHaveLength(numbers.size);
    for (const [id, value, grad] of printed[i] ?? []) {
      const wanted = numbers.get(id);
      for (const [ours, theirs] of [
        [flat(value), wanted?.value],
        [flat(grad), wanted?.grad],
      ] as const)
        theirs?.forEach((x, at) => {
          if (Number.isFinite(x))
            expect(Math.abs((ours[at] ?? NaN) - x), `${i} ${id}`).toBeLessThan(1e-9 * Math.max(1, Math.abs(x)));
        });
    }
  }
});
