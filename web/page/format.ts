/** Every number a person reads goes through here; the core never rounds. */

const SIGNIFICANT = 4;
/** From here down powers of ten are easier to read than zeros. */
const SMALLEST_PLAIN = 1e-3;
/** Whole numbers below this are written out; they are exact. */
const LARGEST_PLAIN = 1e6;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * At most four significant digits, no trailing zeros: 220.00000000000003 → "220", 0.5 → "0.5", −3e−5 → "−3×10⁻⁵".
 * Whole numbers below a million are exact.
 */
export function formatNumber(x: number): string {
  if (Number.isNaN(x)) return 'NaN';
  const sign = x < 0 ? '−' : '';
  const magnitude = Math.abs(x);
  if (magnitude === Infinity) return `${sign}∞`;
  if (Number.isInteger(magnitude) && magnitude < LARGEST_PLAIN) return `${magnitude === 0 ? '' : sign}${magnitude}`;
  const rounded = Number(magnitude.toPrecision(SIGNIFICANT));
  if (rounded >= SMALLEST_PLAIN && rounded < LARGEST_PLAIN) return `${sign}${rounded}`;
  const [mantissa = '', exponent = ''] = rounded.toExponential().split('e');
  return `${sign}${mantissa}×10${superscript(Number(exponent))}`;
}

/** 0.935 → "93.5%". One decimal, which is what 1,000 held-out digits can tell. */
export function formatPercent(fraction: number): string {
  if (!Number.isFinite(fraction)) return formatNumber(fraction);
  return `${(fraction * 100).toFixed(1)}%`.replace('-', '−');
}

/** A whole number with its thousands apart: 39760 → "39,760". The same in en, zh and ja. */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString('en-US').replace('-', '−');
}

/** [784, 50] → "784 × 50"; a vector has its length, a scalar "1". */
export function formatShape(shape: readonly number[]): string {
  return shape.length === 0 ? '1' : shape.join(' × ');
}

/** 0.00012 → "0.00012": all digits that a person typed, for the value of a field. Never an exponent with an "e" where it can be avoided. */
export function formatExact(x: number): string {
  if (Object.is(x, -0)) return '0';
  // Round-off of a sum or product of short decimals shows up from the 16th digit on.
  return String(Number(x.toPrecision(15))).replace('-', '−');
}

/** What a person typed: U+2212, full-width digits, decimal commas of no kind. NaN where it is no finite number. */
export function parseNumber(text: string): number {
  const plain = text.normalize('NFKC').trim().replace(/−/g, '-');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return NaN;
  const value = Number(plain);
  return Number.isFinite(value) ? value : NaN;
}

function superscript(exponent: number): string {
  const digits = Array.from(String(Math.abs(exponent)), (digit) => SUPERSCRIPTS[Number(digit)] ?? '').join('');
  return exponent < 0 ? `⁻${digits}` : digits;
}
