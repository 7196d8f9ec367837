import type { GraphDocument, OpInfo } from '../shared/api.ts';
import { callable, signature } from './functions.ts';
import { isPlainName, writtenName } from './lex.ts';
import { preludeSignatures } from './prelude.ts';

export interface Suggestion {
  readonly kind: 'function' | 'name';
  readonly name: string;
  /** What replaces the letters before the caret. */
  readonly insert: string;
  /** Of a function, `affine(X, W, B)`. */
  readonly signature: string | null;
}

export interface Completion {
  /** The letters that a suggestion replaces. */
  readonly from: number;
  readonly to: number;
  readonly suggestions: readonly Suggestion[];
}

export interface CompletionRequest {
  readonly source: string;
  readonly caret: number;
  readonly ops: readonly OpInfo[];
  readonly present: GraphDocument | null;
  /** Asked for by a key: then everything is offered, also before the first letter. */
  readonly asked: boolean;
}

const most = 8;
const WORD = /[\p{ID_Continue}₀-₉.]*$/u;

/** What could be meant by the letters before the caret: names of the text and the graph, then functions. */
export function complete({ source, caret, ops, present, asked }: CompletionRequest): Completion {
  const before = source.slice(Math.max(0, caret - 100), caret);
  const typed = WORD.exec(before)?.[0] ?? '';
  const word = /^[\d.]/.test(typed) ? '' : typed;
  const at = { from: caret - word.length, to: caret };
  const comment = before.slice(before.lastIndexOf('\n') + 1).includes('#');
  if (comment || (word === '' && (!asked || typed !== ''))) return { ...at, suggestions: [] };

  const rest = `${source.slice(0, at.from)} ${source.slice(caret)}`;
  const own = Array.from(rest.matchAll(/[\p{ID_Start}_][\p{ID_Continue}₀-₉.]*/gu), ([name]) => name);
  const functions = [
    ...callable(ops).map((op) => ({ name: op.name, signature: signature(op) })),
    ...preludeSignatures,
  ].map((each): Suggestion => ({ kind: 'function', insert: `${each.name}(`, ...each }));
  const isFunction = new Set([
    ...functions.map(({ name }) => name),
    'param',
    'const',
    'input',
    'seed',
    'axis',
    'keepdims',
    'true',
    'false',
  ]);
  const leaves = (present?.nodes ?? []).filter(({ inputs = [] }) => inputs.length === 0).map(({ id }) => id);
  const names = [...new Set([...leaves, ...own.filter((name) => isPlainName(name) && !isFunction.has(name))])].map(
    (name): Suggestion => ({ kind: 'name', name, insert: writtenName(name), signature: null }),
  );

  const wanted = word.toLowerCase();
  const rank = (name: string): number => {
    const low = name.toLowerCase();
    return low.startsWith(wanted) ? 0 : wanted.length > 1 && low.includes(wanted) ? 1 : 2;
  };
  const fitting = [...names, ...functions]
    .filter(({ name, kind }) => rank(name) < 2 && !(kind === 'name' && name === word))
    .sort((a, b) => rank(a.name) - rank(b.name));
  return { ...at, suggestions: fitting.slice(0, asked && word === '' ? 40 : most) };
}
