import { describe, expect, it } from 'vitest';
import { GRID, PEN_START, pressKey } from '../../../web/pad/keyboard-pen';
import type { PenResult } from '../../../web/pad/keyboard-pen';

function type(keys: readonly string[], from: PenResult = { pen: PEN_START, strokes: [] }): PenResult {
  return keys.reduce((at, key) => pressKey(key, at.pen, at.strokes) ?? at, from);
}

describe('the keyboard pen', () => {
  it('moves without drawing while it is up', () => {
    const { pen, strokes } = type(['ArrowLeft', 'ArrowUp', 'ArrowUp']);
    expect(pen).toEqual({ column: 13, row: 12, down: false });
    expect(strokes).toEqual([]);
  });

  it('draws a line from cell to cell while it is down, and a new stroke the next time', () => {
    const { strokes } = type([' ', 'ArrowRight', 'ArrowDown', ' ', 'ArrowDown', ' ']);
    expect(strokes).toHaveLength(2);
    expect(strokes[0]).toEqual([
      [14.5 / GRID, 14.5 / GRID],
      [15.5 / GRID, 14.5 / GRID],
      [15.5 / GRID, 15.5 / GRID],
    ]);
    expect(strokes[1]).toEqual([[15.5 / GRID, 16.5 / GRID]]);
  });

  it('stays on the grid', () => {
    const { pen, strokes } = type([' ', ...Array.from({ length: 40 }, () => 'ArrowLeft')]);
    expect(pen.column).toBe(0);
    expect(strokes[0]).toHaveLength(15);
  });

  it('moves four cells with Shift', () => {
    expect(pressKey('ArrowDown', PEN_START, [], true)?.pen.row).toBe(18);
  });

  it('leaves other keys, and Escape with the pen up, to the page', () => {
    expect(pressKey('a', PEN_START, [])).toBeNull();
    expect(pressKey('Escape', PEN_START, [])).toBeNull();
    expect(pressKey('Tab', PEN_START, [])).toBeNull();
  });

  it('is lifted when undo took its stroke away', () => {
    const { pen } = type([' ']);
    expect(pressKey('ArrowLeft', pen, [])).toEqual({ pen: { column: 13, row: 14, down: false }, strokes: [] });
  });
});
