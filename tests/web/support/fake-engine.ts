/** An engine client whose answers are given by a test. Every call is recorded; an unexpected one fails the test. */
import type { EngineClient } from '../../../web/page/client';
import type { Args, Events, MethodName, Result } from '../../../web/shared/protocol';

type Answers = { [M in MethodName]?: (...args: Args<M>) => Result<M> | Promise<Result<M>> };

export interface FakeEngine extends EngineClient {
  readonly calls: readonly { readonly method: MethodName; readonly args: readonly unknown[] }[];
  /** Arguments of every call of a method. */
  argumentsOf<M extends MethodName>(method: M): Args<M>[];
  emit<E extends keyof Events>(event: E, data: Events[E]): void;
  restart(): void;
}

export function fakeEngine(answers: Answers): FakeEngine {
  const calls: { method: MethodName; args: readonly unknown[] }[] = [];
  const listeners = new Set<(data: never) => void>();
  const restartListeners = new Set<() => void>();
  return {
    calls,
    argumentsOf: <M extends MethodName>(method: M) =>
      calls.filter((call) => call.method === method).map((call) => call.args as unknown as Args<M>),
    async call<M extends MethodName>(method: M, ...args: Args<M>): Promise<Result<M>> {
      calls.push({ method, args });
      const answer = answers[method];
      if (!answer) throw new Error(`the test has no answer to ${method}`);
      return answer(...args);
    },
    on(_event, listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: 'ready',
    fault: null,
    onRestart(listener) {
      restartListeners.add(listener);
      return () => restartListeners.delete(listener);
    },
    revive: () => undefined,
    emit: (_event, data) => listeners.forEach((listener) => listener(data as never)),
    restart: () => restartListeners.forEach((listener) => listener()),
  };
}
