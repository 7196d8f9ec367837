import { createSubscriber } from 'svelte/reactivity';
import { BackpropError, type BackpropErrorData } from '../shared/api.ts';
import type { Args, Events, FromWorker, MethodName, Result, ToWorker } from '../shared/protocol.ts';
import { startWorker } from './start-worker.ts';

/** `unsupported`: the worker came up and says that the engine cannot run here; `fault` says why. */
export type EngineState = 'starting' | 'ready' | 'dead' | 'unsupported';

export interface EngineClient {
  /** Rejects with a BackpropError: the engine's own, or `EngineDied` when it stopped before it answered, or `EngineNotLoaded`. */
  call<M extends MethodName>(method: M, ...args: Args<M>): Promise<Result<M>>;
  /** Unasked messages. The worker is told to send the next one when a frame was painted after this one. */
  on<E extends keyof Events>(event: E, listener: (data: Events[E]) => void): () => void;
  /** Reactive. */
  readonly state: EngineState;
  /** Why the engine is dead or unsupported. Reactive. */
  readonly fault: BackpropErrorData | null;
  /** The worker died and a new one is there: handles of the old one mean nothing, open your graphs again. */
  onRestart(listener: () => void): () => void;
  /** After `dead`: gives the engine another chance. */
  revive(): void;
}

/** The part of a Worker that the client uses; tests bring their own. */
export interface WorkerLike {
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  postMessage(message: ToWorker): void;
  terminate(): void;
}

interface Pending {
  readonly method: MethodName;
  resolve(result: unknown): void;
  reject(error: BackpropError): void;
}

/** A worker that dies again within this time has not recovered. Milliseconds. */
const RECOVERY = 10_000;
const MAX_DEATHS = 3;

export function createEngineClient(
  start: () => WorkerLike,
  afterPaint: (then: () => void) => void = (then) => requestAnimationFrame(then),
  now: () => number = () => performance.now(),
): EngineClient {
  const pending = new Map<number, Pending>();
  const listeners = new Map<keyof Events, Set<(data: never) => void>>();
  const restartListeners = new Set<() => void>();
  let worker: WorkerLike | null = null;
  /** Calls made before the worker said `ready`. */
  let waiting: ToWorker[] = [];
  let state: EngineState = 'starting';
  let fault: BackpropErrorData | null = null;
  let deaths: number[] = [];
  let restarted = false;
  let lastId = 0;

  let notify = (): void => undefined;
  const subscribe = createSubscriber((update) => {
    notify = update;
  });
  const become = (next: EngineState, why: BackpropErrorData | null = null): void => {
    state = next;
    fault = why;
    notify();
  };

  function rejectAll(error: BackpropErrorData): void {
    const lost = [...pending.values()];
    pending.clear();
    waiting = [];
    for (const call of lost) call.reject(new BackpropError(error));
  }

  function died(reason: string): void {
    if (worker !== null) worker.onmessage = null;
    worker?.terminate();
    worker = null;
    const error =
      state === 'ready'
        ? {
            code: 'EngineDied',
            message: `The engine stopped: ${withoutStop(reason)}. It is started again by itself; repeat the last action.`,
            nodes: [],
          }
        : { code: 'EngineNotLoaded', message: `The engine could not be loaded: ${withoutStop(reason)}.`, nodes: [] };
    deaths = [...deaths.filter((time) => now() - time < RECOVERY), now()];
    if (deaths.length >= MAX_DEATHS) {
      become('dead', error);
    } else {
      restarted = true;
      become('starting');
      launch();
    }
    rejectAll(error);
  }

  function receive(message: FromWorker): void {
    switch (message.kind) {
      case 'ready': {
        become('ready');
        // Those who hold graphs open them again before calls that were made meanwhile are sent.
        const queue = waiting;
        waiting = [];
        if (restarted) for (const listener of restartListeners) listener();
        restarted = false;
        for (const call of queue) worker?.postMessage(call);
        return;
      }
      case 'unsupported':
        become('unsupported', message.error);
        rejectAll(message.error);
        return;
      case 'result':
      case 'error': {
        const call = pending.get(message.id);
        pending.delete(message.id);
        if (message.kind === 'result') {
          call?.resolve(message.result);
          return;
        }
        call?.reject(new BackpropError(message.error));
        // A trap: what the engine holds is not known any more.
        if (message.error.code === 'Internal') died(message.error.message);
        return;
      }
      case 'event':
        listeners.get(message.event)?.forEach((listener) => listener(message.data as never));
        acknowledge(message.event);
    }
  }

  function acknowledge(event: keyof Events): void {
    const sender = worker;
    afterPaint(() => sender?.postMessage({ kind: 'ack', event }));
  }

  function launch(): void {
    const fresh = start();
    worker = fresh;
    fresh.onmessage = (event) => receive(event.data);
    fresh.onerror = (event) => {
      event.preventDefault?.();
      if (worker === fresh) died(event.message || 'its script could not be fetched or run');
    };
    fresh.onmessageerror = () => {
      if (worker === fresh) died('a message could not be read');
    };
  }

  return {
    call<M extends MethodName>(method: M, ...args: Args<M>): Promise<Result<M>> {
      if (fault !== null) return Promise.reject(new BackpropError(fault));
      if (worker === null) launch();
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        const message: ToWorker = { kind: 'call', id, method, args };
        pending.set(id, { method, resolve: (result) => resolve(result as Result<M>), reject });
        if (state !== 'ready') {
          waiting.push(message);
          return;
        }
        try {
          worker?.postMessage(message);
        } catch (error) {
          // Something in the arguments cannot be cloned: a fault of the caller, told to the caller.
          pending.delete(id);
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set);
      set.add(listener);
      return () => set.delete(listener);
    },
    get state() {
      subscribe();
      return state;
    },
    get fault() {
      subscribe();
      return fault;
    },
    onRestart(listener) {
      restartListeners.add(listener);
      return () => restartListeners.delete(listener);
    },
    revive() {
      if (state !== 'dead') return;
      deaths = [];
      restarted = true;
      become('starting');
      launch();
    },
  };
}

const withoutStop = (sentence: string): string => sentence.replace(/\.$/, '');

/** The engine of this page. Its worker is started by the first call. */
export const engine: EngineClient = createEngineClient(startWorker);
