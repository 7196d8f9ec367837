const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
};
const SYMBOLS: Readonly<Record<string, string>> = {
  '×': '\\times ', '÷': '\\div ', '−': '-', '·': '\\cdot ', '⊙': '\\odot ', '∂': '\\partial ', '∑': '\\sum ', '≈': '\\approx ', '∞': '\\infty ',
  '≤': '\\le ', '≥': '\\ge ', '→': '\\to ', 'γ': '\\gamma ', 'β': '\\beta ', 'μ': '\\mu ', 'σ': '\\sigma ', 'ε': '\\varepsilon ', 'α': '\\alpha ', 'π': '\\pi ',
}; // prettier-ignore
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Any text as LaTeX text; line ends and control characters become spaces. */
export function latexText(text: string): string {
  const plain = text
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\\{}$&#%_^~<>]/g, (char) => SPECIAL[char] ?? char);
  // Signs of mathematics exist in mathematics only.
  return plain
    .replace(/[×÷−·⊙∂∑≈∞≤≥→]/g, (char) => `$${(SYMBOLS[char] ?? char).trim()}$`)
    .replace(/[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (run) => `$^{${unraised(run)}}$`);
}

/** A sign or name inside mathematics. */
export function latexSymbol(text: string): string {
  if (text === '') return '';
  const single = SYMBOLS[text];
  if (single !== undefined) return single;
  if (/^\p{L}$/u.test(text) && text.charCodeAt(0) < 128) return text;
  if (/^[A-Za-z]+$/.test(text)) return `\\mathrm{${text}}`;
  return /^[-+=()[\],/|0-9.]+$/.test(text) ? text : `\\text{${latexText(text)}}`;
}

/** A number as `format.ts` writes it: 3×10⁻⁵. */
export const latexNumber = (text: string): string =>
  text
    .replace(/−/g, '-')
    .replace('∞', '\\infty ')
    .replace('NaN', '\\mathrm{NaN}')
    .replace(/×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/, (_, run: string) => ` \\times 10^{${unraised(run)}}`);

const unraised = (run: string): string =>
  Array.from(run, (char) => (char === '⁻' ? '-' : String(RAISED.indexOf(char)))).join('');
