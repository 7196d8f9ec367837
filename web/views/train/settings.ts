/** Settings of a run: what may be chosen, and how what was typed becomes a setting. */
import type { TrainConfig } from '../../shared/protocol';
import { parseNumber } from '../../page/format';

export interface Settings {
  readonly hidden: number;
  readonly activation: TrainConfig['activation'];
  readonly init: TrainConfig['init'];
  readonly learningRate: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly trainCount: number;
}

/** The book's TwoLayerNet, chapter 4 and 5: 784-50-10, batch 100, learning rate 0.1. */
export const DEFAULTS: Settings = {
  hidden: 50,
  activation: 'relu',
  init: 'he',
  learningRate: 0.1,
  batchSize: 100,
  seed: 1,
  trainCount: 10_000,
};

export const HELD_OUT = 1000;
export const ACTIVATIONS = ['relu', 'sigmoid', 'tanh'] as const;
export const INITS = ['he', 'xavier', 'std'] as const;
export const DIGIT_COUNTS = [1000, 5000, 10_000, 30_000, 60_000] as const;

/** Whole-number settings and their ranges. */
export const RANGES = {
  hidden: { min: 1, max: 500 },
  batchSize: { min: 1, max: 1000 },
  seed: { min: 0, max: 999_999 },
} as const;

/** Settings that may change while a run goes on; a change of any other begins a new run. */
export const isLive = (key: keyof Settings): boolean => key === 'learningRate' || key === 'batchSize';

export function toConfig(settings: Settings): TrainConfig {
  const { hidden, ...rest } = settings;
  return { ...rest, hidden: [hidden], heldOutCount: HELD_OUT };
}

/** A whole number from `min` to `max`, or null. */
export function parseWhole(text: string, range: { readonly min: number; readonly max: number }): number | null {
  const value = parseNumber(text);
  return Number.isInteger(value) && value >= range.min && value <= range.max ? value : null;
}

/** Largest learning rate that the engine takes. */
export const MAX_RATE = 1e9;

/** A learning rate: a number above 0, at most `MAX_RATE`; or null. */
export function parseRate(text: string): number | null {
  const value = parseNumber(text);
  return value > 0 && value <= MAX_RATE ? value : null;
}

/** Iterations in one pass over the training digits. */
export const iterationsPerEpoch = (settings: Settings): number =>
  Math.max(1, Math.ceil(settings.trainCount / settings.batchSize));
