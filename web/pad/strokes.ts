/**
 * Strokes in drawing units: x and y in 0..1 over the pad's square, y downwards. A stroke is a polyline; one point is a
 * dot. The page only collects and draws them: the core turns them into pixels.
 */
import type { StrokePoints } from '../shared/api';

export type Point = readonly [x: number, y: number];

/** Width of the pen as a share of the pad's side. */
export const PEN_WIDTH = 0.067;

/** Two points closer than this are one: a ninth of a pixel of the 28 × 28 picture, so nothing is lost. */
const MIN_DISTANCE = 1 / 250;

/** Points a drawing may hold. Some forty dense digits: a scribble beyond it only costs time. */
export const MAX_POINTS = 6000;

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** Moves a point onto the pad. A pen that leaves the square draws along its edge. */
export const onPad = ([x, y]: Point): Point => [clamp(x), clamp(y)];

export const countPoints = (strokes: readonly StrokePoints[]): number =>
  strokes.reduce((sum, stroke) => sum + stroke.length, 0);

/** The stroke with `points` at its end, without those that hardly move. Returns the same stroke when none is added. */
export function extendStroke(stroke: StrokePoints, points: readonly Point[]): StrokePoints {
  const added: Point[] = [];
  let last = stroke.at(-1);
  for (const raw of points) {
    const point = onPad(raw);
    if (last && Math.hypot(point[0] - last[0], point[1] - last[1]) < MIN_DISTANCE) continue;
    added.push(point);
    last = point;
  }
  return added.length === 0 ? stroke : [...stroke, ...added];
}

/** The strokes with `points` added to the last one, cut at `MAX_POINTS`. */
export function extendLast(strokes: readonly StrokePoints[], points: readonly Point[]): readonly StrokePoints[] {
  const last = strokes.at(-1);
  if (!last) return strokes;
  const longer = extendStroke(last, points.slice(0, Math.max(0, MAX_POINTS - countPoints(strokes))));
  return longer === last ? strokes : [...strokes.slice(0, -1), longer];
}

/** SVG path data of a stroke in a box of `side` units. A dot becomes a line of no length: round caps make it a disc. */
export function strokePath(stroke: StrokePoints, side: number): string {
  const at = ([x, y]: Point): string => `${(x * side).toFixed(2)} ${(y * side).toFixed(2)}`;
  const [first, ...rest] = stroke;
  if (!first) return '';
  return `M${at(first)}${rest.length === 0 ? 'h0' : rest.map((point) => `L${at(point)}`).join('')}`;
}

/**
 * The part of the pad that a sample's points span: the 20-pixel box less the pen, as parts of 28 pixels. The picture
 * that the network sees is then as large as the pad.
 */
const SAMPLE_SHARE = 17.6 / 28;

/** A drawing moved and scaled, aspect kept, so that its longer side fills `share` of the pad, centred. */
export function fitStrokes(strokes: readonly StrokePoints[], share = SAMPLE_SHARE): readonly StrokePoints[] {
  const all = strokes.flat();
  if (all.length === 0) return [];
  const xs = all.map(([x]) => x);
  const ys = all.map(([, y]) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const extent = Math.max(right - left, bottom - top);
  const scale = extent > 0 ? share / extent : 0;
  const place = ([x, y]: Point): Point => [
    0.5 + (x - (left + right) / 2) * scale,
    0.5 + (y - (top + bottom) / 2) * scale,
  ];
  return strokes.map((stroke) => stroke.map(place));
}
