/** Where the pictures of hidden units stand on one sheet, and their pixels. Pure. */
import type { Tensor } from '../../shared/api';
import { magnitudeLimit } from '../../pad/gradient-paint';
import type { SignColour } from '../../pad/gradient-paint';

/** Pixels of one picture's side, and between two pictures. */
export const SIDE = 28;
const GAP = 2;

export interface Sheet {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
}

/** Up to fifty units stand ten a row; more make the sheet about twice as wide as high. */
export function sheetOf(units: number): Sheet {
  const columns = units <= 50 ? Math.min(10, Math.max(1, units)) : Math.ceil(Math.sqrt(2 * units));
  const rows = Math.max(1, Math.ceil(units / columns));
  return { columns, rows, width: columns * (SIDE + GAP) - GAP, height: rows * (SIDE + GAP) - GAP };
}

/** Left upper corner of unit `unit` on the sheet. */
export const cornerOf = (sheet: Sheet, unit: number): readonly [x: number, y: number] => [
  (unit % sheet.columns) * (SIDE + GAP),
  Math.floor(unit / sheet.columns) * (SIDE + GAP),
];

/** The unit at a point of the sheet, −1 between pictures and beyond the last. */
export function unitAt(sheet: Sheet, units: number, x: number, y: number): number {
  const [column, row] = [Math.floor(x / (SIDE + GAP)), Math.floor(y / (SIDE + GAP))];
  if (column < 0 || row < 0 || column >= sheet.columns) return -1;
  const unit = row * sheet.columns + column;
  const inside = x - column * (SIDE + GAP) < SIDE && y - row * (SIDE + GAP) < SIDE;
  return inside && unit < units ? unit : -1;
}

/** The unit that an arrow key leads to. */
export function neighbour(sheet: Sheet, units: number, unit: number, key: string): number | null {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -sheet.columns, ArrowDown: sheet.columns }[key];
  if (key === 'Home') return 0;
  if (key === 'End') return units - 1;
  if (step === undefined) return null;
  const next = unit + step;
  return next >= 0 && next < units ? next : unit;
}

/** The 28 × 28 weights of one unit: a column of [784, units]. */
export function unitPicture(weights: Tensor, unit: number): Tensor {
  const units = weights.shape[1] ?? 0;
  const data = Float32Array.from({ length: SIDE * SIDE }, (_, pixel) => weights.data[pixel * units + unit] ?? 0);
  return { shape: [SIDE, SIDE], data };
}

/** Colours of a scale, tabled: a sheet has tens of thousands of pixels and is painted while training runs. */
const LEVELS = 255;

function table(colour: SignColour): Uint8ClampedArray {
  const bytes = new Uint8ClampedArray((2 * LEVELS + 1) * 3);
  for (let level = -LEVELS; level <= LEVELS; level += 1) bytes.set(colour(level / LEVELS), (level + LEVELS) * 3);
  return bytes;
}

/** RGBA bytes of the sheet. All units share one limit, so that strong ones look strong. */
export function paintSheet(weights: Tensor, sheet: Sheet, colour: SignColour): Uint8ClampedArray<ArrayBuffer> {
  const { data } = weights;
  const units = weights.shape[1] ?? 0;
  const toLevel = LEVELS / (magnitudeLimit(data) || 1);
  const colours = table(colour);
  const bytes = new Uint8ClampedArray(sheet.width * sheet.height * 4);
  for (let unit = 0; unit < units; unit += 1) {
    const [left, top] = cornerOf(sheet, unit);
    for (let pixel = 0; pixel < SIDE * SIDE; pixel += 1) {
      const at = ((top + Math.floor(pixel / SIDE)) * sheet.width + left + (pixel % SIDE)) * 4;
      const from = (Math.round((data[pixel * units + unit] ?? 0) * toLevel) + LEVELS) * 3;
      bytes[at] = colours[from] ?? 0;
      bytes[at + 1] = colours[from + 1] ?? 0;
      bytes[at + 2] = colours[from + 2] ?? 0;
      bytes[at + 3] = 255;
    }
  }
  return bytes;
}
