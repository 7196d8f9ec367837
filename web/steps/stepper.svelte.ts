import { SvelteMap } from 'svelte/reactivity';
import type { EngineClient } from '../page/client.ts';
import { BackpropError, type GraphDocument, type TensorLike } from '../shared/api.ts';
import type { Frame, GraphInfo } from '../shared/protocol.ts';
import { withValues } from './document-values.ts';
import { keptFrame } from './kept-frame.ts';

/** Milliseconds between steps while playing at 1×. */
const stepTime = 900;

export const speeds = [0.5, 1, 2, 4] as const;

/** What failed last, so that a view can say it where it belongs. */
export type Failure =
  | { readonly during: 'open' | 'step'; readonly error: BackpropError }
  | { readonly during: 'set'; readonly node: string; readonly error: BackpropError };

/** A value that waits for its turn. */
interface Pending {
  readonly value: TensorLike;
  readonly done: (() => void)[];
}

/**
 * One graph being stepped. The wanted step is kept here and answers at once; one call is in flight, and of several wishes that
 * come meanwhile the latest wins. No method rejects: what fails stands in `failure`, and the state before it stays.
 */
export class Stepper {
  #engine: EngineClient;
  #info = $state.raw<GraphInfo | null>(null);
  #frame = $state.raw<Frame | null>(null);
  #wanted = $state(0);
  #playing = $state(false);
  #failure = $state.raw<Failure | null>(null);
  #opening = $state(false);
  #revision = $state(0);
  speed = $state(1);
  /** What is on show changed with the graph, which is told elsewhere: nobody stepped. */
  quiet = $state(true);

  /** The frame comes from this engine: what an earlier one computed stays on show until its answer is there. */
  #fresh = false;
  /** The engine is new and does not have the graph yet: calls wait. */
  #reopening = false;
  /** Counts what was opened: answers that belong to an earlier graph are dropped. */
  #generation = 0;
  #busy = false;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing shows what waits
  #pending = new Map<string, Pending>();
  /** For a graph opened from a document: what to open again, and what was set since, when the engine starts anew. */
  #source: GraphDocument | null = null;
  #settings = new SvelteMap<string, TensorLike>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #leave: () => void;

  constructor(engine: EngineClient) {
    this.#engine = engine;
    this.#leave = engine.onRestart(() => void this.#reopen());
  }

  get info(): GraphInfo | null {
    return this.#info;
  }
  get frame(): Frame | null {
    return this.#frame;
  }
  /** The step that is wanted; `frame` follows. */
  get step(): number {
    return this.#wanted;
  }
  /** The number of the last step. */
  get last(): number {
    return this.#info?.steps ?? 0;
  }
  get playing(): boolean {
    return this.#playing;
  }
  get opening(): boolean {
    return this.#opening;
  }
  get failure(): Failure | null {
    return this.#failure;
  }
  get error(): BackpropError | null {
    return this.#failure?.error ?? null;
  }
  /** Grows with every value that was set since the graph was opened. */
  get revision(): number {
    return this.#revision;
  }
  /** The document that was opened, with the values that were set since; null for a graph that was adopted. */
  get document(): GraphDocument | null {
    return this.#source !== null ? withValues(this.#source, this.#settings) : null;
  }

  /** Opens a document at a step. If it is refused, the graph from before stays and `failure` says why. */
  async open(document: GraphDocument, step = 0): Promise<void> {
    this.pause();
    const generation = ++this.#generation;
    this.#opening = true;
    try {
      const info = await this.#opened(document);
      if (generation !== this.#generation) {
        void this.#engine.call('graph.close', info.graph).catch(ignore);
        return;
      }
      await this.#take(info, step, document);
    } catch (error) {
      if (generation === this.#generation) this.#failure = { during: 'open', error: asError(error) };
    } finally {
      if (generation === this.#generation) this.#opening = false;
    }
  }

  /**
   * Shows a changed version of the graph in place of the one from before, without a moment between them: at its end where the end
   * was shown, at the same step otherwise. Null, or why it was refused: then nothing changed.
   */
  async exchange(document: GraphDocument): Promise<BackpropError | null> {
    this.pause();
    const generation = ++this.#generation;
    const before = this.#wanted;
    const atEnd = this.#info === null || before >= this.last;
    try {
      const info = await this.#opened(document);
      const frame = await this.#engine.call('graph.seek', info.graph, atEnd ? info.steps : clamp(before, info.steps));
      if (generation !== this.#generation) {
        void this.#engine.call('graph.close', info.graph).catch(ignore);
        return null;
      }
      this.#release();
      this.#opening = false;
      this.quiet = true;
      this.#info = info;
      this.#frame = frame;
      this.#fresh = true;
      this.#failure = null;
      this.#source = document;
      this.#settings.clear();
      this.#revision += 1;
      // A step that was asked for meanwhile still counts.
      this.#wanted = this.#wanted === before ? frame.step : clamp(this.#wanted, info.steps);
      void this.#pump();
      return null;
    } catch (error) {
      return asError(error);
    }
  }

  /** Nothing is stepped any more: the graph has no part that could be. */
  clear(): void {
    this.pause();
    this.#generation += 1;
    this.#release();
    this.#opening = false;
    this.#info = null;
    this.#frame = null;
    this.#source = null;
    this.#failure = null;
    this.#settings.clear();
    this.#wanted = 0;
  }

  /** Takes over a graph that was opened elsewhere (`network.walk`, `train.graph`); it is closed here too. */
  async adopt(info: GraphInfo, step = 0): Promise<void> {
    this.pause();
    this.#generation += 1;
    this.#opening = false;
    await this.#take(info, step, null);
  }

  seek(step: number): void {
    this.pause();
    this.#want(step);
  }
  next(): void {
    this.seek(this.#wanted + 1);
  }
  back(): void {
    this.seek(this.#wanted - 1);
  }
  first(): void {
    this.seek(0);
  }
  end(): void {
    this.seek(this.last);
  }

  /** Steps on by itself until the end; from the end it starts over. */
  play(): void {
    if (this.#playing || this.last === 0) return;
    if (this.#wanted >= this.last) this.#want(0);
    this.#playing = true;
    this.#schedule();
  }
  pause(): void {
    this.#playing = false;
    clearTimeout(this.#timer);
  }

  /** Gives a leaf a value; the frame of the same step follows. Resolves when that, or a later value of the leaf, is in place or refused. */
  set(id: string, value: TensorLike): Promise<void> {
    this.quiet = false;
    return new Promise((resolve) => {
      const earlier = this.#pending.get(id)?.done ?? [];
      this.#pending.set(id, { value, done: [...earlier, resolve] });
      void this.#pump();
    });
  }

  /** The notice was read. */
  dismiss(): void {
    this.#failure = null;
  }

  close(): void {
    this.pause();
    this.#leave();
    this.#generation += 1;
    this.#release();
    this.#info = null;
    this.#frame = null;
  }

  async #take(info: GraphInfo, step: number, source: GraphDocument | null): Promise<void> {
    this.#release();
    this.quiet = true;
    this.#info = info;
    this.#frame = null;
    this.#failure = null;
    this.#source = source;
    this.#settings.clear();
    this.#revision = 0;
    this.#wanted = clamp(step, info.steps);
    await this.#pump();
  }

  /** An engine that dies on the way is started again by the client: ask once more. */
  async #opened(document: GraphDocument): Promise<GraphInfo> {
    try {
      return await this.#engine.call('graph.open', document);
    } catch (error) {
      if (!isDeath(error)) throw error;
      return this.#engine.call('graph.open', document);
    }
  }

  #release(): void {
    const old = this.#info;
    if (old !== null) void this.#engine.call('graph.close', old.graph).catch(ignore);
    for (const { done } of this.#pending.values()) done.forEach((resolve) => resolve());
    this.#pending.clear();
  }

  #want(step: number): void {
    this.quiet = false;
    this.#wanted = clamp(step, this.last);
    void this.#pump();
  }

  /** Runs until the frame is the wanted one and no value waits: one call at a time. */
  async #pump(): Promise<void> {
    if (this.#busy || this.#reopening) return;
    this.#busy = true;
    try {
      for (;;) {
        const info = this.#info;
        if (info === null) return;
        const [node] = this.#pending.keys();
        if (node !== undefined) await this.#apply(info, node);
        else if (!this.#fresh || this.#frame?.step !== this.#wanted) {
          if (!(await this.#fetch(info, this.#wanted))) return;
        } else return;
      }
    } finally {
      this.#busy = false;
    }
  }

  async #fetch(info: GraphInfo, step: number): Promise<boolean> {
    try {
      const frame = await this.#engine.call('graph.seek', info.graph, step);
      if (info === this.#info) {
        this.#frame = keptFrame(this.#frame, frame);
        this.#fresh = true;
        if (this.#failure?.during === 'step') this.#failure = null;
      }
      return true;
    } catch (error) {
      if (info !== this.#info) return true;
      // What is wanted stays wanted: the graph is opened again.
      if (isDeath(error) && this.#source !== null) return false;
      this.pause();
      this.#failure = { during: 'step', error: asError(error) };
      // Back to what is shown, so that the bar and the figure agree.
      this.#wanted = this.#frame?.step ?? 0;
      this.#fresh = true;
      return false;
    }
  }

  async #apply(info: GraphInfo, node: string): Promise<void> {
    const pending = this.#pending.get(node);
    this.#pending.delete(node);
    if (pending === undefined) return;
    const { value } = pending;
    /** It is in place, or will be when the graph is opened again. */
    const keep = (): void => {
      this.#settings.set(node, value);
      this.#revision += 1;
    };
    try {
      const frame = await this.#engine.call('graph.set', info.graph, node, value, this.#wanted);
      if (info !== this.#info) return;
      keep();
      if (this.#failure?.during === 'set') this.#failure = null;
      if (shapesChanged(info, frame)) await this.#refresh(info);
      this.#frame = keptFrame(this.#frame, frame);
      this.#fresh = true;
    } catch (error) {
      if (info !== this.#info) return;
      if (isDeath(error) && this.#source !== null) keep();
      else this.#failure = { during: 'set', node, error: asError(error) };
    } finally {
      pending.done.forEach((resolve) => resolve());
    }
  }

  async #refresh(info: GraphInfo): Promise<void> {
    const fresh = await this.#engine.call('graph.info', info.graph);
    if (info === this.#info) this.#info = fresh;
  }

  /** The engine died and is back: the same document, the same values, the step that is wanted by now. */
  async #reopen(): Promise<void> {
    const document = this.#source;
    if (document === null) return;
    const generation = this.#generation;
    this.#reopening = true;
    try {
      const info = await this.#engine.call('graph.open', withValues(document, this.#settings));
      // Another graph was opened meanwhile.
      if (generation !== this.#generation) return;
      this.#info = info;
      this.#fresh = false;
    } catch (error) {
      if (generation === this.#generation) this.#failure = { during: 'open', error: asError(error) };
    } finally {
      this.#reopening = false;
    }
    await this.#pump();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#tick(), stepTime / this.speed);
  }

  async #tick(): Promise<void> {
    if (!this.#playing) return;
    this.#want(this.#wanted + 1);
    await this.#pump();
    if (!this.#playing) return;
    if (this.#wanted >= this.last) this.pause();
    else this.#schedule();
  }
}

const clamp = (step: number, last: number): number => Math.min(Math.max(Math.trunc(step) || 0, 0), last);
/** The engine stopped before it answered; the client starts a new one. */
const isDeath = (error: unknown): boolean => error instanceof BackpropError && error.code === 'EngineDied';
const ignore = (): void => undefined;

const asError = (error: unknown): BackpropError =>
  error instanceof BackpropError
    ? error
    : new BackpropError({
        code: 'Unsupported',
        message: error instanceof Error ? error.message : String(error),
        nodes: [],
      });

const shapesChanged = (info: GraphInfo, frame: Frame): boolean =>
  info.nodes.some((node, i) => {
    const shape = frame.nodes[i]?.value?.shape;
    return shape !== undefined && shape.join() !== node.shape.join();
  });
