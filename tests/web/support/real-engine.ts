/** The engine client of the page over the shipped wasm, in this process: what the page's rooms get, without a browser. */
import { loadCore } from '../../../web/engine/load';
import type { EngineClient } from '../../../web/page/client';
import type { Handlers } from '../../../web/shared/protocol';
import { makeHandlers } from '../../../web/worker/handlers';
import { Outbox } from '../../../web/worker/outbox';

export interface RealEngine extends EngineClient {
  /** As when the worker died: every handle is void, listeners are told. */
  restart(): Promise<void>;
  readonly handlers: () => Handlers;
}

export async function realEngine(): Promise<RealEngine> {
  const start = async (): Promise<Handlers> => makeHandlers(await loadCore(), new Outbox(() => undefined));
  let handlers = await start();
  const restartListeners = new Set<() => void>();
  return {
    async call(method, ...args) {
      const handler = handlers[method] as (...given: unknown[]) => Promise<never> | never;
      return structuredClone(await Promise.resolve(handler(...args)));
    },
    on: () => () => undefined,
    state: 'ready',
    fault: null,
    onRestart(listener) {
      restartListeners.add(listener);
      return () => restartListeners.delete(listener);
    },
    revive: () => undefined,
    async restart() {
      handlers = await start();
      restartListeners.forEach((listener) => listener());
    },
    handlers: () => handlers,
  };
}
