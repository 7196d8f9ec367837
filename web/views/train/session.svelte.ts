/**
 * The run in training. It lives beside the views: training goes on, and the pad may use the net, while another view is
 * open. The numbers come from the worker; here is only what was asked and what was answered.
 */
import type { NetworkInfo, TrainInfo, TrainPoint, TrainStatus } from '../../shared/protocol';
import { engine } from '../../page/client';
import type { EngineClient } from '../../page/client';
import { networks } from '../../page/networks.svelte';
import type { Networks } from '../../page/networks.svelte';
import { appendPoints } from './chart/series';
import type { Run } from './runs';
import { RunList } from './run-list.svelte';
import { DEFAULTS, isLive, iterationsPerEpoch, toConfig } from './settings';
import type { Settings } from './settings';

/** Key of the net in training on the list of networks. */
export const TRAINING = 'training';

export type Phase = 'new' | 'creating' | 'computing' | 'paused' | 'running';

/** Milliseconds between the copies of the weights that outlive a worker. */
const SAVE_EVERY = 15_000;

/** Milliseconds between two statuses that are shown: more than ten numbers a second nobody reads, and the page paints each. */
const SHOW_EVERY = 100;

export class TrainSession {
  settings = $state.raw<Settings>(DEFAULTS);
  phase = $state<Phase>('new');
  status = $state.raw<TrainStatus | null>(null);
  points = $state.raw<readonly TrainPoint[]>([]);
  /** What the engine refused, with its own words. */
  error = $state.raw<unknown>(null);
  /** The iteration whose weights were saved when the worker died; −1 when there were none; null when it lives. */
  lostAt = $state<number | null>(null);
  /** Number of the current run. */
  number = $state(1);
  info = $state.raw<TrainInfo | null>(null);

  readonly #engine: EngineClient;
  readonly #networks: Networks;
  readonly #runs: RunList;
  #saved: { readonly iteration: number; readonly bytes: ArrayBuffer } | null = null;
  #savedAt = 0;
  #shownAt = -Infinity;
  /** Points of statuses that were not shown. */
  #waiting: readonly TrainPoint[] = [];
  readonly #now: () => number;
  #started = 0;

  constructor(params: { engine: EngineClient; networks: Networks; runs: RunList; now?: () => number }) {
    this.#now = params.now ?? (() => performance.now());
    this.#engine = params.engine;
    this.#networks = params.networks;
    this.#runs = params.runs;
    this.number = params.runs.nextNumber;
    this.#engine.on('train', (status) => this.#take(status));
    this.#engine.onRestart(() => this.#workerDied());
  }

  get network(): NetworkInfo | null {
    return this.info?.network ?? null;
  }

  get iteration(): number {
    return this.status?.iteration ?? 0;
  }

  get busy(): boolean {
    return this.phase === 'creating' || this.phase === 'computing';
  }

  async start(): Promise<void> {
    await this.#act('running', async (info) => this.#engine.call('train.start', info.train));
  }

  /** Paused once the worker stands still and the page holds a copy of these weights: nothing done so far can be lost then. */
  async pause(): Promise<void> {
    await this.#act('paused', async (info) => {
      const status = await this.#engine.call('train.pause', info.train);
      await this.#save(status.iteration);
      return status;
    });
  }

  /** Exactly `iterations` more, then paused. */
  async run(iterations: number): Promise<void> {
    await this.#act('computing', async (info) => this.#engine.call('train.step', info.train, iterations));
  }

  epoch(): Promise<void> {
    return this.run(iterationsPerEpoch(this.settings));
  }

  /** Puts the run on the list and makes ready for a new one with the same settings. */
  async reset(): Promise<void> {
    const info = this.info;
    const ended = await this.#ended();
    if (ended) this.#runs.add(ended);
    if (info) await this.#close(info, ended);
    this.#forget();
  }

  /** A new value for one setting. Learning rate and batch size act at once; any other ends the run. */
  async change(change: Partial<Settings>): Promise<void> {
    const ends = (Object.keys(change) as (keyof Settings)[]).some((key) => !isLive(key));
    if (ends && this.info) await this.reset();
    if (await this.#adjust(change)) this.settings = { ...this.settings, ...change };
  }

  /** Tells the run in the worker; false when the engine refuses, and then nothing changes. */
  async #adjust({ learningRate, batchSize }: Partial<Settings>): Promise<boolean> {
    const info = this.info;
    if (!info || (learningRate === undefined && batchSize === undefined)) return true;
    const status = await this.#guard(() => this.#engine.call('train.adjust', info.train, { learningRate, batchSize }));
    if (status) this.#take(status);
    return status !== null;
  }

  /** The weights of this run as a safetensors file; null when the engine refused. */
  async save(): Promise<ArrayBuffer | null> {
    const network = this.network;
    return network ? this.#guard(() => this.#engine.call('network.save', network.network)) : null;
  }

  async #act(phase: Phase, call: (info: TrainInfo) => Promise<TrainStatus>): Promise<void> {
    if (this.busy) return;
    const mine = this.#started;
    const info = this.info ?? (await this.#create());
    if (!info || mine !== this.#started) return;
    this.phase = phase;
    const status = await this.#guard(() => call(info));
    if (mine !== this.#started) return;
    if (status) this.#take(status);
    else this.phase = 'paused';
  }

  async #create(): Promise<TrainInfo | null> {
    this.phase = 'creating';
    this.lostAt = null;
    const info = await this.#guard(() => this.#engine.call('train.create', toConfig(this.settings)));
    this.info = info;
    this.phase = info ? 'paused' : 'new';
    if (info) this.#offer(info.network);
    return info;
  }

  #offer(info: NetworkInfo): void {
    this.#networks.put({ key: TRAINING, source: 'training', name: String(this.number), info, bytes: null });
  }

  #take(status: TrainStatus): void {
    if (status.train !== this.info?.train) return;
    this.#waiting = [...this.#waiting, ...status.points];
    const now = this.#now();
    if (status.running && this.phase === 'running' && now - this.#shownAt < SHOW_EVERY) return;
    this.#shownAt = now;
    this.points = appendPoints(this.points, this.#waiting);
    this.#waiting = [];
    this.status = status;
    this.phase = status.running ? 'running' : 'paused';
    if (status.running && now - this.#savedAt > SAVE_EVERY) void this.#save(status.iteration);
  }

  /** Keeps a copy of the weights, those of `iteration` or a little later, in the page. */
  async #save(iteration: number): Promise<void> {
    this.#savedAt = this.#now();
    const mine = this.#started;
    const bytes = iteration > 0 ? await this.save() : null;
    if (bytes && mine === this.#started) this.#saved = { iteration, bytes };
  }

  async #ended(): Promise<Run | null> {
    const { status, points, settings, number } = this;
    if (!status || status.iteration === 0) return null;
    const weights = await this.save();
    return { number, settings, iteration: status.iteration, epoch: status.epoch, points, weights };
  }

  /** Closes a run in the worker. A pad that used its net goes on with the saved copy. */
  async #close(info: TrainInfo, ended: Run | null): Promise<void> {
    const used = this.#networks.chosenKey === TRAINING;
    this.#networks.drop(TRAINING);
    if (used && ended) await this.#guard(() => this.#runs.use(ended));
    await this.#guard(() => this.#engine.call('train.close', info.train));
  }

  #forget(): void {
    this.#started += 1;
    this.info = null;
    this.status = null;
    this.points = [];
    this.#waiting = [];
    this.error = null;
    this.#saved = null;
    this.phase = 'new';
    this.number = this.#runs.nextNumber;
  }

  /** The worker is new and empty: the run goes to the list with the last saved weights, and the pad gets those. */
  #workerDied(): void {
    const { info, status, points, settings, number } = this;
    if (!info) return;
    const saved = this.#saved;
    const run =
      status && status.iteration > 0
        ? {
            number,
            settings,
            iteration: saved?.iteration ?? status.iteration,
            epoch: status.epoch,
            points,
            weights: saved?.bytes ?? null,
          }
        : null;
    const used = this.#networks.chosenKey === TRAINING;
    this.#networks.drop(TRAINING);
    this.#forget();
    this.lostAt = saved?.iteration ?? -1;
    if (!run) return;
    this.#runs.add(run);
    this.number = this.#runs.nextNumber;
    if (saved && used) void this.#guard(() => this.#runs.use(run));
  }

  async #guard<T>(call: () => Promise<T>): Promise<T | null> {
    try {
      const result = await call();
      this.error = null;
      return result;
    } catch (error) {
      this.error = error;
      return null;
    }
  }
}

export const runs = new RunList(networks);

/** The run of this page: made when the Train view is first opened, alive as long as the page. */
export const session = new TrainSession({ engine, networks, runs });
