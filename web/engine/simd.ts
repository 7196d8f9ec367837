import { BackpropError } from '../shared/api';

/** The smallest module that needs SIMD: one function returning `v128.const 0` dropped. 43 bytes. */
const PROBE = Uint8Array.of(
  0x00,
  0x61,
  0x73,
  0x6d,
  0x01,
  0x00,
  0x00,
  0x00, // magic, version 1
  0x01,
  0x04,
  0x01,
  0x60,
  0x00,
  0x00, // one type: () -> ()
  0x03,
  0x02,
  0x01,
  0x00, // one function of that type
  0x0a,
  0x17,
  0x01,
  0x15,
  0x00, // its body, 21 bytes, no locals
  0xfd,
  0x0c,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0, // v128.const 0
  0x1a,
  0x0b, // drop, end
);

/** Throws `Unsupported` where the engine could not start; asked before the wasm is fetched. */
export function requireSimd(): void {
  if (typeof WebAssembly === 'object' && WebAssembly.validate(PROBE)) return;
  throw new BackpropError({
    code: 'Unsupported',
    message:
      'This browser runs no WebAssembly with SIMD, which the engine is built with. ' +
      'Chrome 91, Firefox 89, Safari 16.4, Node 16.4 and their successors do; open the page in one of them.',
    nodes: [],
  });
}
