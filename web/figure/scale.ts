/** Colour scales of heat maps. Pure; the stops are those of `web/styles/tokens.css`, held equal by a test. */
export type Theme = 'light' | 'dark';
export type Rgb = readonly [red: number, green: number, blue: number];
/** Colour of a value between −1 and 1 (sign) or 0 and 1 (ink), each channel 0…255. */
export type Colour = (t: number) => Rgb;
export type ScaleName = 'sign' | 'ink';

export const stops: Readonly<Record<ScaleName, Readonly<Record<Theme, readonly string[]>>>> = {
  sign: {
    light: ['#2b3f9e', '#8c9ad6', '#f3f1ea', '#dda94a', '#7a4a00'],
    dark: ['#a9b5f5', '#5563b0', '#22252a', '#9a6b16', '#f2c35e'],
  },
  ink: { light: ['#ffffff', '#1e2125'], dark: ['#111315', '#eceae4'] },
};

const parse = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;

/** Linear in sRGB between evenly spaced stops; `t` 0…1 runs from the first stop to the last. */
function ramp(hex: readonly string[]): Colour {
  const colours = hex.map(parse);
  const last = colours.length - 1;
  return (t) => {
    const at = Math.min(1, Math.max(0, t)) * last;
    const i = Math.min(last - 1, Math.floor(at));
    const [from, to] = [colours[i]!, colours[i + 1]!];
    return [0, 1, 2].map((c) => Math.round(from[c]! + (to[c]! - from[c]!) * (at - i))) as unknown as Rgb;
  };
}

const ramps = {
  sign: { light: ramp(stops.sign.light), dark: ramp(stops.sign.dark) },
  ink: { light: ramp(stops.ink.light), dark: ramp(stops.ink.dark) },
} as const;

/** Indigo (−1) over paper (0) to ochre (1). Out of range values take the end colours. */
export const signColour =
  (theme: Theme): Colour =>
  (t) =>
    ramps.sign[theme]((t + 1) / 2);

/** Paper (0) to ink (1). */
export const inkColour = (theme: Theme): Colour => ramps.ink[theme];

/**
 * Colours of values: a value is divided by `limit` first. A limit of 0 (all cells are zero) shows everything as zero,
 * and what is not a number shows as zero too.
 */
export function cellColour(scale: ScaleName, theme: Theme, limit: number): Colour {
  const colour = scale === 'sign' ? signColour(theme) : inkColour(theme);
  return (value) => colour(limit > 0 && !Number.isNaN(value) ? value / limit : 0);
}

/** The limit of a tensor's own scale: its largest magnitude; 1 for the ink scale, which is absolute. */
export function scaleLimit(
  scale: ScaleName,
  tensor: { readonly min?: number; readonly max?: number; readonly data: ArrayLike<number> | null },
): number {
  if (scale === 'ink') return 1;
  if (tensor.min !== undefined && tensor.max !== undefined) return Math.max(Math.abs(tensor.min), Math.abs(tensor.max));
  let limit = 0;
  const data = tensor.data ?? [];
  for (let i = 0; i < data.length; i += 1) {
    const size = Math.abs(data[i]!);
    if (Number.isFinite(size) && size > limit) limit = size;
  }
  return limit;
}
