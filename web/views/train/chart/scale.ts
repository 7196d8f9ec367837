/** Axes of the charts: pure numbers, no drawing. */

export interface Axis {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
}

/** Steps that read well: 1, 2, 2.5 or 5 times a power of ten. */
const STEPS = [1, 2, 2.5, 5, 10] as const;

/** The smallest well readable step of at least `size`. */
function niceStep(size: number, whole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(size));
  const fits = (factor: number): boolean =>
    factor * power >= size * (1 - 1e-9) && (!whole || Number.isInteger(factor * power));
  return (STEPS.find(fits) ?? 10) * power;
}

/** An axis from 0 to a round number of at least `max`, with at most `parts` + 1 labels. */
export function axisFromZero(max: number, parts = 3, whole = false): Axis {
  const top = Number.isFinite(max) && max > 0 ? max : 1;
  const step = niceStep(top / parts, whole);
  const count = Math.max(1, Math.ceil(top / step - 1e-9));
  return { min: 0, max: step * count, ticks: Array.from({ length: count + 1 }, (_, i) => i * step) };
}

/** An iteration axis has whole numbers only. */
export function iterationAxis(last: number): Axis {
  return axisFromZero(Math.max(4, last), 4, true);
}

/** Where `value` lies on the axis, 0 at `min` and 1 at `max`; outside values lie outside. */
export const along = (axis: Axis, value: number): number => (value - axis.min) / (axis.max - axis.min);

/**
 * The loss axis shows where learning happens: a run that blows up leaves through the top instead of pressing all other
 * curves flat. `first` is the loss before training, near ln 10 for ten digits.
 */
export function lossAxis(losses: readonly number[], first: number): Axis {
  const finite = losses.filter(Number.isFinite);
  const limit = Math.max(Math.LN10, Number.isFinite(first) ? 1.2 * first : 0);
  return axisFromZero(Math.min(limit, Math.max(0.1, ...finite)));
}

/** Heights for labels that want to stand at `wanted` (pixels, top down) but at least `gap` apart, within 0..`height`. */
export function spread(wanted: readonly number[], gap: number, height: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const placed = [...wanted];
  let floor = -Infinity;
  for (const i of order) {
    placed[i] = Math.max(placed[i] ?? 0, floor + gap);
    floor = placed[i] ?? 0;
  }
  let ceiling = height + gap;
  for (const i of order.reverse()) {
    placed[i] = Math.min(placed[i] ?? 0, ceiling - gap);
    ceiling = placed[i] ?? 0;
  }
  return placed;
}
