/** The characters of the page's mathematics font. A formula with another one fails tests/web/plugins/math-font.test.ts: add it here. */

const range = (first: number, last: number): string =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join('');

export const MATH_GLYPHS: string = [
  range(0x20, 0x7e),
  // A MathML identifier of one letter is shown as its italic twin; bold ones name matrices.
  range(0x1d434, 0x1d454),
  'ℎ',
  range(0x1d456, 0x1d467),
  'WXYBx'.replace(/./g, (letter) =>
    String.fromCodePoint(0x1d400 + (letter.codePointAt(0) ?? 0) - 0x41 + (letter > 'Z' ? -6 : 0)),
  ),
  'αβγδεηθλμπρστφψω' + 'ΔΣΠΦ',
  '𝛼𝛽𝛾𝛿𝜀𝜂𝜃𝜆𝜇𝜋𝜌𝜎𝜏𝜑𝜙𝜓𝜔𝜕',
  '−×÷·±=≠≈≤≥∂∇∑∏√∞∈→←…⋯⊙⋅∘′‖⌊⌋',
  '⏟⏞ˆ̂¯̄',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁻⊤𝖳',
  // Invisible: function application, multiplication, separator; and the spaces of formulas.
  '\u00a0\u2009\u200a\u2061\u2062\u2063',
].join('');
