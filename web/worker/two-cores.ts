import { CORE_CALLS, type Core } from '../engine/core-module';
import type { MethodName } from '../shared/protocol';

/** Graphs of the whole engine are numbered from here, those of the core for graphs below. */
const SHIFT = 2 ** 30;

/** Calls whose result is the number of a graph. */
const OPENS: ReadonlySet<string> = new Set<keyof Core>([
  'graphOpen',
  'graphLens',
  'networkShare',
  'networkGraph',
  'trainerGraph',
]);

/** Methods of the page that graphs alone cannot serve. */
const NEEDS_WHOLE = /^(network|digits|train)\./;

type Call = (...args: readonly unknown[]) => unknown;

export interface TwoCores {
  /** Both as one. Calls about networks, training and digits may be made after `ready` only. */
  readonly core: Core;
  /** Resolves when the method can be served: where it needs the whole engine, that is fetched first, once. */
  readonly ready: (method: MethodName) => Promise<void>;
}

/**
 * The small core that a first visit waits for, and the whole engine behind it, fetched when a drawing or training first asks for
 * it. A graph stays in the core that opened it; its number says which.
 */
export function twoCores(graphs: Core, loadWhole: () => Promise<Core>): TwoCores {
  let loading: Promise<void> | null = null;
  let whole: Core | null = null;

  const inWhole = (name: keyof Core, args: readonly unknown[]): unknown => {
    const result = (whole?.[name] as Call)(...args);
    return OPENS.has(name) ? (result as number) + SHIFT : result;
  };
  const route = (name: keyof Core): Call => {
    if (!(name in graphs)) return (...args) => inWhole(name, args);
    return (...args) => {
      const [graph, ...rest] = args;
      return name.startsWith('graph') && typeof graph === 'number' && graph >= SHIFT
        ? inWhole(name, [graph - SHIFT, ...rest])
        : (graphs[name] as Call)(...args);
    };
  };
  const names = Object.keys(CORE_CALLS) as (keyof Core)[];

  return {
    core: Object.fromEntries(names.map((name) => [name, route(name)])) as Core,
    async ready(method) {
      if (!NEEDS_WHOLE.test(method) || whole) return;
      loading ??= loadWhole().then((core) => {
        whole = core;
      });
      try {
        await loading;
      } catch (cause) {
        loading = null; // a lost connection is no reason never to try again
        throw cause;
      }
    },
  };
}
