import { loadCore } from '../../../web/engine/load';
import { BackpropError, type BackpropErrorData } from '../../../web/shared/api';
import type { Args, Events, FromWorker, MethodName, Result } from '../../../web/shared/protocol';
import { dispatcher } from '../../../web/worker/dispatcher';
import { makeHandlers } from '../../../web/worker/handlers';
import { Outbox } from '../../../web/worker/outbox';

/** The worker without the thread: the same dispatcher over the same core, and the messages it posts. */
export async function startWorker(): Promise<TestWorker> {
  return new TestWorker(await loadCore());
}

type Core = Awaited<ReturnType<typeof loadCore>>;

export class TestWorker {
  readonly core: Core;
  readonly events: Events['train'][] = [];
  /** Acknowledge every event at once, as a page with time does. */
  autoAck = true;
  readonly #dispatch: (message: Parameters<ReturnType<typeof dispatcher>>[0]) => Promise<void>;
  readonly #answers = new Map<number, (message: FromWorker) => void>();
  #next = 0;

  constructor(core: Core) {
    this.core = core;
    const post = (message: FromWorker) => this.#receive(message);
    const outbox = new Outbox((event, data) => post({ kind: 'event', event, data }));
    this.#dispatch = dispatcher(makeHandlers(core, outbox), outbox, post);
  }

  async call<M extends MethodName>(method: M, ...args: Args<M>): Promise<Result<M>> {
    const id = this.#next++;
    // Cloned like by postMessage, so that only plain data gets through.
    const answer = new Promise<FromWorker>((resolve) => this.#answers.set(id, resolve));
    await this.#dispatch({ kind: 'call', id, method, args: structuredClone(args) });
    const message = await answer;
    if (message.kind === 'error') throw new BackpropError(message.error);
    return (message as { result: unknown }).result as Result<M>;
  }

  async refused<M extends MethodName>(method: M, ...args: Args<M>): Promise<BackpropErrorData> {
    try {
      await this.call(method, ...args);
    } catch (error) {
      if (error instanceof BackpropError) return error;
      throw error;
    }
    throw new Error(`${method} was not refused`);
  }

  ack(): void {
    void this.#dispatch({ kind: 'ack', event: 'train' });
  }

  #receive(message: FromWorker): void {
    const cloned = structuredClone(message);
    if (cloned.kind === 'event') {
      this.events.push(cloned.data as Events['train']);
      if (this.autoAck) setTimeout(() => this.ack(), 0);
    } else if ('id' in cloned) {
      this.#answers.get(cloned.id)?.(cloned);
      this.#answers.delete(cloned.id);
    }
  }
}
