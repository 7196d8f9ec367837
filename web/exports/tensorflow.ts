import type { NestedNumbers } from '../shared/api.ts';
import { type CodeGraph, type CodeNode, count, flag, listOf, sizeOf, UnsupportedOp } from './code-graph.ts';
import { comment, quoted } from './python-names.ts';

/** Names that a program in JavaScript cannot use, or uses for itself. */
export const tensorflowTaken: readonly string[] = (
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function ' +
  'if implements import in instanceof interface let new null package private protected public return static super switch this throw true try ' +
  'typeof var void while with yield undefined NaN Infinity BigInt Number Array Math JSON console tf forward known values gradients seed ' +
  'stopped largest channelsLast channelsFirst bordered dropoutMask'
).split(' ');

const helpers = {
  stopped: `/** The same numbers; no gradient goes back through them. */
const stopped = tf.customGrad((x) => ({ value: tf.clone(x), gradFunc: (dy) => tf.zerosLike(dy) }));`,
  largest: `/** The largest along the axes; of equal ones the first takes the whole gradient. */
function largest(x, axes, keepDims) {
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const rows = tf.reshape(tf.transpose(x, [...kept, ...axes]), [kept.reduce((n, axis) => n * x.shape[axis], 1), -1]);
  // A one-hot row has two places or more.
  const first = rows.shape[1] === 1 ? tf.onesLike(rows) : tf.oneHot(tf.argMax(rows, 1), rows.shape[1]);
  const found = tf.sum(tf.where(tf.cast(first, 'bool'), rows, tf.zerosLike(rows)), 1);
  const shape = keepDims ? x.shape.map((n, axis) => (axes.includes(axis) ? 1 : n)) : kept.map((axis) => x.shape[axis]);
  return tf.reshape(found, shape);
}`,
  channels: `/** TensorFlow.js has the channels of an image last. */
const channelsLast = (x) => tf.transpose(x, [0, 2, 3, 1]);
const channelsFirst = (x) => tf.transpose(x, [0, 3, 1, 2]);
const bordered = (x, pad, value) => tf.pad(channelsLast(x), [[0, 0], [pad, pad], [pad, pad], [0, 0]], value);`,
  dropoutMask: `/** 1 for what is kept, from integers alone (splitmix64): the same mask as on the page. */
function dropoutMask(shape, ratio, seed, iteration) {
  const mixed = (from) => {
    let z = BigInt.asUintN(64, from + 0x9e3779b97f4a7c15n);
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return z ^ (z >> 31n);
  };
  const key = mixed(BigInt.asUintN(64, mixed(BigInt(seed)) + BigInt(iteration)));
  const size = shape.reduce((n, extent) => n * extent, 1);
  const kept = Array.from({ length: size }, (_, i) =>
    Number(mixed(BigInt.asUintN(64, key + BigInt(i))) >> 32n) < Math.floor(ratio * 2 ** 32) ? 0 : 1,
  );
  return tf.tensor(kept, shape);
}`,
} as const;
type HelperName = keyof typeof helpers;

/**
 * The graph as a program for TensorFlow.js, an ES module: every value, and the gradients of all inputs and parameters by `tf.grads`, as
 * lines of JSON. It computes in 32 bits. Throws UnsupportedOp.
 */
export function tensorflowProgram({ nodes, output, seed, title }: CodeGraph): string {
  const leaves = nodes.filter(({ isLeaf }) => isLeaf);
  const operators = nodes.filter(({ isLeaf }) => !isLeaf);
  const needed = new Set<HelperName>();
  const rules = operators.map((node) => [node, tensorflowRule(node, needed)] as const);
  /** `tf.grads` refuses what the result does not depend on. */
  const varying = leaves.filter(({ varies, behind, op }) => varies && behind && op !== 'constant');
  const names = leaves.map(({ name }) => name).join(', ');
  const args = varying.map(({ name }) => name).join(', ');
  const seeded =
    seed === undefined
      ? `tf.onesLike(values.${output.name})`
      : tensor(seed, sizeOf(output.shape) === 1 ? output.shape : undefined);
  return `${[
    `// ${comment(title)}`,
    '// TensorFlow.js computes in 32 bits. With Node: npm install @tensorflow/tfjs, then node on this file, whose name ends in .mjs.',
    "import * as tf from '@tensorflow/tfjs';",
    '',
    ...Object.entries(helpers).flatMap(([name, text]) => (needed.has(name as HelperName) ? [text, ''] : [])),
    '// The inputs and parameters.',
    ...leaves.map((node) => `const ${node.name} = ${tensor(node.value ?? 0)};${told(node)}`),
    '',
    '// Forward: every value, by its name.',
    `function forward(${names}) {`,
    ...rules.map(([node, rule]) => `  const ${node.name} = ${rule};${told(node)}`),
    `  return { ${nodes.map(({ name }) => name).join(', ')} };`,
    '}',
    `const values = forward(${names});`,
    '',
    '// Backward, from the seed at the result.',
    `const seed = ${seeded};`,
    varying.length === 0 || output.isLeaf
      ? `const gradients = [${varying.map(({ id }) => (id === output.id ? 'seed' : 'null')).join(', ')}];`
      : `const gradients = tf.grads((${args}) => forward(${names}).${output.name})([${args}], seed);`,
    '',
    '// Name, value, gradient; null where TensorFlow.js keeps none.',
    `const known = { ${varying.map(({ name }, i) => `${name}: gradients[${i}]`).join(', ')} };`,
    ...nodes.map(
      ({ id, name }) =>
        `console.log(JSON.stringify([${quoted(id)}, values.${name}.arraySync(), known.${name}?.arraySync() ?? null]));`,
    ),
  ].join('\n')}\n`;
}

const literal = (value: NestedNumbers): string =>
  typeof value === 'number' ? (Object.is(value, -0) ? '-0' : String(value)) : `[${value.map(literal).join(', ')}]`;

function tensor(value: NestedNumbers, shape?: readonly number[]): string {
  const of = shape === undefined ? '' : `, [${shape.join(', ')}]`;
  // A tensor without numbers in it has no shape that could be read off.
  return typeof value === 'number' && !of
    ? `tf.scalar(${literal(value)})`
    : `tf.tensor(${literal(typeof value === 'number' ? [value] : value)}${of})`;
}

function tensorflowRule(node: CodeNode, needed: Set<HelperName>): string {
  const { inputs, attrs, op, shape } = node;
  const [x = '', w = '', b = '', d = '', e = ''] = inputs.map(({ name }) => name);
  const [xs = [], ws = []] = inputs.map((input) => input.shape);
  const need = (name: HelperName): void => void needed.add(name);
  /** What takes no gradient; TensorFlow.js would send one. */
  const still = (slot: number): string => {
    const { name = '', varies = false } = inputs[slot] ?? {};
    if (!varies) return name;
    need('stopped');
    return `stopped(${name})`;
  };
  /** Its own rule forgets what was broadcast. */
  const wide = (slot: number): string => {
    const input = inputs[slot];
    return input?.shape.join() === shape.join()
      ? input.name
      : `tf.broadcastTo(${input?.name ?? ''}, [${shape.join(', ')}])`;
  };
  const axes = listOf(attrs['axis'])?.map((axis) => (axis < 0 ? axis + xs.length : axis)) ?? null;
  const keep = flag(attrs, 'keepdims', false);
  const reduced = (f: string): string => `tf.${f}(${x}, ${axes === null ? 'null' : `[${axes.join(', ')}]`}, ${keep})`;
  /** Of labels; TensorFlow.js has no one-hot row of a single class. */
  const oneHot = (classes: number): string => {
    const slot = op === 'one_hot' ? 0 : 1;
    if (classes === 1) return `tf.ones([${[...(inputs[slot]?.shape ?? []), 1].join(', ')}])`;
    return `tf.cast(tf.oneHot(tf.cast(${still(slot)}, 'int32'), ${classes}), 'float32')`;
  };
  const plain: Readonly<Record<string, string>> = {
    neg: 'neg', square: 'square', sqrt: 'sqrt', exp: 'exp', log: 'log', sin: 'sin', cos: 'cos', tanh: 'tanh', sigmoid: 'sigmoid',
    relu: 'relu', softplus: 'softplus', softmax: 'softmax', log_softmax: 'logSoftmax',
  }; // prettier-ignore
  if (Object.hasOwn(plain, op)) return `tf.${plain[op]}(${x})`;
  switch (op) {
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'pow':
      return `tf.${op}(${x}, ${w})`;
    case 'maximum':
    case 'minimum':
      return `tf.${op}(${wide(0)}, ${wide(1)})`;
    case 'abs':
      // The derivative of tf.abs at 0 is −1; here it is 0.
      return `tf.mul(${x}, tf.sign(${x}))`;
    case 'leaky_relu':
      return `tf.leakyRelu(${x}, ${count(attrs, 'alpha', 0.01)})`;
    case 'gelu':
      return `tf.mul(${x}, tf.mul(0.5, tf.add(1, tf.erf(tf.mul(${x}, Math.SQRT1_2)))))`;
    case 'sum':
    case 'mean':
      return reduced(op);
    case 'max':
      need('largest');
      return `largest(${x}, [${(axes ?? xs.map((_, axis) => axis)).toSorted((p, q) => p - q).join(', ')}], ${keep})`;
    case 'matmul':
      return `tf.dot(${x}, ${w})`;
    case 'affine':
      return `tf.add(tf.dot(${x}, ${w}), ${b})`;
    case 'reshape':
    case 'flatten':
      return `tf.reshape(${x}, [${shape.join(', ')}])`;
    case 'transpose':
      return `tf.transpose(${x}, [${(listOf(attrs['axes']) ?? xs.map((_, i) => xs.length - 1 - i)).join(', ')}])`;
    case 'concat':
      return `tf.concat([${inputs.map(({ name }) => name).join(', ')}], ${count(attrs, 'axis', 0)})`;
    case 'one_hot': {
      const classes = count(attrs, 'classes', 0);
      return classes === 0 ? still(0) : oneHot(classes);
    }
    case 'softmax_with_loss': {
      const classes = xs.at(-1) ?? 1;
      const t = xs.join() === ws.join() ? still(1) : oneHot(classes);
      return `tf.div(tf.sum(tf.mul(${t}, tf.logSoftmax(${x}))), ${-sizeOf(xs) / classes})`;
    }
    case 'sigmoid_with_loss':
      return `tf.mean(tf.sub(tf.softplus(${x}), tf.mul(${x}, ${still(1)})))`;
    case 'mean_squared_error':
      return `tf.mean(tf.square(tf.sub(${x}, ${w})))`;
    case 'conv2d': {
      need('channels');
      const image = `bordered(${x}, ${count(attrs, 'pad', 0)}, 0)`;
      const filters = `tf.transpose(${w}, [2, 3, 1, 0])`;
      return `channelsFirst(tf.add(tf.conv2d(${image}, ${filters}, ${count(attrs, 'stride', 1)}, 'valid'), ${b}))`;
    }
    case 'max_pool2d':
    case 'avg_pool2d': {
      need('channels');
      const largest = op === 'max_pool2d';
      const size = count(attrs, 'size', 1);
      const image = `bordered(${x}, ${count(attrs, 'pad', 0)}, ${largest ? -3e38 : 0})`;
      return `channelsFirst(tf.${largest ? 'maxPool' : 'avgPool'}(${image}, ${size}, ${count(attrs, 'stride', size)}, 'valid'))`;
    }
    case 'batch_norm':
    case 'layer_norm': {
      const layer = op === 'layer_norm';
      const over = layer ? [xs.length - 1] : xs.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
      /** A number a channel, laid along the axis of channels. */
      const along = (name: string): string =>
        layer ? name : `tf.reshape(${name}, [${xs.map((n, axis) => (axis === 1 ? n : 1)).join(', ')}])`;
      const training = layer || flag(attrs, 'training', true);
      const mean = training ? `tf.mean(${x}, [${over.join(', ')}], true)` : along(still(3) || d);
      const centred = `tf.sub(${x}, ${mean})`;
      const variance = training ? `tf.mean(tf.square(${centred}), [${over.join(', ')}], true)` : along(still(4) || e);
      const deviation = `tf.sqrt(tf.add(${variance}, ${count(attrs, 'eps', layer ? 1e-5 : 1e-6)}))`;
      return `tf.add(tf.mul(${along(w)}, tf.div(${centred}, ${deviation})), ${along(b)})`;
    }
    case 'dropout': {
      const ratio = count(attrs, 'ratio', 0.5);
      const inverted = flag(attrs, 'inverted', true);
      if (!flag(attrs, 'training', true)) return `tf.mul(${x}, ${inverted ? 1 : 1 - ratio})`;
      need('dropoutMask');
      const mask = `dropoutMask([${xs.join(', ')}], ${ratio}, ${count(attrs, 'seed', 0)}, ${count(attrs, 'iteration', 0)})`;
      return `tf.mul(${x}, ${inverted ? `tf.div(${mask}, ${1 - ratio})` : mask})`;
    }
    default:
      throw new UnsupportedOp(op);
  }
}

const told = ({ label, name }: CodeNode): string =>
  label === null || comment(label) === '' || label === name ? '' : ` // ${comment(label)}`;
