import { BackpropError } from '../shared/api';
import type { FromWorker, Handlers, MethodName, ToWorker } from '../shared/protocol';
import { errorData } from './error-data';
import type { Outbox } from './outbox';

type AnyHandler = (...args: readonly unknown[]) => unknown;

/** Answers one message of the page: a result or an error for every call, whatever happens. `ready` is waited for before each call. */
export function dispatcher(
  handlers: Handlers,
  outbox: Outbox,
  post: (message: FromWorker) => void,
  ready: (method: MethodName) => Promise<void> = () => Promise.resolve(),
): (message: ToWorker) => Promise<void> {
  return async (message) => {
    if (message.kind === 'ack') {
      outbox.acknowledge(message.event);
      return;
    }
    try {
      const handler = handlerOf(handlers, message.method);
      await ready(message.method);
      post({ kind: 'result', id: message.id, result: await handler(...message.args) });
    } catch (cause) {
      post({ kind: 'error', id: message.id, error: errorData(cause) });
    }
  };
}

function handlerOf(handlers: Handlers, method: MethodName): AnyHandler {
  if (Object.hasOwn(handlers, method)) return handlers[method] as AnyHandler;
  throw new BackpropError({
    code: 'UnknownMethod',
    message: `The worker serves no method "${String(method)}".`,
    nodes: [],
  });
}
