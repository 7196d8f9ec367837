/** A pen moved by keys on the 28 × 28 grid: arrows move it, Space sets it down or lifts it. Pure: state in, state out. */
import type { StrokePoints } from '../shared/api';
import { MAX_POINTS, countPoints } from './strokes';
import type { Point } from './strokes';

export const GRID = 28;

export interface PenState {
  readonly column: number;
  readonly row: number;
  readonly down: boolean;
}

export interface PenResult {
  readonly pen: PenState;
  readonly strokes: readonly StrokePoints[];
}

export const PEN_START: PenState = { column: 14, row: 14, down: false };

const MOVES: Readonly<Record<string, readonly [columns: number, rows: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const inGrid = (index: number): number => Math.min(GRID - 1, Math.max(0, index));

/** Middle of the pen's cell, in drawing units. */
export const penPoint = (pen: PenState): Point => [(pen.column + 0.5) / GRID, (pen.row + 0.5) / GRID];

/** What a key does; null when the key means nothing here (and the page may have it). With `far`, a move is four cells. */
export function pressKey(key: string, pen: PenState, strokes: readonly StrokePoints[], far = false): PenResult | null {
  if (key === ' ') return pen.down ? { pen: { ...pen, down: false }, strokes } : setDown(pen, strokes);
  if (key === 'Escape' && pen.down) return { pen: { ...pen, down: false }, strokes };
  const move = MOVES[key];
  if (!move) return null;
  const reach = far ? 4 : 1;
  const moved = { ...pen, column: inGrid(pen.column + move[0] * reach), row: inGrid(pen.row + move[1] * reach) };
  const stays = moved.column === pen.column && moved.row === pen.row;
  if (!pen.down || stays) return { pen: moved, strokes };
  const last = strokes.at(-1);
  if (!last || countPoints(strokes) >= MAX_POINTS) return { pen: { ...moved, down: false }, strokes };
  return { pen: moved, strokes: [...strokes.slice(0, -1), [...last, penPoint(moved)]] };
}

function setDown(pen: PenState, strokes: readonly StrokePoints[]): PenResult {
  if (countPoints(strokes) >= MAX_POINTS) return { pen, strokes };
  return { pen: { ...pen, down: true }, strokes: [...strokes, [penPoint(pen)]] };
}
