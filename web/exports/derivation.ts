import type { Dictionary } from '../i18n/dictionary.ts';
import type { Frame, GraphInfo } from '../shared/protocol.ts';
import { formatShape } from '../page/format.ts';
import type { NodeWords } from '../steps/node-words.ts';
import { panel } from '../steps/panel.ts';
import type { Block, Panel } from '../steps/panel-model.ts';
import { textOf } from '../steps/rich-text.ts';
import { sentence } from '../steps/sentence.ts';
import { engineNote, latex, preamble } from './latex.ts';
import { latexText } from './latex-text.ts';

export interface DerivationRequest {
  readonly title: string;
  readonly info: GraphInfo;
  /** One a step, from 1 to the last. */
  readonly frames: readonly Frame[];
  readonly words: NodeWords;
  readonly dictionary: Pick<Dictionary, 'steps' | 'ops'>;
}

/**
 * The whole walk as a LaTeX document: every step in words, its rule in symbols, with this run's numbers, and its result, all as
 * the engine recorded them.
 */
export function derivation({ title, info, frames, words, dictionary }: DerivationRequest): string {
  const steps = frames.flatMap((frame) => {
    const shown = panel({ info, frame, words, dictionary });
    if (shown === null) return [];
    const told = textOf(sentence({ info, frame, words, dictionary }));
    return ['', `\\paragraph{${latexText(shown.heading)}} ${latexText(told)}`, ...stepLines(shown)];
  });
  return `${[
    ...engineNote(`${title}${steps.join('')}`),
    ...preamble('\\documentclass[11pt]{article}', ['geometry']),
    '\\geometry{margin=25mm}',
    '\\allowdisplaybreaks',
    `\\title{${latexText(title)}}`,
    '\\date{}',
    '\\begin{document}',
    '\\maketitle',
    ...steps,
    '',
    '\\end{document}',
  ].join('\n')}\n`;
}

const stepLines = ({ blocks }: Panel): string[] =>
  blocks.flatMap((block) => [
    ...(blocks.length > 1 ? [`\\par\\noindent ${latexText(block.title)}`] : []),
    ...equations(block),
  ]);

function equations({ rule, lines, large, notes }: Block): string[] {
  const rows = lines.map(({ left, sign, right, filled }) => {
    const result = filled === undefined ? latex(right) : `\\boxed{\\color{${filled}}${latex(right)}}`;
    return `  ${left === null ? '' : latex(left)} &${sign === '≈' ? '\\approx' : '='} ${result}`;
  });
  if (rule !== null) rows[0] = `${rows[0] ?? ''} &&\\left(${latex(rule)}\\right)`;
  // Arrays that fill the page stand there by their shapes.
  const shapes = large.map(
    ({ name, tensor }) => `  ${latex(name)} &\\in \\mathbb{R}^{${formatShape(tensor.shape).replace(/×/g, '\\times')}}`,
  );
  const all = [...rows, ...shapes];
  const told = notes.map((note) => `\\noindent ${latexText(note)}`);
  return all.length === 0 ? told : ['\\begin{align*}', all.join(' \\\\\n'), '\\end{align*}', ...told];
}
