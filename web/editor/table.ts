import { parseNumber } from '../page/format.ts';
import type { NestedNumbers } from '../shared/api.ts';

/** Most cells that are edited one by one; beyond that, lists are typed. */
export const mostCells = 400;

export function shapeOf(value: NestedNumbers): number[] {
  const shape: number[] = [];
  for (let at: NestedNumbers | undefined = value; typeof at === 'object'; at = at[0]) shape.push(at.length);
  return shape;
}

/** Rows of numbers of a value of rank 0 to 2. */
export function rowsOf(value: NestedNumbers): number[][] {
  if (typeof value === 'number') return [[value]];
  if (typeof value[0] === 'number') return [value as number[]];
  return (value as number[][]).map((row) => [...row]);
}

/** The rows as a value of a rank; what a smaller rank has no room for is dropped. */
export function valueOf(rows: readonly (readonly number[])[], rank: number): NestedNumbers {
  if (rank === 0) return rows[0]?.[0] ?? 0;
  if (rank === 1)
    return rows.length > 1 && (rows[0]?.length ?? 0) === 1 ? rows.map((row) => row[0] ?? 0) : [...(rows[0] ?? [0])];
  return rows.map((row) => [...row]);
}

/** The same rows with other extents: what is new is 0. */
export const resized = (rows: readonly (readonly number[])[], height: number, width: number): number[][] =>
  Array.from({ length: height }, (_, r) => Array.from({ length: width }, (_, c) => rows[r]?.[c] ?? 0));

/**
 * Cells from a spreadsheet (tabs), a CSV file (commas or semicolons) or plain text (blanks): rows of numbers; the first cell that is no
 * number is given back instead.
 */
export function parseCells(text: string): { readonly rows: number[][] } | { readonly wrong: string } {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n');
  const separator = text.includes('\t') ? /\t/ : text.includes(';') ? /;/ : text.includes(',') ? /,/ : /\s+/;
  const rows: number[][] = [];
  for (const line of lines) {
    const row: number[] = [];
    for (const cell of line.trim().split(separator)) {
      const plain = cell.trim().replace(/^"(.*)"$/, '$1');
      // Decimal commas are plain where commas part nothing.
      const number = parseNumber(separator.source === ',' ? plain : plain.replace(',', '.'));
      if (Number.isNaN(number)) return { wrong: plain };
      row.push(number);
    }
    rows.push(row);
  }
  const width = Math.max(...rows.map((row) => row.length));
  return { rows: rows.map((row) => [...row, ...new Array<number>(width - row.length).fill(0)]) };
}

/** Puts pasted cells in from a cell on; the table grows where they reach over its edge. */
export function pasteCells(
  rows: readonly (readonly number[])[],
  at: readonly [row: number, column: number],
  cells: readonly (readonly number[])[],
): number[][] {
  const height = Math.max(rows.length, at[0] + cells.length);
  const width = Math.max(rows[0]?.length ?? 1, at[1] + (cells[0]?.length ?? 0));
  const next = resized(rows, height, width);
  cells.forEach((row, r) => row.forEach((value, c) => (next[at[0] + r]![at[1] + c] = value)));
  return next;
}

/** Nested lists as they are typed, or null where their lengths differ or something is no number. */
export function parseLists(text: string): NestedNumbers | null {
  try {
    const value = JSON.parse(text.normalize('NFKC').replaceAll('−', '-')) as unknown;
    const rank = (each: unknown): string | null => {
      if (typeof each === 'number') return Number.isFinite(each) ? '' : null;
      if (!Array.isArray(each) || each.length === 0) return null;
      const inner = each.map(rank);
      return inner[0] !== undefined && inner[0] !== null && inner.every((one) => one === inner[0])
        ? `${each.length},${inner[0]}`
        : null;
    };
    const shape = rank(value);
    return shape !== null && shape.split(',').length <= 5 ? (value as NestedNumbers) : null;
  } catch {
    return null;
  }
}
