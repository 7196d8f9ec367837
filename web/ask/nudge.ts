/** Half the number of places of the push slider; 0 lies between the two halves. */
const half = 20;

/** How far an input is pushed at most: as far as it is large, at least 1, a round number. */
export function reach(value: number): number {
  const size = Number.isFinite(value) && Math.abs(value) > 1 ? Math.abs(value) : 1;
  const power = 10 ** Math.floor(Math.log10(size));
  return Number((Math.ceil(size / power) * power).toPrecision(2));
}

/** The places of the push slider, from −span to span in equal parts. */
export const pushes = (span: number): number[] =>
  Array.from({ length: 2 * half + 1 }, (_, i) => Number((((i - half) / half) * span).toPrecision(6)));

/** Ranges of the slider, as shares of `reach`. */
export const zooms = [0.01, 0.1, 1, 10] as const;
