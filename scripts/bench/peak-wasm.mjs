/**
 * A wasm module in bytes: `run(loops: i32): f32` repeats, for each of `sums` vectors of four floats, sum = sum × f + f, and
 * returns a lane of one, so that nothing may be left out. With `fused` by the fused product of relaxed SIMD.
 */
export function peakModule(sums, fused) {
  const I32 = 0x7f;
  const F32 = 0x7d;
  const V128 = 0x7b;
  const loops = 0; // the parameter
  const factor = 1;
  const sum = (i) => 2 + i;
  const get = (local) => [0x20, local];
  const set = (local) => [0x21, local];
  const simd = (code) => [0xfd, ...leb(code)];
  const splat = (value) => [0x43, ...new Uint8Array(Float32Array.of(value).buffer), ...simd(0x13)];
  const step = (i) =>
    fused
      ? [...get(sum(i)), ...get(factor), ...get(factor), ...simd(0x105), ...set(sum(i))]
      : [...get(sum(i)), ...get(factor), ...simd(0xe6), ...get(factor), ...simd(0xe4), ...set(sum(i))];
  const each = Array.from({ length: sums }, (_, i) => i);
  const body = [
    ...[0x01, ...leb(1 + sums), V128],
    ...[...splat(0.999), ...set(factor)],
    ...each.flatMap((i) => [...splat(i), ...set(sum(i))]),
    ...[0x03, 0x40], // loop
    ...each.flatMap(step),
    ...[...get(loops), 0x41, 1, 0x6b, 0x22, loops], // loops - 1, kept
    ...[0x0d, 0x00, 0x0b], // again unless it is 0
    ...get(sum(0)),
    ...each.slice(1).flatMap((i) => [...get(sum(i)), ...simd(0xe4)]),
    ...[...simd(0x1f), 0], // lane 0
    0x0b,
  ];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, 1, I32, 1, F32]),
    ...section(3, [1, 0]),
    ...section(7, [1, 3, ...new TextEncoder().encode('run'), 0x00, 0]),
    ...section(10, [1, ...leb(body.length), ...body]),
  ]);
}

const section = (id, content) => [id, ...leb(content.length), ...content];

/** An unsigned number in wasm's variable length. */
function leb(value) {
  const bytes = [];
  do {
    bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    value >>>= 7;
  } while (value > 0);
  return bytes;
}
