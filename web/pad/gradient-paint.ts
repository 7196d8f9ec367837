import type { Tensor } from '../shared/api';
import type { TensorView } from '../shared/protocol';

/** Colour of the sign scale at `t` in −1..1, each channel 0..255. */
export type SignColour = (t: number) => readonly [red: number, green: number, blue: number];

/** Strong cells hide the stroke and match the legend exactly; weak ones let it through. */
export const cellOpacity = (magnitude: number): number => Math.min(1, 0.12 + 2 * magnitude);

/** Largest magnitude of the finite elements. */
export function magnitudeLimit(data: ArrayLike<number>): number {
  let limit = 0;
  for (let i = 0; i < data.length; i += 1) {
    const size = Math.abs(data[i] ?? 0);
    if (Number.isFinite(size) && size > limit) limit = size;
  }
  return limit;
}

/**
 * RGBA bytes of a gradient, one pixel an element, row-major, to be laid over the drawing without smoothing. Elements
 * are divided by the largest magnitude; a gradient that is zero everywhere is transparent.
 */
export function paintGradient(gradient: Tensor | TensorView, colour: SignColour): Uint8ClampedArray<ArrayBuffer> {
  const data = gradient.data ?? new Float32Array();
  const bytes = new Uint8ClampedArray(data.length * 4);
  const limit = magnitudeLimit(data);
  if (limit === 0) return bytes;
  for (let i = 0; i < data.length; i += 1) {
    const t = (data[i] ?? 0) / limit;
    if (!Number.isFinite(t)) continue;
    bytes.set(colour(t), i * 4);
    bytes[i * 4 + 3] = Math.round(255 * cellOpacity(Math.abs(t)));
  }
  return bytes;
}
