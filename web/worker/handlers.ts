import type { Core } from '../engine/core-module';
import type { Handlers } from '../shared/protocol';
import { digitHandlers } from './digits';
import { graphHandlers } from './graphs';
import { networkHandlers } from './networks';
import type { Outbox } from './outbox';
import { trainHandlers } from './training';

/** Every call of the protocol, over one core. A method without a handler does not compile. */
export function makeHandlers(core: Core, outbox: Outbox): Handlers {
  return {
    'engine.info': () => ({ build: core.build(), ops: core.ops() }),
    ...graphHandlers(core),
    ...networkHandlers(core),
    ...digitHandlers(core),
    ...trainHandlers(core, outbox),
  };
}

/** The part of the handlers whose names begin with a prefix. */
export type HandlersOf<P extends string> = Pick<Handlers, Extract<keyof Handlers, `${P}.${string}`>>;
