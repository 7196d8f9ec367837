import { BackpropError, type BackpropErrorData } from '../shared/api';
import { CORE_CALLS, type Core, type CoreModule, type Reply } from './core-module';

/** Turns error replies into thrown BackpropErrors, for every function of the module. */
export function bindCore(module: CoreModule): Core {
  const names = Object.keys(CORE_CALLS) as (keyof CoreModule)[];
  const bound = names.map((name) => {
    const call = module[name] as (...args: readonly unknown[]) => Reply<unknown>;
    return [name, (...args: readonly unknown[]) => unwrap(run(call, args))];
  });
  return Object.fromEntries(bound) as Core;
}

/** A trap (exhausted stack, exhausted memory in the engine's own start) is no C++ exception and passes the core's guard. */
function run(call: (...args: readonly unknown[]) => Reply<unknown>, args: readonly unknown[]): Reply<unknown> {
  try {
    return call(...args);
  } catch (cause) {
    throw new BackpropError(internal(cause));
  }
}

function unwrap<T>(reply: Reply<T>): T {
  if ('error' in reply) throw new BackpropError(reply.error);
  return reply.value;
}

function internal(cause: unknown): BackpropErrorData {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return {
    code: 'Internal',
    message: `The engine stopped: ${reason}. This is a fault in the engine; load it anew, since its state is no longer known.`,
    nodes: [],
  };
}
