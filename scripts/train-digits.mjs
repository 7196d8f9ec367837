/**
 * Trains the weights that the page ships: web/public/models/digits-mlp.safetensors.
 *
 *   npm run train:digits -- [--mnist FOLDER] [--seed 1] [--presentations 2500000] [--hold-out 10000] [--out FILE]
 *
 * Data: MNIST's training images (train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz in FOLDER, by default
 * ../shared/data/mnist) and half as many digits of the project's own generator, each moved a little at every
 * presentation. The last 10,000 MNIST images are kept out of training, and the accuracy on them is reported: what is
 * shipped is what was measured. The same command gives the same file, bit for bit, wherever it runs.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { runnerImport } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values: given } = parseArgs({
  options: {
    mnist: { type: 'string', default: join(root, '../shared/data/mnist') },
    seed: { type: 'string', default: '1' },
    presentations: { type: 'string', default: '2500000' },
    'hold-out': { type: 'string', default: '10000' },
    hidden: { type: 'string', default: '128,64' },
    out: { type: 'string', default: join(root, 'web/public/models/digits-mlp.safetensors') },
  },
});

const SIZE = 784;
const BATCH = 64;
const seed = Number(given.seed);
const holdOut = Number(given['hold-out']);

const { module } = await runnerImport(join(root, 'web/engine/index.ts'));
const engine = await module.loadEngine({ simd: 'simd128' }); // the same file from every machine

const images = readIdx('train-images-idx3-ubyte.gz');
const labels = readIdx('train-labels-idx1-ubyte.gz').data;
const real = labels.length - holdOut;
const generated = engine.handwriting({ seed, count: Math.round(real / 2) });
const data = {
  images: concat(images.data.subarray(0, real * SIZE), generated.images),
  labels: concat(labels.subarray(0, real), generated.labels),
  count: real + generated.labels.length,
  shape: [SIZE],
};
console.log(`${real} images of MNIST's training set, ${generated.labels.length} generated digits, seed ${seed}`);

const network = engine.network(
  {
    input: [SIZE],
    layers: [...given.hidden.split(',').flatMap((units) => [affine(Number(units)), { type: 'relu' }]), affine(10)],
    loss: 'softmax_with_loss',
  },
  { seed },
);
const started = Date.now();
let nextReport = 0;
const report = await network.train(
  data,
  {
    optimizer: 'adam',
    learningRate: 0.001,
    batchSize: BATCH,
    iterations: Math.round(Number(given.presentations) / BATCH),
    seed,
    weightDecay: 1e-4,
    schedule: 'cosine',
    augment: { shift: 1, rotate: 0.12, scale: 0.06, shear: 0.1 },
  },
  ({ iteration, iterations, loss }) => {
    if (iteration < nextReport && iteration < iterations) return;
    nextReport += iterations / 10;
    console.log(`iteration ${iteration} of ${iterations}, loss ${loss.toFixed(4)}`);
  },
);
console.log(`${Math.round((Date.now() - started) / 1000)} s, ${Math.round(report.samplesPerSecond)} samples/s`);
measure('as trained');
roundWeights(3);
measure('as shipped');
const file = Buffer.from(network.saveWeights({ dtype: 'F16' }));
mkdirSync(dirname(resolve(given.out)), { recursive: true });
writeFileSync(given.out, file);
console.log(
  `${given.out}: ${network.parameterCount} parameters, ${file.length} bytes, ${gzipSync(file, { level: 9 }).length} gzipped`,
);

function affine(units) {
  return { type: 'affine', units, init: 'he' };
}

function readIdx(name) {
  const path = join(given.mnist, name);
  if (!existsSync(path)) {
    console.error(`${path} is not there. MNIST's training set is needed: name its folder with --mnist FOLDER.`);
    process.exit(1);
  }
  return engine.readIdx(readFileSync(path));
}

function concat(a, b) {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Accuracy on the images held out, where there are any. */
function measure(when) {
  if (holdOut === 0) return;
  const { accuracy, loss } = network.evaluate({
    images: images.data.subarray(real * SIZE),
    labels: labels.subarray(real),
    count: holdOut,
    shape: [SIZE],
  });
  console.log(`${when}: ${(100 * accuracy).toFixed(2)} % of ${holdOut} held-out images, loss ${loss.toFixed(4)}`);
}

/**
 * Keeps `bits` bits of every weight's fraction, and drops weights too small to matter: the file stays plain F16, but packs
 * to half the size on its way to the browser. The accuracy above is measured again afterwards.
 */
function roundWeights(bits) {
  for (const [name, { shape, data: weights }] of Object.entries(network.weights())) {
    if (shape.length < 2) continue;
    const rounded = weights.map((weight) => {
      if (Math.abs(weight) < 2 ** -7) return 0;
      const step = 2 ** (Math.floor(Math.log2(Math.abs(weight))) - bits);
      return Math.round(weight / step) * step;
    });
    network.graph.set(name, { shape, data: rounded });
  }
}
