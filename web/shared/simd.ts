/** The smallest modules that need a feature: one function of no use, that the browser either accepts or does not. */

const V128_CONST = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];
const DROP_AND_END = [0x1a, 0x0b];

/** A module with one function `() -> ()` of this body. */
function moduleOf(...body: readonly number[]): Uint8Array<ArrayBuffer> {
  const code = [0x00, ...body, ...DROP_AND_END]; // no locals
  return Uint8Array.of(
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic, version 1
    ...[0x01, 0x04, 0x01, 0x60, 0x00, 0x00], // one type: () -> ()
    ...[0x03, 0x02, 0x01, 0x00], // one function of that type
    ...[0x0a, code.length + 2, 0x01, code.length, ...code],
  );
}

export const SIMD_PROBE = moduleOf(...V128_CONST);

/** f32x4.relaxed_madd: a product and a sum in one instruction. */
export const RELAXED_SIMD_PROBE = moduleOf(...V128_CONST, ...V128_CONST, ...V128_CONST, 0xfd, 0x85, 0x02);
