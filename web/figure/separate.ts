/** `y[below] − y[above] ≥ gap`. */
export interface Separation {
  readonly above: number;
  readonly below: number;
  readonly gap: number;
}

/**
 * The positions closest to `wanted` (least squares, weighted) that keep all separations. Hildreth's method: each
 * constraint pushes its two ends apart and remembers how hard (`force`, kept between calls as a warm start). A last
 * pass (`enforce`) makes every separation hold exactly.
 */
export function separate(params: {
  readonly wanted: readonly number[];
  readonly weight: readonly number[];
  readonly separations: readonly Separation[];
  readonly force: Float64Array;
  readonly rounds: number;
}): number[] {
  const { weight, separations, force } = params;
  const y = params.wanted.slice();
  for (let c = 0; c < separations.length; c += 1) {
    const { above, below } = separations[c]!;
    y[above]! -= force[c]! / weight[above]!;
    y[below]! += force[c]! / weight[below]!;
  }
  for (let round = 0; round < params.rounds; round += 1) {
    let worst = 0;
    for (let c = 0; c < separations.length; c += 1) {
      const { above, below, gap } = separations[c]!;
      const missing = gap - (y[below]! - y[above]!);
      const given = 1 / weight[above]! + 1 / weight[below]!;
      const step = Math.max(-force[c]!, missing / given);
      if (step === 0) continue;
      force[c]! += step;
      y[above]! -= step / weight[above]!;
      y[below]! += step / weight[below]!;
      worst = Math.max(worst, Math.abs(step) * given);
    }
    if (worst < 0.01) break;
  }
  return y;
}

/** Pushes down, in order, whatever still stands too close. */
export function enforce(y: number[], separations: readonly Separation[], order: readonly number[]): void {
  const byAbove = new Map<number, Separation[]>();
  for (const separation of separations) {
    const list = byAbove.get(separation.above);
    if (list) list.push(separation);
    else byAbove.set(separation.above, [separation]);
  }
  for (const v of order) {
    for (const { below, gap } of byAbove.get(v) ?? []) y[below] = Math.max(y[below]!, y[v]! + gap);
  }
}

/** Variables from top to bottom such that every separation points down; null when they go round in a circle. */
export function topDown(count: number, separations: readonly Separation[]): number[] | null {
  const waiting = new Array<number>(count).fill(0);
  const next: number[][] = Array.from({ length: count }, () => []);
  for (const { above, below } of separations) {
    waiting[below]! += 1;
    next[above]!.push(below);
  }
  const order: number[] = [];
  for (let v = 0; v < count; v += 1) if (waiting[v] === 0) order.push(v);
  for (let i = 0; i < order.length; i += 1) {
    for (const below of next[order[i]!]!) {
      waiting[below]! -= 1;
      if (waiting[below] === 0) order.push(below);
    }
  }
  return order.length === count ? order : null;
}
