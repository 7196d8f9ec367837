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
  '|': '\\textbar{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
};
const SYMBOLS: Readonly<Record<string, string>> = {
  '×': '\\times ', '÷': '\\div ', '−': '-', '·': '\\cdot ', '⊙': '\\odot ', '∂': '\\partial ', '∑': '\\sum ', '≈': '\\approx ', '∞': '\\infty ',
  '≤': '\\le ', '≥': '\\ge ', '→': '\\to ', '′': "'", '√': '\\surd ', '±': '\\pm ', '≠': '\\ne ', 'ϕ': '\\phi ', 'ε': '\\varepsilon ', 'φ': '\\varphi ', 'ς': '\\varsigma ', 'ο': 'o',
  ...Object.fromEntries(
    'α alpha β beta γ gamma δ delta ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi π pi ρ rho σ sigma τ tau υ upsilon χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega'
      .match(/\S+ \S+/g)
      ?.map((pair) => pair.split(' '))
      .map(([letter, name]) => [letter ?? '', `\\${name ?? ''} `]) ?? [],
  ),
}; // prettier-ignore
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

const MATHEMATICS = new RegExp(`[${Object.keys(SYMBOLS).join('')}]`, 'g');

/** Any text as LaTeX text; line ends and control characters become spaces. */
export function latexText(text: string): string {
  const plain = text
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\\{}$&#%_^~|<>]/g, (char) => SPECIAL[char] ?? char)
    // Two of these in a row would be set as another sign: -- as a dash, '' as a quotation mark.
    .replace(/([-'`,])(?=\1)|([!?])(?=`)/g, '$&{}');
  // Signs of mathematics exist in mathematics only.
  return plain
    .replace(MATHEMATICS, (char) => `$${(SYMBOLS[char] ?? char).trim()}$`)
    .replace(/[₀₁₂₃₄₅₆₇₈₉]+/g, (run) => `$_{${Array.from(run, (char) => '₀₁₂₃₄₅₆₇₈₉'.indexOf(char)).join('')}}$`)
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
