import { axesOf, type CodeNode, count, flag, listOf, sizeOf, UnsupportedOp } from './code-graph.ts';

/** An op in NumPy: its value, and what goes back to each slot (null where nothing does). */
interface NumpyRule {
  readonly value: string;
  readonly back: readonly (string | null)[];
  readonly helpers?: readonly HelperName[];
}

export const helpers = {
  unbroadcast: `def unbroadcast(grad, shape):
    """Adds up a gradient where its input was broadcast."""
    grad = grad.sum(axis=tuple(range(grad.ndim - len(shape))))
    axes = tuple(i for i, n in enumerate(shape) if n == 1 and grad.shape[i] != 1)
    return grad.sum(axis=axes, keepdims=True) if axes else grad`,
  spread: `def spread(grad, shape, axis, keepdims):
    """Hands the gradient of a sum to every element that went into it."""
    if axis is not None and not keepdims:
        grad = np.expand_dims(grad, axis)
    return np.broadcast_to(grad, shape)`,
  first_largest: `def first_largest(x, axis):
    """1 where the largest element along the axes stands, the first one of equals."""
    axes = tuple(range(x.ndim)) if axis is None else tuple(a % x.ndim for a in np.atleast_1d(axis))
    kept = tuple(a for a in range(x.ndim) if a not in axes)
    order = kept + tuple(sorted(axes))
    moved = x.transpose(order)
    rows = moved.reshape(int(np.prod([x.shape[a] for a in kept])), -1)
    mask = np.zeros_like(rows)
    mask[np.arange(len(rows)), rows.argmax(axis=1)] = 1
    return mask.reshape(moved.shape).transpose(np.argsort(order))`,
  product_back: `def product_back(grad, x, w):
    """Gradients of x @ w: grad · wᵀ and xᵀ · grad; a vector x is a row, a vector w a column."""
    rows, matrix = np.atleast_2d(x), w if w.ndim > 1 else w[:, None]
    grad = grad.reshape(rows.shape[0], matrix.shape[1])
    return (grad @ matrix.T).reshape(x.shape), (rows.T @ grad).reshape(w.shape)`,
  log_softmax: `def log_softmax(x):
    shifted = x - x.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))`,
  one_hot: `def one_hot(labels, classes):
    return np.eye(classes)[np.asarray(labels).astype(int)]`,
  erfc: `erfc = np.vectorize(math.erfc, otypes=[float])`,
  windows: `def windows(x, height, width, stride, pad, border=0.0):
    """Every window of every image: [n, c, rows, columns, height, width]."""
    x = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), constant_values=border)
    view = np.lib.stride_tricks.sliding_window_view(x, (height, width), axis=(2, 3))
    return view[:, :, ::stride, ::stride]`,
  unwindow: `def unwindow(grad, shape, stride, pad):
    """Adds the gradients of windows up where they overlap."""
    n, c, h, w = shape
    image = np.zeros((n, c, h + 2 * pad, w + 2 * pad))
    rows, columns, height, width = grad.shape[2:]
    for i in range(height):
        for j in range(width):
            image[:, :, i : i + stride * rows : stride, j : j + stride * columns : stride] += grad[..., i, j]
    return image[:, :, pad : pad + h, pad : pad + w]`,
  largest_in_window: `def largest_in_window(view):
    """1 at the largest element of each window, the first one of equals."""
    flat = view.reshape(view.shape[:4] + (-1,))
    return (np.arange(flat.shape[-1]) == flat.argmax(axis=-1)[..., None]).astype(float).reshape(view.shape)`,
  dropout_mask: `def dropout_mask(shape, ratio, seed, iteration):
    """1 for what is kept, from integers alone (splitmix64): the same mask as on the page."""
    full = (1 << 64) - 1

    def mixed(z):
        z = (z + 0x9E3779B97F4A7C15) & full
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & full
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & full
        return z ^ (z >> 31)

    key = mixed((mixed(seed) + iteration) & full)
    size = int(np.prod(shape))
    kept = [0.0 if (mixed((key + i) & full) >> 32) < int(ratio * 2**32) else 1.0 for i in range(size)]
    return np.array(kept).reshape(shape)`,
  normalise_back: `def normalise_back(grad, normal, deviation, axes):
    """Gradient through (x - mean) / deviation, where mean and deviation depend on x."""
    along = normal * (grad * normal).mean(axis=axes, keepdims=True)
    return (grad - grad.mean(axis=axes, keepdims=True) - along) / deviation`,
} as const;
export type HelperName = keyof typeof helpers;

const same = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();

/** The rule of a node, with the names of its inputs put in. Throws UnsupportedOp. */
export function numpyRule(node: CodeNode): NumpyRule {
  const { inputs, attrs, name: y } = node;
  const [x = '', w = '', b = ''] = inputs.map((input) => input.name);
  const shapes = inputs.map(({ shape }) => shape);
  const [xs = [], ws = []] = shapes;
  const d = `d_${y}`;
  const unary = (value: string, back: string, ...needs: HelperName[]): NumpyRule => ({
    value,
    back: [back],
    helpers: needs,
  });
  /** Element by element with broadcasting. */
  const binary = (value: string, ...back: string[]): NumpyRule => {
    const fits = shapes.map((shape) => same(shape, node.shape));
    const sent = back.map((each, slot) =>
      fits[slot] === true ? each : `unbroadcast(${each}, ${inputs[slot]?.name ?? ''}.shape)`,
    );
    return { value, back: sent, helpers: fits.includes(false) ? ['unbroadcast'] : [] };
  };
  const axis = axesOf(attrs);
  const keepdims = flag(attrs, 'keepdims', false) ? 'True' : 'False';
  const reduced = (f: string): string => `${x}.${f}(axis=${axis}, keepdims=${keepdims})`;
  const spread = `spread(${d}, ${x}.shape, ${axis}, ${keepdims})`;
  switch (node.op) {
    case 'add':
      return binary(`${x} + ${w}`, d, d);
    case 'sub':
      return binary(`${x} - ${w}`, d, `-${d}`);
    case 'mul':
      return binary(`${x} * ${w}`, `${d} * ${w}`, `${d} * ${x}`);
    case 'div':
      return binary(`${x} / ${w}`, `${d} / ${w}`, `-${d} * ${x} / ${w}**2`);
    case 'pow':
      return binary(
        `np.power(${x}, ${w})`,
        `${d} * np.where(${w} == 0, 0.0, ${w} * np.power(${x}, ${w} - 1))`,
        `${d} * np.where((${x} == 0) & (${w} > 0), 0.0, ${y} * np.log(${x}))`,
      );
    case 'maximum':
      return binary(`np.maximum(${x}, ${w})`, `${d} * (${x} >= ${w})`, `${d} * (${x} < ${w})`);
    case 'minimum':
      return binary(`np.minimum(${x}, ${w})`, `${d} * (${x} <= ${w})`, `${d} * (${x} > ${w})`);
    case 'neg':
      return unary(`-${x}`, `-${d}`);
    case 'square':
      return unary(`${x} ** 2`, `${d} * 2 * ${x}`);
    case 'sqrt':
      return unary(`np.sqrt(${x})`, `${d} / (2 * ${y})`);
    case 'exp':
      return unary(`np.exp(${x})`, `${d} * ${y}`);
    case 'log':
      return unary(`np.log(${x})`, `${d} / ${x}`);
    case 'sin':
      return unary(`np.sin(${x})`, `${d} * np.cos(${x})`);
    case 'cos':
      return unary(`np.cos(${x})`, `-${d} * np.sin(${x})`);
    case 'abs':
      return unary(`np.abs(${x})`, `${d} * np.sign(${x})`);
    case 'tanh':
      return unary(`np.tanh(${x})`, `${d} * (1 - ${y}**2)`);
    case 'sigmoid':
      return unary(`1 / (1 + np.exp(-${x}))`, `${d} * ${y} * (1 - ${y})`);
    case 'relu':
      return unary(`np.maximum(${x}, 0)`, `${d} * (${x} > 0)`);
    case 'leaky_relu': {
      const alpha = count(attrs, 'alpha', 0.01);
      return unary(`np.where(${x} > 0, ${x}, ${alpha} * ${x})`, `${d} * np.where(${x} > 0, 1.0, ${alpha})`);
    }
    case 'softplus':
      return unary(`np.maximum(${x}, 0) + np.log1p(np.exp(-np.abs(${x})))`, `${d} * (1 - np.exp(-${y}))`);
    case 'gelu': {
      const phi = `erfc(-${x} / math.sqrt(2)) / 2`;
      return unary(`${x} * ${phi}`, `${d} * (${phi} + ${x} * np.exp(-${x}**2 / 2) / math.sqrt(2 * math.pi))`, 'erfc');
    }
    case 'sum':
      return unary(reduced('sum'), spread, 'spread');
    case 'mean':
      return unary(reduced('mean'), `${spread} * (${y}.size / ${x}.size)`, 'spread');
    case 'max':
      return unary(reduced('max'), `${spread} * first_largest(${x}, ${axis})`, 'spread', 'first_largest');
    case 'matmul':
      return {
        value: `${x} @ ${w}`,
        back: [`product_back(${d}, ${x}, ${w})[0]`, `product_back(${d}, ${x}, ${w})[1]`],
        helpers: ['product_back'],
      };
    case 'affine':
      return {
        value: `${x} @ ${w} + ${b}`,
        back: [
          `product_back(${d}, ${x}, ${w})[0]`,
          `product_back(${d}, ${x}, ${w})[1]`,
          `np.atleast_2d(${d}).sum(axis=0)`,
        ],
        helpers: ['product_back'],
      };
    case 'reshape':
      return unary(
        `${x}.reshape(${node.shape.length === 1 ? String(node.shape[0]) : `(${node.shape.join(', ')})`})`,
        `${d}.reshape(${x}.shape)`,
      );
    case 'flatten':
      return unary(`${x}.reshape(${x}.shape[0], -1)`, `${d}.reshape(${x}.shape)`);
    case 'transpose': {
      const axes = listOf(attrs['axes']);
      if (axes === null) return unary(`${x}.transpose()`, `${d}.transpose()`);
      const order = `(${axes.join(', ')},)`;
      return unary(`${x}.transpose(${order})`, `${d}.transpose(np.argsort(${order}))`);
    }
    case 'concat': {
      const along = count(attrs, 'axis', 0);
      const extents = shapes.map((shape) => shape[along < 0 ? along + shape.length : along] ?? 0);
      const ends = extents.map((_, i) => extents.slice(0, i + 1).reduce((sum, extent) => sum + extent, 0)).slice(0, -1);
      return {
        value: `np.concatenate([${inputs.map((input) => input.name).join(', ')}], axis=${along})`,
        back: inputs.map((_, i) => `np.split(${d}, [${ends.join(', ')}], axis=${along})[${i}]`),
      };
    }
    case 'one_hot': {
      const classes = count(attrs, 'classes', 0);
      if (classes === 0) return { value: x, back: [null] };
      return { value: `one_hot(${x}, ${classes})`, back: [null], helpers: ['one_hot'] };
    }
    case 'softmax':
      return unary(
        `np.exp(log_softmax(${x}))`,
        `${y} * (${d} - (${d} * ${y}).sum(axis=-1, keepdims=True))`,
        'log_softmax',
      );
    case 'log_softmax':
      return unary(`log_softmax(${x})`, `${d} - np.exp(${y}) * ${d}.sum(axis=-1, keepdims=True)`, 'log_softmax');
    case 'softmax_with_loss': {
      const classes = xs.at(-1) ?? 1;
      const samples = sizeOf(xs) / classes;
      const isOneHot = same(xs, ws);
      const t = isOneHot ? w : `one_hot(${w}, ${classes})`;
      return {
        value: `-(${t} * log_softmax(${x})).sum() / ${samples}`,
        back: [`${d} * (np.exp(log_softmax(${x})) * ${t}.sum(axis=-1, keepdims=True) - ${t}) / ${samples}`, null],
        helpers: isOneHot ? ['log_softmax'] : ['log_softmax', 'one_hot'],
      };
    }
    case 'sigmoid_with_loss':
      return {
        value: `(np.maximum(${x}, 0) - ${x} * ${w} + np.log1p(np.exp(-np.abs(${x})))).sum() / ${sizeOf(xs)}`,
        back: [`${d} * (1 / (1 + np.exp(-${x})) - ${w}) / ${sizeOf(xs)}`, null],
      };
    case 'mean_squared_error':
      return {
        value: `((${x} - ${w}) ** 2).mean()`,
        back: [`${d} * 2 * (${x} - ${w}) / ${x}.size`, `${d} * -2 * (${x} - ${w}) / ${x}.size`],
      };
    case 'conv2d': {
      const [stride, pad] = [count(attrs, 'stride', 1), count(attrs, 'pad', 0)];
      const view = `windows(${x}, ${ws[2] ?? 1}, ${ws[3] ?? 1}, ${stride}, ${pad})`;
      return {
        value: `np.einsum('ncyxij,fcij->nfyx', ${view}, ${w}) + ${b}[:, None, None]`,
        back: [
          `unwindow(np.einsum('nfyx,fcij->ncyxij', ${d}, ${w}), ${x}.shape, ${stride}, ${pad})`,
          `np.einsum('nfyx,ncyxij->fcij', ${d}, ${view})`,
          `${d}.sum(axis=(0, 2, 3))`,
        ],
        helpers: ['windows', 'unwindow'],
      };
    }
    case 'max_pool2d':
    case 'avg_pool2d': {
      const size = count(attrs, 'size', 1);
      const [stride, pad] = [count(attrs, 'stride', size), count(attrs, 'pad', 0)];
      if (node.op === 'avg_pool2d') {
        const one = `np.ones((${size}, ${size})) / ${size * size}`;
        return unary(
          `windows(${x}, ${size}, ${size}, ${stride}, ${pad}).mean(axis=(4, 5))`,
          `unwindow(${d}[..., None, None] * ${one}, ${x}.shape, ${stride}, ${pad})`,
          'windows',
          'unwindow',
        );
      }
      const view = `windows(${x}, ${size}, ${size}, ${stride}, ${pad}, -np.inf)`;
      return unary(
        `${view}.max(axis=(4, 5))`,
        `unwindow(${d}[..., None, None] * largest_in_window(${view}), ${x}.shape, ${stride}, ${pad})`,
        'windows',
        'unwindow',
        'largest_in_window',
      );
    }
    case 'batch_norm':
    case 'layer_norm':
      return normalisation(node);
    case 'dropout': {
      const ratio = count(attrs, 'ratio', 0.5);
      const inverted = flag(attrs, 'inverted', true);
      if (!flag(attrs, 'training', true)) {
        const scale = inverted ? 1 : 1 - ratio;
        return unary(`${x} * ${scale}`, `${d} * ${scale}`);
      }
      const mask = `dropout_mask(${x}.shape, ${ratio}, ${count(attrs, 'seed', 0)}, ${count(attrs, 'iteration', 0)})`;
      const scale = inverted ? ` / (1 - ${ratio})` : '';
      return unary(`${x} * ${mask}${scale}`, `${d} * ${mask}${scale}`, 'dropout_mask');
    }
    default:
      throw new UnsupportedOp(node.op);
  }
}

function normalisation({ op, inputs, attrs, name, shape }: CodeNode): NumpyRule {
  const [x = '', gamma = '', beta = '', mean = '', variance = ''] = inputs.map((input) => input.name);
  const d = `d_${name}`;
  const layer = op === 'layer_norm';
  const axes = layer ? '-1' : shape.length === 4 ? '(0, 2, 3)' : '0';
  const training = layer || flag(attrs, 'training', true);
  /** A number a channel, laid along the axis of channels. */
  const wide = (channel: string): string => (!layer && shape.length === 4 ? `${channel}[:, None, None]` : channel);
  const eps = count(attrs, 'eps', layer ? 1e-5 : 1e-6);
  const deviation = training
    ? `np.sqrt(${x}.var(axis=${axes}, keepdims=True) + ${eps})`
    : `np.sqrt(${wide(variance)} + ${eps})`;
  const centre = training ? `${x}.mean(axis=${axes}, keepdims=True)` : wide(mean);
  const normal = `((${x} - ${centre}) / ${deviation})`;
  const over = layer ? `tuple(range(${x}.ndim - 1))` : axes;
  const inner = `${d} * ${wide(gamma)}`;
  return {
    value: `${wide(gamma)} * ${normal} + ${wide(beta)}`,
    back: [
      training ? `normalise_back(${inner}, ${normal}, ${deviation}, ${axes})` : `${inner} / ${deviation}`,
      `(${d} * ${normal}).sum(axis=${over})`,
      `${d}.sum(axis=${over})`,
      ...(layer ? [] : [null, null]),
    ],
    helpers: training ? ['normalise_back'] : [],
  };
}
