import createModule from '../../build/wasm-release/backprop-graphs.mjs';
import type { Core } from './core-module';
import { startCore } from './start-core';

const WASM = new URL('../../build/wasm-release/backprop-graphs.wasm', import.meta.url);

/** The core for graphs alone, two thirds of the whole: calls that do not begin with `graph` are not there (see worker/two-cores.ts). */
export function loadGraphCore(): Promise<Core> {
  return startCore(createModule, WASM);
}
