/** Finished runs: their settings and curves are kept in the browser, their weights as long as the page is open. */
import type { TrainPoint } from '../../shared/protocol';
import { thin } from './chart/series';
import { ACTIVATIONS, DEFAULTS, INITS } from './settings';
import type { Settings } from './settings';

export interface Run {
  readonly number: number;
  readonly settings: Settings;
  readonly iteration: number;
  readonly epoch: number;
  readonly points: readonly TrainPoint[];
  /** Weights as a safetensors file, while the page is open. */
  readonly weights: ArrayBuffer | null;
}

export const MAX_RUNS = 6;
const STORED_POINTS = 120;

/** Dash pattern of the run at `index` in the list, newest first: a second cue beside its place. Solid is this run's. */
export const DASHES = ['6 4', '1.5 3.5', '10 3 1.5 3', '3 3', '12 4', '1.5 6'] as const;
export const dashOf = (index: number): string => DASHES[index % DASHES.length] ?? '6 4';

export const addRun = (runs: readonly Run[], run: Run): readonly Run[] =>
  [run, ...runs.filter((other) => other.number !== run.number)].slice(0, MAX_RUNS);

export const serializeRuns = (runs: readonly Run[]): string =>
  JSON.stringify(runs.map((run) => ({ ...run, weights: undefined, points: thin(run.points, STORED_POINTS) })));

/** Reads what `serializeRuns` wrote. Anything else, or an older shape, gives fewer runs and never an error. */
export function parseRuns(text: string | null): readonly Run[] {
  if (!text) return [];
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.flatMap(readRun).slice(0, MAX_RUNS) : [];
  } catch {
    return [];
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;

function readRun(value: unknown): Run[] {
  if (!isRecord(value) || !isCount(value.number) || !isCount(value.iteration) || !isCount(value.epoch)) return [];
  const settings = readSettings(value.settings);
  if (!settings || !Array.isArray(value.points)) return [];
  const points = value.points.flatMap(readPoint);
  return [{ number: value.number, settings, iteration: value.iteration, epoch: value.epoch, points, weights: null }];
}

function readSettings(value: unknown): Settings | null {
  if (!isRecord(value)) return null;
  const activation = ACTIVATIONS.find((name) => name === value.activation);
  const init = INITS.find((name) => name === value.init);
  const { hidden, learningRate, batchSize, seed, trainCount } = { ...DEFAULTS, ...value } as Record<string, unknown>;
  if (!activation || !init || !isCount(hidden) || !isCount(learningRate)) return null;
  if (!isCount(batchSize) || !isCount(seed) || !isCount(trainCount)) return null;
  return { activation, init, hidden, learningRate, batchSize, seed, trainCount };
}

/** JSON has no NaN or infinity: they come back as null and stay gaps in the curve. */
function readPoint(value: unknown): TrainPoint[] {
  if (!isRecord(value) || !isCount(value.iteration)) return [];
  const measured = (key: string): number => (typeof value[key] === 'number' ? value[key] : Number.NaN);
  return [
    {
      iteration: value.iteration,
      loss: measured('loss'),
      heldOutLoss: measured('heldOutLoss'),
      trainAccuracy: measured('trainAccuracy'),
      heldOutAccuracy: measured('heldOutAccuracy'),
    },
  ];
}
