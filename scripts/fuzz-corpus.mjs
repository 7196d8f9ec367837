/**
 * Writes the inputs that the fuzzers start from: the examples of the page, the book's networks, small weights and IDX
 * files, and a few of each that are refused.
 *
 *   node scripts/fuzz-corpus.mjs FOLDER
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { runnerImport } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = process.argv[2] ?? join(root, 'build/fuzz/corpus');
const { module } = await runnerImport(join(root, 'web/presets/index.ts'));

function write(fuzzer, name, content) {
  mkdirSync(join(folder, fuzzer), { recursive: true });
  writeFileSync(join(folder, fuzzer, name), content);
}

for (const { id, document } of module.presets) write('document', id, JSON.stringify(document));
const leaf = (id, value, op = 'input') => ({ id, op, value });
const graph = (nodes, rest = {}) => JSON.stringify({ format: 'backprop-graph', version: 1, nodes, ...rest });
write('document', 'cycle', graph([leaf('x', 1), { id: 'y', op: 'add', inputs: ['x', 'y'] }]));
write(
  'document',
  'attributes',
  graph([
    leaf('x', [
      [1, 2],
      [3, 4],
    ]),
    { id: 'y', op: 'sum', inputs: ['x'], attrs: { axis: [0], keepdims: true } },
  ]),
);
write(
  'document',
  'decorated',
  graph([{ ...leaf('ø', 1e-300, 'parameter'), label: 'λ', group: 'g', position: [1, 2] }], {
    output: 'ø',
    seed: 2,
    title: 't',
  }),
);

const relu = { type: 'relu' };
const affine = (units) => ({ type: 'affine', units });
const image = [
  { type: 'conv2d', filters: 2, kernel: 3, stride: 1, pad: 1, init: 'he' },
  { type: 'batch_norm' },
  { type: 'leaky_relu' },
  { type: 'max_pool2d', size: 2, stride: 2 },
  { type: 'avg_pool2d', size: 2, pad: 1 },
  { type: 'flatten' },
  affine(3),
];
const flat = [
  affine(4),
  { type: 'layer_norm' },
  { type: 'dropout', ratio: 0.5, inverted: false },
  { type: 'tanh' },
  { type: 'gelu' },
  { type: 'softplus' },
  { type: 'sigmoid' },
  { type: 'affine', units: 2, init: 'std', std: 0.01 },
];
const specs = {
  flat: { input: [3], layers: flat, loss: 'softmax_with_loss' },
  image: { input: [1, 6, 6], layers: image, loss: 'sigmoid_with_loss' },
  regression: { input: [2], layers: [affine(2), relu, affine(1)], loss: 'mean_squared_error' },
};
for (const [name, spec] of Object.entries(specs)) write('network', name, JSON.stringify(spec));
write(
  'network',
  'options',
  JSON.stringify({
    input: [4],
    hidden: [3, 2],
    outputs: 5,
    activation: 'tanh',
    init: 'xavier',
    batchNorm: true,
    dropout: 0.25,
  }),
);

/** Tensors of zeros, in order, as safetensors. */
function safetensors(tensors, metadata, dtype = 'F32', width = 4) {
  let at = 0;
  const header = { ...(metadata ? { __metadata__: metadata } : {}) };
  for (const [name, shape] of tensors) {
    const bytes = shape.reduce((count, extent) => count * extent, width);
    header[name] = { dtype, shape, data_offsets: [at, at + bytes] };
    at += bytes;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Buffer.alloc(at, 60)]);
}
const weights = [
  ['affine1.weight', [2, 2]],
  ['affine1.bias', [2]],
  ['affine2.weight', [2, 1]],
  ['affine2.bias', [1]],
];
write('safetensors', 'network', safetensors(weights, { network: JSON.stringify(specs.regression) }));
write(
  'safetensors',
  'half',
  safetensors(
    [
      ['a', [3]],
      ['b', []],
    ],
    { note: 'x' },
    'F16',
    2,
  ),
);
write(
  'safetensors',
  'double',
  safetensors(
    [
      ['a', [0, 3]],
      ['b', [1, 1, 1, 2]],
    ],
    null,
    'F64',
    8,
  ),
);
write('safetensors', 'empty', safetensors([], null));

const idx = (shape, data) => {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  shape.forEach((extent, i) => header.writeUInt32BE(extent, 4 + 4 * i));
  return Buffer.concat([header, Buffer.from(data)]);
};
const pixels = idx(
  [2, 3, 3],
  Array.from({ length: 18 }, (_, i) => i * 14),
);
write('idx', 'images', pixels);
write('idx', 'labels', idx([4], [3, 1, 4, 1]));
write('idx', 'images.gz', gzipSync(pixels));
write('idx', 'stored.gz', gzipSync(pixels, { level: 0 }));
write('idx', 'short', pixels.subarray(0, 20));
write('idx', 'cut.gz', gzipSync(pixels).subarray(0, 30));

for (let op = 0; op < 64; op++)
  write('op', `op${op}`, Buffer.from([op, 1, 2, 2, 3, 9, 9, 4, 9, 9, 2, 1, 2, 2, 3, 1, 2, 1, 5, 1, 2, 3, 1, 1, 2]));
