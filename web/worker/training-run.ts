import type { Core, TrainRun } from '../engine/core-module';
import { Pacer, Yielder } from '../engine/time-slices';
import type { BackpropErrorData } from '../shared/api';
import type { TrainConfig, TrainHandle, TrainPoint, TrainStatus } from '../shared/protocol';
import { errorData } from './error-data';
import type { Outbox } from './outbox';
import { Throughput } from './throughput';

/** Points are measured at multiples of this, so that the same seed draws the same curve, … */
const POINT_EVERY = 50;
/** … and after the first ones no more often than this, so that measuring stays a small part of the work. */
const FIRST_POINTS = 10;
const POINT_MILLISECONDS = 250;
/** Training digits that a point is measured on. */
const TRAIN_SAMPLE = 1000;

interface Parts {
  readonly core: Core;
  readonly outbox: Outbox;
  readonly train: TrainHandle;
  readonly network: number;
  readonly heldOut: number;
  readonly config: TrainConfig;
}

/** One training in the worker: slices of about 8 ms, and messages of the page in between. */
export class TrainingRun {
  readonly train: TrainHandle;
  readonly network: number;
  readonly #parts: Parts;
  readonly #pacer = new Pacer();
  readonly #yielder = new Yielder();
  readonly #throughput = new Throughput();
  #learningRate: number;
  #batchSize: number;
  #running = false;
  #shift = 0;
  #closed = false;
  #iteration = 0;
  #epoch = 0;
  #batchLoss = 0;
  #lossSum = 0;
  #lossCount = 0;
  #measured = 0;
  #lastPoint = 0;
  #points: TrainPoint[] = [];
  #failure: BackpropErrorData | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.train = parts.train;
    this.network = parts.network;
    this.#learningRate = parts.config.learningRate;
    this.#batchSize = parts.config.batchSize;
  }

  start(): TrainStatus {
    if (!this.#running) {
      this.#running = true;
      this.#failure = null;
      void this.#loop(++this.#shift);
    }
    return this.#answer();
  }

  pause(): TrainStatus {
    this.#running = false;
    return this.#answer();
  }

  /** Exactly `iterations`, and a point after them. */
  async step(iterations: number): Promise<TrainStatus> {
    this.#running = false;
    this.#failure = null;
    const end = this.#iteration + iterations;
    while (this.#iteration < end && !this.#failure && !this.#closed) {
      this.#slice(end - this.#iteration);
      if (this.#iteration < end) await this.#yielder.turn();
    }
    if (!this.#failure && !this.#closed) this.#measure();
    return this.#answer();
  }

  adjust(change: { readonly learningRate?: number; readonly batchSize?: number }): TrainStatus {
    const learningRate = change.learningRate ?? this.#learningRate;
    const batchSize = change.batchSize ?? this.#batchSize;
    this.#parts.core.trainerAdjust(this.train, learningRate, batchSize);
    this.#learningRate = learningRate;
    this.#batchSize = batchSize;
    return this.#answer();
  }

  close(): void {
    if (this.#closed) return;
    this.#running = false;
    this.#closed = true;
    this.#yielder.close();
    const { core, heldOut, network } = this.#parts;
    core.trainerClose(this.train);
    core.datasetClose(heldOut);
    core.networkClose(network);
  }

  /** `shift` tells this loop from one that a pause ended but that has not noticed yet. */
  async #loop(shift: number): Promise<void> {
    this.#throughput.reset();
    while (this.#running && shift === this.#shift) {
      try {
        this.#slice(POINT_EVERY - (this.#iteration % POINT_EVERY));
        if (!this.#failure && this.#pointIsDue()) this.#measure();
      } catch (cause) {
        this.#failure = errorData(cause);
      }
      if (this.#failure) this.#running = false;
      this.#announce();
      if (this.#running) await this.#yielder.turn();
    }
  }

  /** At most `most` iterations, at most about one slice of time. */
  #slice(most: number): void {
    const count = Math.min(this.#pacer.count, most);
    const start = performance.now();
    const run = this.#parts.core.trainerRun(this.train, count);
    const took = performance.now() - start;
    if (run.ran === this.#pacer.count) this.#pacer.took(run.ran, took);
    this.#throughput.add(run.ran * Math.min(this.#batchSize, this.#parts.config.trainCount));
    this.#take(run);
  }

  #take(run: TrainRun): void {
    this.#iteration = run.iteration;
    this.#epoch = run.epoch;
    this.#failure = run.failure;
    if (run.failure) return;
    this.#batchLoss = run.batchLoss;
    this.#lossSum += run.lossSum;
    this.#lossCount += run.ran;
  }

  #pointIsDue(): boolean {
    if (this.#iteration % POINT_EVERY !== 0) return false;
    return this.#measured < FIRST_POINTS || performance.now() - this.#lastPoint >= POINT_MILLISECONDS;
  }

  #measure(): void {
    if (this.#lossCount === 0) return;
    const { core, network, heldOut, config } = this.#parts;
    const onTrain = core.trainerEvaluate(this.train, Math.min(TRAIN_SAMPLE, config.trainCount));
    const onHeldOut = core.networkEvaluate(network, heldOut, config.heldOutCount);
    this.#points.push({
      iteration: this.#iteration,
      loss: this.#lossSum / this.#lossCount,
      heldOutLoss: onHeldOut.loss,
      trainAccuracy: onTrain.accuracy,
      heldOutAccuracy: onHeldOut.accuracy,
    });
    this.#lossSum = 0;
    this.#lossCount = 0;
    this.#measured += 1;
    this.#lastPoint = performance.now();
  }

  /** Posts a status; the points of statuses that the page has no time for are carried over to the next. */
  #announce(): void {
    this.#parts.outbox.post('train', this.#status(), (older, newer) =>
      older.train === newer.train ? { ...newer, points: [...older.points, ...newer.points] } : newer,
    );
  }

  /** What a call returns; a status that still waits for the page must not contradict it later. */
  #answer(): TrainStatus {
    const status = this.#status();
    this.#parts.outbox.amend('train', (waiting) =>
      waiting.train === status.train ? { ...status, points: waiting.points } : waiting,
    );
    return status;
  }

  /** The state now, with the points that no status has carried yet. */
  #status(): TrainStatus {
    const points = this.#points;
    this.#points = [];
    return {
      train: this.train,
      running: this.#running,
      iteration: this.#iteration,
      epoch: this.#epoch,
      batchLoss: this.#batchLoss,
      samplesPerSecond: this.#throughput.perSecond,
      points,
      failure: this.#failure,
    };
  }
}
