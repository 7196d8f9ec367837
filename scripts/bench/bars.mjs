/** The bars: what was set out to be reached, in one list. `value` reads it out of the results; a bar of what did not run has no value. */
import { usefulFlops, WORKLOADS } from './workloads.mjs';
import { entryOf, ratio } from './stats.mjs';

const over = (workload, key, name, must, aim, place = 'chromium') => ({
  label: `(${workload}) / ${name}`,
  unit: '×',
  must,
  aim,
  value({ workloads }) {
    const ours = entryOf(workloads[workload], 'chromium', 'backprop');
    const theirs = entryOf(workloads[workload], place, key);
    return ours && theirs ? ratio(ours.rates, theirs.rates) : undefined;
  },
});

/** Of the peak: the dense path, since skipped zeros are work that was not done. */
const ofPeak = (workload, must, aim) => ({
  label: `(${workload}) whole step, of the practical SIMD peak`,
  unit: '%',
  must,
  aim,
  value({ workloads }) {
    const ours =
      entryOf(workloads[workload], 'chromium', 'backprop-dense') ??
      entryOf(workloads[workload], 'chromium', 'backprop');
    const peak = entryOf(workloads[workload], 'chromium', 'peak');
    const { batch } = WORKLOADS[workload];
    return ours && peak ? 100 * usefulFlops(WORKLOADS[workload]) * batch * ratio(ours.rates, peak.rates) : undefined;
  },
});

/** Times that must not be longer. */
const within = (label, unit, scale, must, aim, read) => ({
  label,
  unit,
  must,
  aim,
  atMost: true,
  value(results) {
    const seconds = read(results);
    return seconds === undefined ? undefined : seconds * scale;
  },
});

export const BARS = [
  over('a', 'tfjs-wasm', 'TensorFlow.js wasm, idiomatic', 9, 25),
  over('a', 'tfjs-wasm-hand', 'TensorFlow.js wasm, backward by hand', 2),
  over('a', 'jax', 'jax-js wasm', 12),
  over('a', 'convnet', 'ConvNetJS', 22),
  over('a', 'numpy-f64', "the book's NumPy, float64, native", 1.5, undefined, 'native'),
  over('a', 'numpy-f32', 'the same in float32, native', 0.9, 1, 'native'),
  over('a', 'torch', 'PyTorch, native', undefined, 1, 'native'),
  over('b', 'tfjs-wasm', 'TensorFlow.js wasm, idiomatic', 9),
  over('b', 'tfjs-wasm-hand', 'TensorFlow.js wasm, backward by hand', 1.8),
  over('b', 'jax', 'jax-js wasm', 1.8),
  over('c', 'playground', "TensorFlow Playground's nn.ts", 18),
  over('c', 'brain', 'brain.js', 8),
  over('c', 'convnet', 'ConvNetJS', 10),
  over('d', 'convnet', 'ConvNetJS', 40),
  over('d', 'jax', 'jax-js wasm', 18),
  over('d', 'torch', 'PyTorch, native', 1, undefined, 'native'),
  ofPeak('a', 70, 85),
  ofPeak('b', 75, 88),
  ofPeak('d', 55, 70),
  over('a', 'backprop-dense', 'the same without zeros to skip', 2),
  over('b', 'backprop-dense', 'the same without zeros to skip', 1.7),
  within(
    '300 scalar nodes, forward and backward in one call',
    'µs',
    1e6,
    15,
    5,
    ({ small }) => small?.chromium?.graph300?.median,
  ),
  within(
    '10,000 nodes loaded and ordered',
    'ms',
    1e3,
    50,
    undefined,
    ({ small }) => small?.chromium?.load10000?.median,
  ),
  within('a drawn digit classified, page to page', 'µs', 1e6, 200, undefined, ({ digit }) => digit?.median),
];

/** Each bar with its value and whether it is reached. */
export const judged = (results) =>
  BARS.map((bar) => {
    const value = bar.value(results);
    const meets = (limit) =>
      limit !== undefined && value !== undefined && (bar.atMost ? value <= limit : value >= limit);
    // Where nothing must be, the aim is all there is to reach.
    const reached = value === undefined ? undefined : meets(bar.must ?? bar.aim);
    return { ...bar, value, reached, aimReached: meets(bar.aim) };
  });
