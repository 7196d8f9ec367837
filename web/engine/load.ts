import createModule from '../../build/wasm-release/backprop.mjs';
import type { Core } from './core-module';
import { startCore, type LoadOptions } from './start-core';

export type { LoadOptions } from './start-core';

/** Beside this module: bundlers see this form, copy the file and rewrite the address. */
const WASM = new URL('../../build/wasm-release/backprop.wasm', import.meta.url);

/** The whole engine. Throws like `startCore`. */
export function loadCore(options?: LoadOptions): Promise<Core> {
  return startCore(createModule, WASM, options);
}
