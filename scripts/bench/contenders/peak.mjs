import { peakModule } from '../peak-wasm.mjs';

const LOOPS = 4000;
const LANES = 4;

/**
 * The practical SIMD peak of wasm here, now: a loop of products and sums that never leaves the registers, in calls of a
 * fraction of a millisecond. Of several such loops the fastest counts.
 */
export async function create() {
  const loops = [];
  for (const [sums, fused] of [
    [12, false],
    [14, false],
    [12, true],
  ]) {
    const bytes = peakModule(sums, fused);
    if (!WebAssembly.validate(bytes)) continue; // relaxed SIMD is not everywhere
    const { instance } = await WebAssembly.instantiate(bytes);
    loops.push({
      run: instance.exports.run,
      flops: LOOPS * sums * LANES * 2,
      name: `${sums} sums${fused ? ', fused' : ''}`,
    });
  }
  return {
    build: loops.map(({ name }) => name).join('; '),
    learn() {},
    loss: () => Number.NaN,
    /** `count` is in floating-point operations. */
    run(milliseconds) {
      let best = { count: 0, seconds: 1 };
      for (const { run, flops } of loops) {
        const start = performance.now();
        let count = 0;
        do {
          for (let i = 0; i < 8; i++) run(LOOPS);
          count += 8 * flops;
        } while (performance.now() - start < milliseconds / loops.length);
        const seconds = (performance.now() - start) / 1000;
        if (count / seconds > best.count / best.seconds) best = { count, seconds };
      }
      return best;
    },
  };
}
