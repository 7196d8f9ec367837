import type { StrokePoints } from '../../shared/api.ts';

/** What lies on an untouched pad: a hand-drawn 7, in parts of the pad's side, y downwards. */
export const SEVEN: StrokePoints = [
  [0.25, 0.29],
  [0.28, 0.265],
  [0.33, 0.25],
  [0.4, 0.243],
  [0.48, 0.237],
  [0.56, 0.23],
  [0.63, 0.227],
  [0.69, 0.229],
  [0.715, 0.234],
  [0.732, 0.248],
  [0.737, 0.265],
  [0.728, 0.3],
  [0.705, 0.35],
  [0.67, 0.42],
  [0.63, 0.49],
  [0.59, 0.565],
  [0.555, 0.64],
  [0.525, 0.71],
  [0.5, 0.775],
  [0.482, 0.83],
  [0.475, 0.87],
];
