/**
 * Who takes part, by key: the module that makes it, what it is given, the workloads it can do, and what the tables call it.
 * Loaders are functions of literal paths, so that a bundler can follow them.
 */
const tfjs = () => import('./tfjs.mjs');

export const CONTENDERS = {
  backprop: { name: 'this engine', load: () => import('./backprop.mjs'), on: 'abcd' },
  'backprop-dense': {
    name: 'this engine, digits without zeros',
    load: () => import('./backprop.mjs'),
    options: { noZeros: true },
    on: 'ab',
  },
  'tfjs-wasm': { name: 'TensorFlow.js wasm, optimizer.minimize', load: tfjs, options: { backend: 'wasm' }, on: 'abcd' },
  'tfjs-wasm-hand': {
    name: 'TensorFlow.js wasm, backward by hand',
    load: tfjs,
    options: { backend: 'wasm', byHand: true },
    on: 'abc',
  },
  'tfjs-cpu': { name: 'TensorFlow.js cpu, optimizer.minimize', load: tfjs, options: { backend: 'cpu' }, on: 'abcd' },
  jax: { name: 'jax-js wasm, jit', load: () => import('./jax.mjs'), on: 'abcd' },
  playground: { name: "TensorFlow Playground's nn.ts", load: () => import('./playground.mjs'), on: 'c' },
  convnet: { name: 'ConvNetJS', load: () => import('./convnet.mjs'), on: 'abcd' },
  brain: { name: 'brain.js', load: () => import('./brain.mjs'), on: 'abc', otherLoss: true },
  peak: { name: 'registers only: the peak', load: () => import('./peak.mjs'), on: 'abd', notTraining: true },
};

/** Run by Python beside the two JavaScript engines: a program of ../native and what it is started with. */
export const NATIVE = {
  'numpy-f64': { name: "NumPy float64, the book's program", program: 'numpy', args: ['float64'], on: 'abd' },
  'numpy-f32': { name: "NumPy float32, the book's program", program: 'numpy', args: ['float32'], on: 'abd' },
  torch: { name: 'PyTorch, eager', program: 'torch', args: [], on: 'abcd' },
};
