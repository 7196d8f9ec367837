import createModule from '../../build/wasm-release/backprop.mjs';
import type { Core } from './core-module';
import { hasRelaxedSimd } from './simd';
import { startCore, type Source } from './start-core';

/** Beside this module: bundlers see this form, copy the file and rewrite the address. */
const WASM = new URL('../../build/wasm-release/backprop.wasm', import.meta.url);
const RELAXED = new URL('../../build/wasm-release/backprop-relaxed.wasm', import.meta.url);

export interface LoadOptions extends Source {
  /**
   * `best`, the default: training uses fused products (relaxed SIMD) where they are to be had. `simd128`: never, so that the same seed
   * gives the same bits on every machine. Without effect on graphs, which compute in double, and where the wasm is given.
   */
  readonly simd?: 'best' | 'simd128';
}

/** The whole engine. Throws like `startCore`. */
export function loadCore(options: LoadOptions = {}): Promise<Core> {
  return startCore(createModule, options.simd !== 'simd128' && hasRelaxedSimd() ? RELAXED : WASM, options);
}
