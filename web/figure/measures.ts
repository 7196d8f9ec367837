/** Measures of the graph notation, in px at scale 1. `desktop` and `phone` differ in where input labels stand and how long wires run. */
export const circleRadius = 22;
export const ringRadius = 29;
export const selectionRadius = 28;
/** From the middle of a circle or box to its outer ring, up and down. */
export const ringReach = ({ height }: { readonly height: number }): number =>
  Math.max(ringRadius, height / 2 + ringRadius - circleRadius);
/** Of a box with up to three wires coming in, see ports.ts. */
export const boxHeight = 46;
export const boxPadding = 18;
export const boxRadius = 8;
export const bend = 12;
export const head = { length: 9, width: 7 } as const;
export const fieldHeight = 28;
export const labelSize = 15;
export const labelLine = 20;
export const numberSize = 20;
export const matrixSize = 17;
export const matrixRow = 23;
/** Rows of numbers that can be edited stand wider apart: each is a target of its own. */
export const fieldRow = 26;
export const captionSize = 14;

/** Distances from the wire: value baseline above it, gradient arrow and first gradient baseline below it. */
export const valueBaseline = 10;
export const gradientArrow = 11;
export const gradientBaseline = 38;
/** Each further contribution of a value that is used twice stands this much lower. */
export const contributionLine = 27;

/** Room kept free between two things that stand one above another. */
export const clearance = 14;
/** Room a wire that only passes by keeps from what is above and below it. */
export const laneHalf = 9;

export interface Measures {
  /** Shortest horizontal run of a wire; its labels live there. */
  readonly run: number;
  /** Shortest run of an input's wire. */
  readonly inputRun: number;
  /** Widest line of an input's label before it wraps. */
  readonly labelWidth: number;
  /** Where an input's label stands. */
  readonly labels: 'left' | 'above';
  /** Horizontal room of the slanted part of a wire: at least, per px of height, at most. */
  readonly slant: readonly [least: number, slope: number, most: number];
}

export const desktop: Measures = { run: 96, inputRun: 108, labelWidth: 140, labels: 'left', slant: [38, 0.38, 76] };
export const phone: Measures = { run: 84, inputRun: 110, labelWidth: 128, labels: 'above', slant: [30, 0.4, 62] };
