import type { MathNode } from '../steps/math.ts';
import { latexNumber, latexSymbol, latexText } from './latex-text.ts';

/** A formula of the page as LaTeX mathematics. Needs amsmath and xcolor with the colours of `preamble`. Pure. */
export function latex(node: MathNode): string {
  switch (node.tag) {
    case 'mn':
      return coloured(latexNumber(node.text), node.role);
    case 'mi':
      return coloured(node.upright === true ? `\\mathsf{${node.text}}` : latexSymbol(node.text), node.role);
    case 'mo':
      return latexSymbol(node.text);
    case 'mtext':
      return `\\text{${latexText(node.text)}}`;
    case 'catalogue':
      return `{${node.source}}`;
    case 'mrow':
    case 'mfrac':
    case 'msup':
    case 'msub':
    case 'munder':
    case 'mtable':
    case 'mtr':
    case 'mtd':
      return coloured(inner(node.tag, node.children), node.filled ?? node.role);
  }
}

function inner(tag: string, children: readonly MathNode[]): string {
  const parts = children.map(latex);
  const [first = '', second = ''] = parts;
  switch (tag) {
    case 'mfrac':
      return `\\frac{${first}}{${second}}`;
    case 'msup':
      return `{${first}}^{${second}}`;
    case 'msub':
      return `{${first}}_{${second}}`;
    case 'munder': {
      const under = children[1];
      // A brace, then the words below it.
      if (under?.tag === 'mo' && under.text === '⏟') return `\\underbrace{${first}}`;
      // Only the brace itself takes words; what has some already gets the next below the whole.
      return isBrace(children[0]) ? `${first}_{${second}}` : `\\underset{${second}}{${first}}`;
    }
    case 'mtable':
      return `\\begin{matrix} ${parts.join(' \\\\ ')} \\end{matrix}`;
    case 'mtr':
      return parts.join(' & ');
    default: {
      // Brackets grow with what is in them.
      const [open, close] = [children[0], children.at(-1)];
      const pair = open?.tag === 'mo' && close?.tag === 'mo' ? `${open.text}${close.text}` : '';
      if (children.length > 1 && (pair === '()' || pair === '[]'))
        return `\\left${pair[0] ?? ''} ${parts.slice(1, -1).join(' ')} \\right${pair[1] ?? ''}`;
      return parts.join(' ');
    }
  }
}

function isBrace(node: MathNode | undefined): boolean {
  if (node?.tag !== 'munder') return false;
  const under = node.children[1];
  return under?.tag === 'mo' && under.text === '⏟';
}

const coloured = (text: string, role: string | undefined): string =>
  role === 'fwd' || role === 'grad' || role === 'param' || role === 'loss' ? `{\\color{${role}}${text}}` : text;

/** What stands at the head of a text that pdfLaTeX has no letters for: Latin ones, dashes and quotation marks it has. */
export const engineNote = (body: string): string[] =>
  /[^\0-\u024f\u2010-\u2027]/u.test(body)
    ? [
        '% Set this with XeLaTeX or LuaLaTeX: pdfLaTeX has no letters for some of its names.',
        '% For Chinese and Japanese the package ctex must be there; it brings their fonts.',
      ]
    : [];

/**
 * What every LaTeX export begins with. Runs with pdfLaTeX, also where the scalable fonts of its T1 encoding are not installed; Chinese and
 * Japanese want LuaLaTeX or XeLaTeX with ctex, which brings its fonts.
 */
export const preamble = (documentClass: string, packages: readonly string[]): string[] => [
  documentClass,
  '\\usepackage{iftex}',
  '\\ifPDFTeX \\usepackage[utf8]{inputenc} \\IfFileExists{lmodern.sty}{\\usepackage[T1]{fontenc}\\usepackage{lmodern}}{}',
  '\\else \\usepackage{fontspec} \\IfFileExists{ctex.sty}{\\usepackage[scheme=plain]{ctex}}{} \\fi',
  ...['amsmath', 'amssymb', 'xcolor', ...packages].map((name) => `\\usepackage{${name}}`),
  '\\definecolor{fwd}{HTML}{1F5A9C}',
  '\\definecolor{grad}{HTML}{B3380F}',
  '\\definecolor{param}{HTML}{1F6B3C}',
  '\\definecolor{loss}{HTML}{7B1E62}',
];
