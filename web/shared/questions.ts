/**
 * What a graph answers beside its values and gradients: is this gradient right and if not why, what if this number were a
 * little larger, along which paths did the gradient come, what was kept for the way back, where did the first NaN come from.
 * Plain data, part of the public API (`api.ts` exports it all). None of these calls changes the graph that is asked. Where
 * they take a target, without one they mean that of the steps: the output, unless `Graph.steps` chose another.
 */
import type { Tensor, TensorLike } from './api';

/**
 * What a gradient check says of one element, at one step width h:
 * - `agrees`: analytic and numeric gradient differ by no more than the tolerance (10⁻⁶, relative above 1);
 * - `kink`: the function has a corner (ReLU at 0, a maximum that changes hands) or a jump inside x ± h, so that a central
 *   difference cannot be the derivative; the gradient itself is not in doubt;
 * - `round-off`: h is too small: the two values differ in digits that the number format does not hold;
 * - `curvature`: h is too large: the function bends inside x ± h (or leaves its domain), and a smaller h agrees;
 * - `disagrees`: no h brings the two together: the gradient is wrong.
 */
export type Verdict = 'agrees' | 'kink' | 'round-off' | 'curvature' | 'disagrees';

export interface GradientCheck {
  readonly node: string;
  readonly analytic: Tensor;
  readonly numeric: Tensor;
  /** Largest |analytic − numeric|. */
  readonly maxAbsolute: number;
  /** Largest |analytic − numeric| / max(1, |analytic|, |numeric|). */
  readonly maxRelative: number;
  readonly agrees: boolean;
  /** The worst verdict of its elements, in the order of `Verdict`. */
  readonly verdict: Verdict;
  /** One an element, row-major. */
  readonly verdicts: readonly Verdict[];
  /** Forward passes that the central differences of this node took: two an element. Backward took one of each. */
  readonly evaluations: number;
}

export interface CheckOptions {
  /** The step width, above 0 and at most 1; without it 10⁻⁴. */
  readonly h?: number;
}

export interface CheckCurveOptions {
  readonly target?: string;
  /** The step widths go from `smallest` (10⁻¹²) to `largest` (1) in equal ratios. */
  readonly smallest?: number;
  readonly largest?: number;
  /** How many, 2 to 200; without it 37: three a decade. */
  readonly points?: number;
}

/** The error of a central difference over its step width, for one element. Arrays run parallel, h ascending. */
export interface CheckCurve {
  readonly analytic: number;
  readonly h: readonly number[];
  readonly numeric: readonly number[];
  /** |analytic − numeric| / max(1, |analytic|, |numeric|). */
  readonly error: readonly number[];
  readonly verdicts: readonly Verdict[];
  /** The h of the smallest error. */
  readonly best: number;
}

/** One way from a node to another along the wires. */
export interface GraphPath {
  /** From `from` to `to`, both included. */
  readonly nodes: readonly string[];
  /** `slots[k]` is the slot of `nodes[k + 1]` that `nodes[k]` feeds; one less than nodes. */
  readonly slots: readonly number[];
  /** Local derivative of `nodes[k + 1]` at that slot; null where it has no short form. */
  readonly locals: readonly (Tensor | null)[];
  /** What reaches `from` along this path alone, in its shape: the seed times all local derivatives. */
  readonly product: Tensor;
}

export interface PathReport {
  /** At most 256. */
  readonly paths: readonly GraphPath[];
  /** Sum over all paths, those left out included: the gradient of ⟨seed, to⟩ at `from`. */
  readonly total: Tensor;
  /** How many more paths there are (exact up to 2⁵³). */
  readonly omitted: number;
}

/** What an operator keeps between its forward and its backward step. Operators that keep nothing have an entry too. */
export interface MemoryEntry {
  readonly node: string;
  readonly keeps: readonly {
    /** The name of the slot or of the result in the op's formulas: `x`, `W`, `y`. */
    readonly what: string;
    /** The node whose value it is. */
    readonly of: string;
    readonly bytes: number;
  }[];
  /** What the kept values could be shrunk to, in one word of the field (`mask`); null where they are needed whole. */
  readonly enough: string | null;
  /** The forward step that makes it, and the step after which it can be freed: its backward step, or `from` where nothing goes back. */
  readonly from: number;
  readonly until: number;
}

/** One element of one node pushed by `delta`; the numbers are those of ⟨seed, target⟩, a scalar. */
export interface Nudge {
  readonly before: number;
  readonly after: number;
  /** `after` − `before`. */
  readonly change: number;
  /** ∂⟨seed, target⟩ / ∂element. */
  readonly gradient: number;
  /** `gradient` · `delta`: what the gradient promises. */
  readonly promised: number;
  /** The target's value after the nudge. */
  readonly target: Tensor;
}

export interface NudgeCurveOptions {
  readonly target?: string;
  /** The element goes from x − span to x + span. Above 0. */
  readonly span: number;
  /** 2 to 1,001. */
  readonly points: number;
}

/** ⟨seed, target⟩ over one element, and the straight line that the gradient promises. */
export interface NudgeCurve {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly tangent: readonly number[];
}

/**
 * Why a number is not finite:
 * - `input`: it was given so;
 * - `divide-by-zero` x/0, 0 to a negative power, a derivative like 1/x at 0; `zero-over-zero`;
 * - `log-of-zero`, `log-of-negative`, `sqrt-of-negative`, `pow-of-negative` (a negative base with a fraction as exponent);
 * - `overflow`: finite numbers gave one beyond the largest of the format;
 * - `inf-minus-inf`, `zero-times-inf`, `inf-over-inf`: the forms without a value;
 * - `passed-on`: an operand was not finite already, and the rule hands that on.
 */
export type NonFiniteCause =
  | 'input'
  | 'divide-by-zero'
  | 'zero-over-zero'
  | 'log-of-zero'
  | 'log-of-negative'
  | 'sqrt-of-negative'
  | 'pow-of-negative'
  | 'overflow'
  | 'inf-minus-inf'
  | 'zero-times-inf'
  | 'inf-over-inf'
  | 'passed-on';

/** A number that went into another: an element of a node's value or gradient. */
export interface Operand {
  readonly id: string;
  readonly of: 'value' | 'grad';
  readonly index: readonly number[];
  readonly value: number;
}

export interface NonFiniteAt {
  /** The node that holds the number. */
  readonly node: string;
  /** The step that made it; 0 for a leaf's value. */
  readonly step: number;
  readonly phase: 'given' | 'forward' | 'seed' | 'backward';
  readonly of: 'value' | 'grad';
  readonly kind: 'nan' | 'inf';
  /** Of the first such element. */
  readonly index: readonly number[];
  readonly value: number;
  readonly cause: NonFiniteCause;
  /** The operator whose rule made it; null for given numbers. */
  readonly rule: string | null;
  /** What went into it: in forward the operator's inputs, in backward its upstream gradient and its inputs. */
  readonly inputs: readonly Operand[];
}

/** The first number of a whole pass (forward, then backward) that is NaN or infinite, and how it went on. */
export interface NonFinite extends NonFiniteAt {
  /** The nodes that were struck afterwards, in the order of the steps; at most 50. */
  readonly then: readonly NonFiniteAt[];
}

/** Directions for leaves by id; those not named stand still. */
export type Directions = Readonly<Record<string, TensorLike>>;
