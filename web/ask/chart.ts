/** Axes and lines of the small charts: pure numbers. */

export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly isLog: boolean;
  readonly ticks: readonly number[];
}

/** A scale over all finite numbers; with `isLog` over those above 0, from decade to decade. Null where there is nothing to show. */
export function scaleOf(numbers: readonly number[], isLog: boolean): Scale | null {
  const usable = numbers.filter((x) => Number.isFinite(x) && (!isLog || x > 0));
  if (usable.length === 0) return null;
  const least = Math.min(...usable);
  const most = Math.max(...usable);
  return isLog ? decades(least, most) : round(least, most);
}

function decades(least: number, most: number): Scale {
  const from = Math.floor(Math.log10(least) + 1e-9);
  const to = Math.max(from + 1, Math.ceil(Math.log10(most) - 1e-9));
  const every = Math.ceil((to - from) / 4);
  const ticks: number[] = [];
  for (let power = from; power <= to; power += every) ticks.push(10 ** power);
  return { min: 10 ** from, max: 10 ** to, isLog: true, ticks };
}

function round(least: number, most: number): Scale {
  const span = most - least || Math.abs(most) || 1;
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= span / 4) ?? 10) * power;
  const ticks: number[] = [];
  const digits = Math.max(0, 2 - Math.floor(Math.log10(step)));
  for (let k = Math.ceil(least / step - 1e-9); k * step <= most + step * 1e-9; k += 1) {
    ticks.push(Number((k * step).toFixed(Math.min(digits, 100))));
  }
  const flat = most === least ? span / 2 : 0;
  return { min: least - flat, max: most + flat, isLog: false, ticks };
}

/** Where a number lies, 0 at the scale's start and 1 at its end; NaN for what a logarithmic scale does not have. */
export function place({ min, max, isLog }: Scale, x: number): number {
  if (!isLog) return (x - min) / (max - min);
  return x > 0 ? Math.log(x / min) / Math.log(max / min) : NaN;
}

/** SVG path data of a line in a box; a point that is not there breaks it. */
export function linePath(
  x: Scale,
  y: Scale,
  points: { readonly x: readonly number[]; readonly y: readonly number[] },
  width: number,
  height: number,
): string {
  let path = '';
  let pen = 'M';
  points.x.forEach((at, i) => {
    const right = place(x, at) * width;
    const down = (1 - place(y, points.y[i] ?? NaN)) * height;
    if (!Number.isFinite(right) || !Number.isFinite(down)) {
      pen = 'M';
      return;
    }
    path += `${pen}${right.toFixed(1)} ${down.toFixed(1)}`;
    pen = 'L';
  });
  return path;
}

/** Stretches of equal neighbours: [a, a, b] → a from 0 to 1, b from 2 to 2. */
export function stretches<T>(
  values: readonly T[],
): { readonly value: T; readonly from: number; readonly to: number }[] {
  const result: { value: T; from: number; to: number }[] = [];
  values.forEach((value, i) => {
    const last = result.at(-1);
    if (last?.value === value) last.to = i;
    else result.push({ value, from: i, to: i });
  });
  return result;
}

/** Index of the number that is nearest on the scale. */
export function nearest(scale: Scale, numbers: readonly number[], share: number): number {
  let best = 0;
  numbers.forEach((x, i) => {
    if (Math.abs(place(scale, x) - share) < Math.abs(place(scale, numbers[best] ?? NaN) - share)) best = i;
  });
  return best;
}
