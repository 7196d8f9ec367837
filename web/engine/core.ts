import { BackpropError, type BackpropErrorData } from '../shared/api';
import { CORE_CALLS, type Core, type CoreModule, type Reply } from './core-module';

/** Turns error replies into thrown BackpropErrors, for every function that the module has: the one for graphs has fewer. */
export function bindCore(module: CoreModule): Core {
  const names = (Object.keys(CORE_CALLS) as (keyof CoreModule)[]).filter((name) => name in module);
  const bound = names.map((name) => {
    const call = module[name] as (...args: readonly unknown[]) => Reply<unknown>;
    return [name, (...args: readonly unknown[]) => unwrap(run(call, args))];
  });
  return Object.fromEntries(bound) as Core;
}

/** What passes the core's guard: a trap (an exhausted stack), and Embind's refusal to convert an argument. */
function run(call: (...args: readonly unknown[]) => Reply<unknown>, args: readonly unknown[]): Reply<unknown> {
  try {
    return call(...args);
  } catch (cause) {
    throw new BackpropError(cause instanceof WebAssembly.RuntimeError ? internal(cause) : wrongType(cause));
  }
}

function unwrap<T>(reply: Reply<T>): T {
  if (reply === null) return null as T;
  if ('error' in reply) throw new BackpropError(reply.error);
  return reply.value;
}

function wrongType(cause: unknown): BackpropErrorData {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return {
    code: 'InvalidArgument',
    message: `An argument has the wrong type: ${reason}. The types in index.d.ts say what each call takes.`,
    nodes: [],
  };
}

function internal(cause: Error): BackpropErrorData {
  return {
    code: 'Internal',
    message: `The engine stopped: ${cause.message}. This is a fault in the engine; load it anew, since its state is no longer known.`,
    nodes: [],
  };
}
