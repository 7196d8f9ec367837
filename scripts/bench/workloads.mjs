/**
 * What is trained: the four networks of docs/performance.md. `layers` says it to every contender in its own words:
 * widths for networks of affine layers, the convolution and the affine layers after it for (d).
 *
 * @typedef {{ units: number[], activation: 'relu' | 'tanh', filters?: number, kernel?: number, batch: number, rate: number,
 *   data: 'digits' | 'points', title: string, learn: { full: number, quick: number }, rounds?: number }} Workload
 * @type {Readonly<Record<string, Workload>>}
 */
export const WORKLOADS = {
  a: {
    title: '784-50-10, ReLU, softmax with loss, SGD, batch 100',
    units: [784, 50, 10],
    activation: 'relu',
    batch: 100,
    rate: 0.1,
    data: 'digits',
    learn: { full: 200, quick: 100 },
  },
  b: {
    title: '784-128-64-10, ReLU, softmax with loss, SGD, batch 100',
    units: [784, 128, 64, 10],
    activation: 'relu',
    batch: 100,
    rate: 0.1,
    data: 'digits',
    learn: { full: 200, quick: 100 },
  },
  c: {
    title: '2-8-8-1, tanh, squared error, SGD, batch 10',
    units: [2, 8, 8, 1],
    activation: 'tanh',
    batch: 10,
    rate: 0.1,
    data: 'points',
    learn: { full: 5000, quick: 5000 },
  },
  d: {
    title: 'SimpleConvNet: 30 filters of 5 × 5, ReLU, max pool 2 × 2, affine 100, ReLU, affine 10, SGD, batch 100',
    units: [4320, 100, 10],
    filters: 30,
    kernel: 5,
    activation: 'relu',
    batch: 100,
    rate: 0.02,
    data: 'digits',
    learn: { full: 10, quick: 4 },
    rounds: 5, // some contenders take seconds a step
  },
};

/** Classes of the digits, and the side of their images. */
export const CLASSES = 10;
export const SIDE = 28;

/** Side of the convolution's result, and of what the 2 × 2 pool leaves of it. */
export const convSide = ({ kernel }) => SIDE - kernel + 1;
export const pooledSide = (workload) => convSide(workload) / 2;

/**
 * Useful floating-point operations of one sample: forward, gradients of the weights, and gradients of what lies between the
 * layers. The gradient of the input itself is nobody's business, though some contenders compute it.
 */
export function usefulFlops(workload) {
  const { units, filters, kernel } = workload;
  let flops = 0;
  for (let i = 0; i + 1 < units.length; i++) {
    const products = 2 * units[i] * units[i + 1];
    const fromData = i === 0 && !filters;
    flops += (fromData ? 2 : 3) * products;
  }
  if (filters) flops += 2 * 2 * filters * kernel ** 2 * convSide(workload) ** 2;
  return flops;
}

/** How widely the first weights of a layer with `inputs` numbers to sum spread: He's for ReLU, Xavier's for tanh, as the engine draws them. */
export const deviation = ({ activation }, inputs) => Math.sqrt((activation === 'relu' ? 2 : 1) / inputs);

/** The same as the engine's network spec. */
export function networkSpec(workload) {
  const { units, activation, filters, kernel } = workload;
  const init = activation === 'relu' ? 'he' : 'xavier';
  const affine = units.slice(1).map((count) => ({ type: 'affine', units: count, init }));
  const layers = affine.flatMap((layer, i) => (i === 0 ? [layer] : [{ type: activation }, layer]));
  if (filters)
    layers.unshift({ type: 'conv2d', filters, kernel, init }, { type: 'relu' }, { type: 'max_pool2d', size: 2 });
  return {
    input: filters ? [1, SIDE, SIDE] : [units[0]],
    layers,
    loss: workload.data === 'digits' ? 'softmax_with_loss' : 'mean_squared_error',
  };
}

/** Points of a plane, and whether they lie in the first or third quarter. */
export function points(count = 500) {
  const inputs = Float32Array.from({ length: 2 * count }, (_, i) => Math.sin(i * 1.7));
  const targets = Float32Array.from({ length: count }, (_, i) => Math.sign(inputs[2 * i] * inputs[2 * i + 1]));
  return { inputs, targets, count };
}

/** Normal numbers from a seed: what contenders without initialisers of their own start from. */
export function normals(count, spread, seed) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return Float32Array.from(
    { length: count },
    () => spread * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  );
}
