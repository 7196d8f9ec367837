import { fail } from './errors.ts';
import { limits, type Span } from './types.ts';

export interface Token extends Span {
  readonly kind: 'number' | 'name' | 'sign' | 'line' | 'end';
  /** Of a name, the name itself; of a sign, its one spelling: `*` for ×, `-` for −. */
  readonly text: string;
  readonly value?: number;
  /** White space stands before it. */
  readonly spaced: boolean;
  readonly quoted?: boolean;
}

/**
 * Names as Unicode has them, with subscripts, and with dots inside: `x₁`, `苹果`, `affine1.weight`. Middle dots, which Unicode counts among
 * letters, are signs: `a·b` is a product.
 */
const NAME =
  /[\p{ID_Start}_](?:(?![·\u0387‧・･])[\p{ID_Continue}₀-₉])*(?:\.[\p{ID_Start}_](?:(?![·\u0387‧・･])[\p{ID_Continue}₀-₉])*)*/uy;
/** `_` may stand between digits, as in 39_760. */
const NUMBER = /(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+\-−]?\d+)?/y;
const SPACE = /[^\S\n]+/y;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** Binary, octal and hexadecimal: nobody means 0 × x10 by 0x10. */
const PREFIXED = /0[xXbBoO][\da-fA-F_]+/y;
const FRACTION = /[¼½¾⅐-⅞]/y;

/** Every spelling of a sign. Full-width forms are what an input method for Chinese or Japanese types. */
const SIGNS: Readonly<Record<string, string>> = {
  '+': '+', '＋': '+',
  '-': '-', '−': '-', '–': '-', '－': '-',
  '*': '*', '×': '*', '＊': '*', '∗': '*',
  '/': '/', '÷': '/', '／': '/', '∕': '/',
  '@': '@', '＠': '@',
  '·': '·', '\u0387': '·', '⋅': '·', '∙': '·', '・': '·', '･': '·', '‧': '·', '•': '·',
  '^': '^', '＾': '^',
  '(': '(', '（': '(', ')': ')', '）': ')',
  '[': '[', '［': '[', '【': '[', ']': ']', '］': ']', '】': ']',
  '|': '|', '｜': '|', '∣': '|',
  '√': '√',
  ',': ',', '，': ',', '、': ',',
  ';': ';', '；': ';',
  '=': '=', '＝': '=',
  ':': ':', '：': ':',
  "'": "'", '′': "'", '’': "'",
  '∂': '∂',
}; // prettier-ignore

const DOUBLE: Readonly<Record<string, string>> = {
  '**': '^',
  '＊＊': '^',
  '……': '^',
  ':=': '=',
  '：＝': '=',
  '：=': '=',
};

/** Letters as an input method types them in its wide form are the same letters: ｘ is x. */
const nameOf = (written: string): string =>
  written.normalize('NFC').replace(/[Ａ-Ｚａ-ｚ０-９＿]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

/** Whether a name can stand without quotes and is read back as itself. */
export function isPlainName(name: string): boolean {
  NAME.lastIndex = 0;
  return NAME.exec(name)?.[0] === name && nameOf(name) === name;
}

/** A name as it is written in a program. */
export function writtenName(name: string): string {
  if (isPlainName(name)) return name;
  return `\`${name.replace(/[\\`\n\r]/g, (char) => ({ '\n': '\\n', '\r': '\\r' })[char] ?? `\\${char}`)}\``;
}

/** The tokens of a program; the last one is the end. Throws ExpressionError. */
export function lex(source: string): Token[] {
  if (source.length > limits.length) fail('TooLong', { at: limits.length, length: 1 }, { limit: limits.length });
  const tokens: Token[] = [];
  let at = 0;
  let spaced = false;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  const push = (kind: Token['kind'], length: number, text: string, more: Partial<Token> = {}): void => {
    tokens.push({ kind, at, length, text, spaced, ...more });
    at += length;
    spaced = false;
  };
  while (at < source.length) {
    const char = source[at] ?? '';
    const space = match(SPACE);
    if (space !== undefined) {
      at += space.length;
      spaced = true;
      continue;
    }
    if (char === '#' || char === '＃') {
      const end = source.indexOf('\n', at);
      at = end < 0 ? source.length : end;
      continue;
    }
    if (char === '\n') {
      push('line', 1, '\n');
      continue;
    }
    // Digits as an input method types them, with their full-width point and exponent.
    const digits = match(/[０-９．]+/y);
    if (digits !== undefined) {
      push('number', digits.length, digits, {
        value: numberOf(digits.normalize('NFKC'), { at, length: digits.length }),
      });
      continue;
    }
    const prefixed = match(PREFIXED);
    if (prefixed !== undefined) fail('BadNumber', { at, length: prefixed.length }, { found: prefixed });
    const fraction = match(FRACTION);
    if (fraction !== undefined) {
      const [over = NaN, under = NaN] = fraction.normalize('NFKC').split('⁄').map(Number);
      push('number', 1, fraction, { value: over / under });
      continue;
    }
    const number = match(NUMBER);
    if (number !== undefined) {
      const rest = match(/[\d.eE+\-−]*/y) ?? number;
      const span = { at, length: number.length };
      if (/^[\d.]+$/.test(rest) && rest.length > number.length)
        fail('BadNumber', { at, length: rest.length }, { found: rest });
      push('number', number.length, number, { value: numberOf(number.replace('−', '-').replaceAll('_', ''), span) });
      continue;
    }
    const raised = match(/⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+/y);
    if (raised !== undefined) {
      // x² is x^2: a sign of no width, then the number.
      tokens.push({ kind: 'sign', at, length: 0, text: '^', spaced });
      const plain = Array.from(raised.replace('⁻', ''), (digit) => SUPERSCRIPTS.indexOf(digit)).join('');
      const value = numberOf(plain, { at, length: raised.length });
      push('number', raised.length, raised, { value: raised.startsWith('⁻') ? -value : value });
      continue;
    }
    const name = match(NAME);
    if (name !== undefined) {
      push('name', name.length, nameOf(name));
      continue;
    }
    if (char === '`') {
      const quoted = match(/`((?:[^\\`\n]|\\.)+)`/y);
      if (quoted === undefined) fail('UnclosedQuote', { at, length: 1 }, {});
      const text = quoted
        .slice(1, -1)
        .replace(/\\(.)/g, (_, escaped: string) => ({ n: '\n', r: '\r' })[escaped] ?? escaped);
      push('name', quoted.length, text, { quoted: true });
      continue;
    }
    // `……` is what the key for ^ gives in a Chinese input method.
    const double = DOUBLE[source.slice(at, at + 2)];
    if (double !== undefined) {
      push('sign', 2, double);
      continue;
    }
    if (char === '∑') {
      push('name', 1, 'sum');
      continue;
    }
    // `(x²).sum()`: what is called of a value in brackets.
    const before = tokens.at(-1);
    if (char === '.' && before?.kind === 'sign' && /^[)\]]$/.test(before.text)) {
      push('sign', 1, '.');
      continue;
    }
    const sign = SIGNS[char];
    if (sign === undefined) {
      const found = String.fromCodePoint(source.codePointAt(at) ?? 0);
      fail('UnexpectedCharacter', { at, length: found.length }, { found });
    }
    push('sign', 1, sign);
  }
  push('end', 0, '');
  return tokens;
}

function numberOf(text: string, span: Span): number {
  const value = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(value)) fail('BadNumber', span, { found: text });
  return value;
}
