import type { Tensor } from '../shared/api';
import type { TensorView } from '../shared/protocol';
import { formatNumber } from '../page/format';

/** Rows of printed numbers: one row for a number or a vector, the rows of a matrix otherwise. */
export function printedRows(tensor: Tensor | TensorView): string[][] {
  const data = tensor.data ?? [];
  const columns = Math.max(1, tensor.shape[tensor.shape.length - 1] ?? 1);
  const rows: string[][] = [];
  for (let start = 0; start < data.length; start += columns) {
    rows.push(Array.from(data.slice(start, start + columns), formatNumber));
  }
  return rows;
}

/** A small tensor as it is typed and read aloud: `1, 2; 3, 4`. */
export const printedLine = (tensor: Tensor | TensorView): string =>
  printedRows(tensor)
    .map((row) => row.join(', '))
    .join('; ');

/**
 * The value one unit of the last written digit away: `1.1` up is `1.2`, `100` down is `99`. `text` is what stands in the
 * field; `units` may be ±10 for large steps. Exact for decimals, as it counts in whole units.
 */
export function nudge(text: string, units: number): number | null {
  const plain = text.normalize('NFKC').trim().replace(/−/g, '-');
  const parts = /^([+-]?)(\d*)\.?(\d*)$/.exec(plain);
  if (!parts || (parts[2] === '' && parts[3] === '')) return null;
  const decimals = parts[3]!.length;
  const whole = Number(`${parts[1]}${parts[2]}${parts[3]}`);
  if (!Number.isSafeInteger(whole)) return null;
  return Number(`${whole + units}e-${decimals}`);
}
