import { describe, expect, it } from 'vitest';
import {
  cornerOf,
  neighbour,
  paintSheet,
  sheetOf,
  unitAt,
  unitPicture,
} from '../../../../web/views/train/unit-pictures';

const UNITS = 12;
const weights = {
  shape: [784, UNITS],
  data: Float32Array.from({ length: 784 * UNITS }, (_, i) => (i % UNITS) / 100 + Math.floor(i / UNITS)),
};

describe('pictures of hidden units', () => {
  it('stand ten a row, or about twice as wide as high', () => {
    expect(sheetOf(50)).toMatchObject({ columns: 10, rows: 5 });
    expect(sheetOf(3)).toMatchObject({ columns: 3, rows: 1 });
    expect(sheetOf(500)).toMatchObject({ columns: 32, rows: 16 });
  });

  it('are the columns of the weight', () => {
    const picture = unitPicture(weights, 7);
    expect(picture.shape).toEqual([28, 28]);
    expect(picture.data[0]).toBeCloseTo(0.07);
    expect(picture.data[783]).toBeCloseTo(783.07, 3);
  });

  it('are found where they are painted', () => {
    const sheet = sheetOf(UNITS);
    for (let unit = 0; unit < UNITS; unit += 1) {
      const [x, y] = cornerOf(sheet, unit);
      expect(unitAt(sheet, UNITS, x + 27.5, y + 0.5)).toBe(unit);
    }
    expect(unitAt(sheet, UNITS, 28.5, 4)).toBe(-1);
    expect(unitAt(sheet, UNITS, 30 * 5, 31)).toBe(-1);
    expect(unitAt(sheet, UNITS, -1, 4)).toBe(-1);
  });

  it('are painted on one scale, with clear gaps', () => {
    const sheet = sheetOf(UNITS);
    const bytes = paintSheet(weights, sheet, (t) => [Math.round(t * 200), 0, 0]);
    const at = (x: number, y: number) => [...bytes.slice((y * sheet.width + x) * 4, (y * sheet.width + x) * 4 + 4)];
    const [x, y] = cornerOf(sheet, 11);
    expect(at(x + 27, y + 27)).toEqual([200, 0, 0, 255]);
    expect(at(28, 0)).toEqual([0, 0, 0, 0]);
  });

  it('are walked by arrow keys', () => {
    const sheet = sheetOf(UNITS);
    expect(neighbour(sheet, UNITS, 0, 'ArrowRight')).toBe(1);
    expect(neighbour(sheet, UNITS, 1, 'ArrowDown')).toBe(11);
    expect(neighbour(sheet, UNITS, 5, 'ArrowDown')).toBe(5);
    expect(neighbour(sheet, UNITS, 0, 'ArrowLeft')).toBe(0);
    expect(neighbour(sheet, UNITS, 3, 'End')).toBe(11);
    expect(neighbour(sheet, UNITS, 3, 'x')).toBeNull();
  });
});
