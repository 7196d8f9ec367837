import type { CodeGraph } from './code-graph.ts';
import { numpyParts } from './numpy.ts';
import { comment } from './python-names.ts';

/** What the text cells say, in the reader's language. */
export interface NotebookWords {
  readonly intro: string;
  readonly given: string;
  readonly forward: string;
  readonly backward: string;
  readonly result: string;
}

/** Anything as plain text of Markdown: no markup, no HTML, no mathematics. */
export const markdownText = (text: string): string =>
  comment(text).replace(
    /[\\`*_{}[\]()#+\-.!|~$:]|[<>&]/g,
    (char) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[char] ?? `\\${char}`,
  );

/**
 * The graph as a Jupyter notebook (nbformat 4.5): its NumPy program in cells, with a line of text before each. Throws UnsupportedOp.
 * Source: https://nbformat.readthedocs.io/en/latest/format_description.html
 */
export function notebook(graph: CodeGraph, words: NotebookWords): string {
  const { head, given, forward, backward, printed } = numpyParts(graph);
  const cells: object[] = [];
  /** Lines keep their ends; ids are needed since 4.5. */
  const source = (text: string): string[] => text.split(/(?<=\n)/);
  const say = (text: string): void => {
    cells.push({ cell_type: 'markdown', id: `cell-${cells.length}`, metadata: {}, source: source(text) });
  };
  const code = (text: string): void => {
    cells.push({
      cell_type: 'code',
      id: `cell-${cells.length}`,
      metadata: {},
      execution_count: null,
      outputs: [],
      source: source(text),
    });
  };
  say(`# ${markdownText(graph.title)}\n\n${words.intro}`);
  code(head);
  say(words.given);
  code(given);
  say(words.forward);
  code(forward);
  say(words.backward);
  code(backward);
  say(words.result);
  code(printed);
  const metadata = {
    kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
    language_info: { name: 'python' },
  };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}
