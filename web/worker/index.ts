/** Entry of the worker: starts the core for graphs, then answers the page until the page ends it. */
import { BackpropError } from '../shared/api';
import type { FromWorker, ToWorker } from '../shared/protocol';
import { loadGraphCore } from '../engine/load-graphs';
import { dispatcher } from './dispatcher';
import { errorData } from './error-data';
import { makeHandlers } from './handlers';
import { Outbox } from './outbox';
import { transferables } from './transferables';
import { twoCores } from './two-cores';

declare const self: DedicatedWorkerGlobalScope;

function post(message: FromWorker): void {
  self.postMessage(message, transferables(message));
}

const outbox = new Outbox((event, data) => post({ kind: 'event', event, data }));

// Messages may come before the engine is there: they wait.
const started = loadGraphCore().then((graphs) => {
  const cores = twoCores(graphs, async () => (await import('../engine/load')).loadCore());
  return dispatcher(makeHandlers(cores.core, outbox), outbox, post, cores.ready);
});

self.onmessage = (message: MessageEvent<ToWorker>): void => {
  void started.then((dispatch) => dispatch(message.data)).catch(() => undefined);
};

started.then(
  () => post({ kind: 'ready' }),
  (cause: unknown) => {
    const error = cause instanceof BackpropError ? cause : new BackpropError(errorData(cause));
    post({ kind: 'unsupported', error: errorData(error) });
  },
);
