import type { FigureLayout } from '../figure/layout.ts';
import { isBox, numbersOf, type PictureRequest } from './graph-text.ts';
import { engineNote, preamble } from './latex.ts';
import { latexNumber, latexSymbol, latexText } from './latex-text.ts';

/** Pixels of the figure in a centimetre of the drawing. */
const pixels = 46;

/** The figure as TikZ: the same places, values above the wires, gradients below them. */
export function tikz(request: PictureRequest & { readonly layout: FigureLayout }): string {
  const { info, words, title, layout } = request;
  const { value, grad, contribution } = numbersOf(request);
  const key = new Map(info.nodes.map(({ id }, i) => [id, `n${i}`]));
  const at = (x: number, y: number): string => `(${(x / pixels).toFixed(2)}, ${(-y / pixels).toFixed(2)})`;
  const lines: string[] = [];
  for (const node of info.nodes) {
    const placed = layout.place.get(node.id);
    const name = key.get(node.id) ?? '';
    // A constant that is written into its operator has no place of its own.
    if (!placed) continue;
    if (node.kind === 'operator') {
      const style = isBox(node, words) ? 'layer' : 'op';
      const symbol = words.symbol(node.id);
      const text = isBox(node, words) ? latexText(symbol) : `$${latexSymbol(symbol)}$`;
      lines.push(`  \\node[${style}] (${name}) at ${at(placed.x, placed.y)} {${text}};`);
    } else {
      const style = node.kind === 'parameter' ? 'leaf, param' : 'leaf';
      lines.push(`  \\node[${style}] (${name}) at ${at(placed.x, placed.y)} {${latexText(words.label(node.id))}};`);
    }
  }
  for (const node of info.nodes) {
    node.inputs.forEach((from, slot) => {
      if (!layout.place.has(from)) return;
      const role = info.nodes.find(({ id }) => id === from)?.kind === 'parameter' ? 'param' : 'fwd';
      const labels = [above(value(from), role), below(contribution(node.id, slot))].join('');
      lines.push(`  \\draw[wire] (${key.get(from) ?? ''}) --${labels} (${key.get(node.id) ?? ''});`);
    });
  }
  const end = layout.place.get(info.output);
  if (end) {
    const labels = [above(value(info.output), 'fwd'), below(grad(info.output))].join('');
    lines.push(`  \\node[result] (result) at ${at(end.x + 150, end.y)} {${latexText(words.label(info.output))}};`);
    lines.push(`  \\draw[wire] (${key.get(info.output) ?? ''}) --${labels} (result);`);
  }
  return `${[
    `% ${title.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')}`,
    ...engineNote(lines.join('')),
    ...preamble('\\documentclass[tikz, border=6pt]{standalone}', []),
    '\\usetikzlibrary{arrows.meta}',
    '\\begin{document}',
    '\\begin{tikzpicture}[',
    '  op/.style={circle, draw, thick, minimum size=9mm, inner sep=0pt},',
    '  layer/.style={rectangle, draw, thick, rounded corners=2mm, minimum height=9mm, inner xsep=4mm, font=\\bfseries},',
    '  leaf/.style={anchor=east, font=\\sffamily},',
    '  result/.style={anchor=west, font=\\sffamily\\bfseries, text=loss},',
    '  param/.style={text=param, font=\\sffamily\\bfseries},',
    '  wire/.style={-{Stealth}, semithick},',
    '  num/.style={font=\\small, inner sep=2pt, sloped, allow upside down=false}]',
    ...lines,
    '\\end{tikzpicture}',
    '\\end{document}',
  ].join('\n')}\n`;
}

const above = (text: string | null, role: string): string =>
  text === null ? '' : ` node[num, above, text=${role}] {$${number(text)}$}`;
const below = (text: string | null): string =>
  text === null ? '' : ` node[num, below, text=grad] {$\\leftarrow ${number(text)}$}`;
const number = (text: string): string => latexNumber(text).replace(/ × /g, ' \\times ');
