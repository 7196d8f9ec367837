import { BackpropError } from '../shared/api';
import { RELAXED_SIMD_PROBE, SIMD_PROBE } from '../shared/simd';

/** Throws `Unsupported` where the engine could not start; asked before the wasm is fetched. */
export function requireSimd(): void {
  if (typeof WebAssembly === 'object' && WebAssembly.validate(SIMD_PROBE)) return;
  throw new BackpropError({
    code: 'Unsupported',
    message:
      'This browser runs no WebAssembly with SIMD, which the engine is built with. ' +
      'Chrome 91, Firefox 89, Safari 16.4, Node 16.4 and their successors do; open the page in one of them.',
    nodes: [],
  });
}

/** Whether wasm multiplies and adds in one instruction here: Chrome 114, Node 22 and their successors. */
export function hasRelaxedSimd(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(RELAXED_SIMD_PROBE);
}
