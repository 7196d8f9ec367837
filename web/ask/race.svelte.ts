import type { EngineClient } from '../page/client.ts';
import { BackpropError, type BackpropErrorData } from '../shared/api.ts';
import type { GraphHandle, GraphInfo } from '../shared/protocol.ts';
import { indexAt } from '../steps/cells.ts';
import { count } from '../steps/numbers.ts';

/** One number of a leaf: what a central difference moves. */
export interface Track {
  readonly graph: GraphHandle;
  readonly steps: number;
  readonly numbers: readonly { readonly id: string; readonly shape: readonly number[] }[];
}

/** Half the distance of the two points of a central difference. */
const h = 1e-4;
/** Calls on their way at once: enough to keep the engine busy, few enough to stop at once. */
const together = 64;

/** Inputs and parameters of an open graph that a gradient reaches, or of a network its parameters. */
export const trackOf = (info: GraphInfo, isEntered: (node: GraphInfo['nodes'][number]) => boolean): Track => ({
  graph: info.graph,
  steps: info.steps,
  numbers: info.nodes.filter(isEntered).map(({ id, shape }) => ({ id, shape })),
});

export const numbersOf = (track: Track): number => track.numbers.reduce((sum, { shape }) => sum + count(shape), 0);

/**
 * Backward against central differences, both really run by the engine: one walk to the end and back, then two passes forward for
 * every number. The counter counts passes that have come back.
 */
export class Race {
  #engine: EngineClient;
  #now: () => number;
  #done = $state(0);
  #all = $state(0);
  #running = $state(false);
  #backward = $state<number | null>(null);
  #numerical = $state<number | null>(null);
  #error = $state.raw<BackpropErrorData | null>(null);
  #run = 0;

  constructor(engine: EngineClient, now: () => number = () => performance.now()) {
    this.#engine = engine;
    this.#now = now;
  }

  /** Passes forward that central differences have taken, and that they will take. */
  get done(): number {
    return this.#done;
  }
  get all(): number {
    return this.#all;
  }
  get running(): boolean {
    return this.#running;
  }
  /** Seconds; null until it is over. */
  get backward(): number | null {
    return this.#backward;
  }
  get numerical(): number | null {
    return this.#numerical;
  }
  get error(): BackpropErrorData | null {
    return this.#error;
  }

  /** Resolves when all passes are done, or it was stopped, or one was refused. */
  async start(open: () => Promise<{ track: Track; close: () => void }>): Promise<void> {
    const run = ++this.#run;
    const isOver = (): boolean => run !== this.#run;
    this.#running = true;
    this.#error = null;
    this.#done = 0;
    this.#all = 0;
    this.#backward = null;
    this.#numerical = null;
    let close = (): void => undefined;
    try {
      const opened = await open();
      close = opened.close;
      if (isOver()) return;
      await this.#both(opened.track, isOver);
    } catch (error) {
      if (isOver()) return;
      this.#error = error instanceof BackpropError ? error : { code: 'Unsupported', message: String(error), nodes: [] };
    } finally {
      close();
      if (!isOver()) this.#running = false;
    }
  }

  stop(): void {
    this.#run += 1;
    this.#running = false;
  }

  async #both(track: Track, isOver: () => boolean): Promise<void> {
    this.#all = 2 * numbersOf(track);
    let begun = this.#now();
    await this.#engine.call('graph.seek', track.graph, track.steps);
    if (isOver()) return;
    this.#backward = (this.#now() - begun) / 1000;
    begun = this.#now();
    const next = elements(track);
    const runner = async (): Promise<void> => {
      for (let item = next.next(); !item.done && !isOver(); item = next.next()) {
        const { id, index } = item.value;
        await this.#engine.call('graph.nudgeCurve', track.graph, id, index, { span: h, points: 2 });
        if (!isOver()) this.#done += 2;
      }
    };
    await Promise.all(Array.from({ length: together }, runner));
    if (!isOver()) this.#numerical = (this.#now() - begun) / 1000;
  }
}

function* elements({ numbers }: Track): Generator<{ id: string; index: number[] }> {
  for (const { id, shape } of numbers) {
    const size = count(shape);
    for (let at = 0; at < size; at += 1) yield { id, index: indexAt(shape, at) };
  }
}
