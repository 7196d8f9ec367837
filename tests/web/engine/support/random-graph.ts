import type { DocumentNode, GraphDocument, NestedNumbers } from '../../../../web/engine';

/** Numbers in [0, 1) from a seed (mulberry32), so that a failing graph can be made again. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function nested(shape: readonly number[], next: () => number): NestedNumbers {
  const [extent, ...rest] = shape;
  return extent === undefined ? next() : Array.from({ length: extent }, () => nested(rest, next));
}

/** A node with bounds of its elements, so that no graph runs into overflow or the edge of a domain. */
interface Made {
  readonly id: string;
  readonly shape: readonly number[];
  readonly low: number;
  readonly high: number;
}

type Candidate = Omit<Made, 'id'> & {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attrs?: DocumentNode['attrs'];
};

const SHAPES: readonly (readonly number[])[] = [[], [3], [2, 3], [2, 1], [3, 4], [1, 3], [2, 2, 3], [2, 2, 4, 5]];
/** Damps the gradient of what is normalised where its numbers are almost equal. */
const EPSILON = 0.1;
const LARGEST = 30;

/** A random graph over every differentiable op, with a scalar output that depends on everything. */
export function randomGraph(seed: number): GraphDocument {
  return new Builder(random(seed)).build();
}

class Builder {
  readonly #next: () => number;
  readonly #nodes: DocumentNode[] = [];
  readonly #made: Made[] = [];
  readonly #used = new Set<string>();

  constructor(next: () => number) {
    this.#next = next;
  }

  build(): GraphDocument {
    const inputs = 2 + this.#below(4);
    for (let i = 0; i < inputs; i++) this.#leaf(this.#pick(SHAPES));
    const operators = 3 + this.#below(18);
    for (let made = 0, tries = 0; made < operators && tries < 400; tries++) {
      const candidate = this.#candidate();
      if (candidate && Math.max(Math.abs(candidate.low), Math.abs(candidate.high)) <= LARGEST) {
        this.#operator(candidate);
        made++;
      }
    }
    this.#collect();
    return { format: 'backprop-graph', version: 1, nodes: this.#nodes, output: this.#nodes.at(-1)?.id ?? '' };
  }

  /** Every loose end, as one scalar. */
  #collect(): void {
    const ends = this.#made.filter(({ id }) => !this.#used.has(id));
    const totals = ends.map((end) =>
      this.#operator({ op: this.#next() < 0.5 ? 'sum' : 'mean', inputs: [end.id], shape: [], low: 0, high: 0 }),
    );
    const [first, ...others] = totals as [Made, ...Made[]];
    let sum = first;
    for (const total of others)
      sum = this.#operator({ op: 'add', inputs: [sum.id, total.id], shape: [], low: 0, high: 0 });
  }

  #candidate(): Candidate | null {
    const x = this.#pick(this.#made);
    const y = this.#pick(this.#made);
    const unary = (op: string, low: number, high: number): Candidate => ({
      op,
      inputs: [x.id],
      shape: x.shape,
      low,
      high,
    });
    switch (this.#below(32)) {
      case 0:
        return this.#binary('add', x, y, x.low + y.low, x.high + y.high);
      case 1:
        return this.#binary('sub', x, y, x.low - y.high, x.high - y.low);
      case 2:
        return this.#binary('mul', x, y, ...corners(x, y, (a, b) => a * b));
      case 3:
        return this.#quotient(x);
      case 4:
        return this.#power(y);
      case 5:
        return unary('neg', -x.high, -x.low);
      case 6:
        return unary('square', 0, Math.max(x.low ** 2, x.high ** 2));
      case 7:
        return unary('exp', Math.exp(x.low), Math.exp(x.high));
      case 8:
        return this.#ofPositive('log', Math.log);
      case 9:
        return unary('tanh', -1, 1);
      case 10:
        return unary('sigmoid', 1 / (1 + Math.exp(-x.low)), 1);
      case 11:
        return unary('relu', 0, Math.max(0, x.high));
      case 12:
        return this.#reduction(x);
      case 13:
        return this.#product(x);
      case 14:
        return x.shape.length === 0 ? null : unary('softmax', 0, 1);
      case 15:
        return this.#reshape(x);
      case 16:
        return this.#ofPositive('sqrt', Math.sqrt);
      case 17:
        return unary(this.#next() < 0.5 ? 'sin' : 'cos', -1, 1);
      case 18:
        return unary('abs', 0, Math.max(Math.abs(x.low), Math.abs(x.high)));
      case 19:
        return this.#next() < 0.5
          ? { ...unary('leaky_relu', Math.min(0, x.low), Math.max(0, x.high)), attrs: { alpha: 0.2 } }
          : unary('leaky_relu', Math.min(0, x.low), Math.max(0, x.high));
      case 20:
        return unary('softplus', 0, Math.max(0, x.high) + 1);
      case 21:
        return unary('gelu', -0.2, Math.max(0, x.high));
      case 22:
        return this.#binary('maximum', x, y, Math.max(x.low, y.low), Math.max(x.high, y.high));
      case 23:
        return this.#binary('minimum', x, y, Math.min(x.low, y.low), Math.min(x.high, y.high));
      case 24:
        return this.#largest();
      case 25:
        return this.#convolution(x);
      case 26:
        return this.#pooling(x);
      case 27:
        return this.#norm(x);
      case 28:
        return this.#dropout(x);
      case 29:
        return this.#rearranged(x);
      case 30:
        return x.shape.length === 0 ? null : unary('log_softmax', x.low - x.high - 3, 0);
      default:
        return this.#loss(x);
    }
  }

  #binary(op: string, x: Made, y: Made, low: number, high: number): Candidate | null {
    const shape = broadcast(x.shape, y.shape);
    return shape && { op, inputs: [x.id, y.id], shape, low, high };
  }

  #quotient(x: Made): Candidate | null {
    const y = this.#positive();
    return this.#binary('div', x, y, ...corners(x, y, (a, b) => a / b));
  }

  #power(y: Made): Candidate | null {
    const x = this.#positive();
    return this.#binary('pow', x, y, ...corners(x, y, Math.pow));
  }

  #ofPositive(op: string, f: (x: number) => number): Candidate {
    const x = this.#positive();
    return { op, inputs: [x.id], shape: x.shape, low: f(x.low), high: f(x.high) };
  }

  /** Something that stays clear of 0: what is there already, or a leaf of its own. */
  #positive(): Made {
    const found = this.#made.filter(({ low }) => low >= 0.2);
    return found.length > 0 && this.#next() < 0.7 ? this.#pick(found) : this.#leaf(this.#pick(SHAPES), 0.5, 1.5);
  }

  #reduction(x: Made): Candidate {
    const op = this.#next() < 0.5 ? 'sum' : 'mean';
    const count = op === 'sum' ? x.shape.reduce((product, extent) => product * extent, 1) : 1;
    const bounds = { low: Math.min(x.low, x.low * count), high: Math.max(x.high, x.high * count) };
    if (x.shape.length === 0 || this.#next() < 0.3) return { op, inputs: [x.id], shape: [], ...bounds };
    const axis = this.#below(x.shape.length);
    const keepdims = this.#next() < 0.5;
    const shape = x.shape.flatMap((extent, i) => (i !== axis ? [extent] : keepdims ? [1] : []));
    return { op, inputs: [x.id], shape, attrs: { axis: [axis], keepdims }, ...bounds };
  }

  /** x · W (+ B) with weights of its own. */
  #product(x: Made): Candidate | null {
    const rows = x.shape.at(-1);
    if (rows === undefined || x.shape.length > 2) return null;
    const columns = 1 + this.#below(4);
    const reach = rows * Math.max(Math.abs(x.low), Math.abs(x.high)) + 1;
    const weight = this.#leaf([rows, columns]);
    const shape = [...x.shape.slice(0, -1), columns];
    if (this.#next() < 0.5) return { op: 'matmul', inputs: [x.id, weight.id], shape, low: -reach, high: reach };
    const bias = this.#leaf([columns]);
    return { op: 'affine', inputs: [x.id, weight.id, bias.id], shape, low: -reach, high: reach };
  }

  #reshape(x: Made): Candidate {
    const count = x.shape.reduce((product, extent) => product * extent, 1);
    const shape = this.#next() < 0.5 ? [count] : [1, count];
    return { op: 'reshape', inputs: [x.id], shape, attrs: { shape }, low: x.low, high: x.high };
  }

  /** Of numbers of its own: engines differ on which of equal ones is the largest. */
  #largest(): Candidate {
    const x = this.#leaf([2, 3, 2]);
    const axis = this.#below(3);
    const keepdims = this.#next() < 0.5;
    const shape = x.shape.flatMap((extent, i) => (i !== axis ? [extent] : keepdims ? [1] : []));
    return { op: 'max', inputs: [x.id], shape, attrs: { axis: [axis], keepdims }, low: -1, high: 1 };
  }

  #convolution(x: Made): Candidate | null {
    const [count, channels, height, width] = x.shape;
    if (count === undefined || channels === undefined || height === undefined || width === undefined) return null;
    const kernel = [1 + this.#below(3), 1 + this.#below(3)] as const;
    const filters = 1 + this.#below(3);
    const stride = 1 + this.#below(2);
    const pad = this.#below(2);
    const out = [height - kernel[0], width - kernel[1]].map((room) => Math.floor((room + 2 * pad) / stride) + 1);
    if (out.some((extent) => extent < 1)) return null;
    const weight = this.#leaf([filters, channels, ...kernel]);
    const bias = this.#leaf([filters]);
    const reach = channels * kernel[0] * kernel[1] * Math.max(Math.abs(x.low), Math.abs(x.high)) + 1;
    return {
      op: 'conv2d',
      inputs: [x.id, weight.id, bias.id],
      shape: [count, filters, ...out],
      attrs: { stride, pad },
      low: -reach,
      high: reach,
    };
  }

  #pooling(x: Made): Candidate | null {
    const max = this.#next() < 0.5;
    const from = max ? this.#leaf([2, 2, 4, 5]) : x;
    const [count, channels, height, width] = from.shape;
    if (count === undefined || channels === undefined || height === undefined || width === undefined) return null;
    const size = 2 + this.#below(2);
    const stride = 1 + this.#below(2);
    const pad = this.#below(2);
    const out = [height, width].map((extent) => Math.floor((extent + 2 * pad - size) / stride) + 1);
    if (out.some((extent) => extent < 1)) return null;
    return {
      op: max ? 'max_pool2d' : 'avg_pool2d',
      inputs: [from.id],
      shape: [count, channels, ...out],
      attrs: { size, stride, pad },
      low: Math.min(0, from.low),
      high: Math.max(0, from.high),
    };
  }

  #norm(x: Made): Candidate | null {
    const layer = this.#next() < 0.5;
    const extent = layer ? x.shape.at(-1) : x.shape[1];
    if (extent === undefined) return null;
    const scale = this.#leaf([extent]);
    const shift = this.#leaf([extent]);
    const reach = Math.sqrt(x.shape.reduce((product, each) => product * each, 1)) + 1;
    const bounds = { shape: x.shape, low: -reach, high: reach };
    if (layer) {
      return { op: 'layer_norm', inputs: [x.id, scale.id, shift.id], attrs: { eps: EPSILON }, ...bounds };
    }
    const mean = this.#constant([extent], () => this.#next() - 0.5);
    const variance = this.#constant([extent], () => 0.5 + this.#next());
    const training = this.#next() < 0.6;
    const far = Math.max(Math.abs(x.low), Math.abs(x.high)) * 2 + 2;
    return {
      op: 'batch_norm',
      inputs: [x.id, scale.id, shift.id, mean, variance],
      attrs: { eps: EPSILON, training },
      ...(training ? bounds : { shape: x.shape, low: -far, high: far }),
    };
  }

  #dropout(x: Made): Candidate {
    const attrs = {
      ratio: 0.4,
      seed: this.#below(100),
      iteration: this.#below(100),
      training: this.#next() < 0.7,
      inverted: this.#next() < 0.5,
    };
    return {
      op: 'dropout',
      inputs: [x.id],
      shape: x.shape,
      attrs,
      low: 2 * Math.min(0, x.low),
      high: 2 * Math.max(0, x.high),
    };
  }

  /** The same numbers in other places. */
  #rearranged(x: Made): Candidate | null {
    const bounds = { low: Math.min(-1, x.low), high: Math.max(1, x.high) };
    const [first, ...rest] = x.shape;
    if (first === undefined) return null;
    const kind = this.#below(3);
    if (kind === 0) {
      const row = rest.reduce((product, extent) => product * extent, 1);
      return { op: 'flatten', inputs: [x.id], shape: [first, row], ...bounds };
    }
    if (kind === 1) {
      if (this.#next() < 0.5) return { op: 'transpose', inputs: [x.id], shape: [...x.shape].reverse(), ...bounds };
      const axes = x.shape.map((_, i) => (i + 1) % x.shape.length);
      return { op: 'transpose', inputs: [x.id], shape: axes.map((i) => x.shape[i] ?? 0), attrs: { axes }, ...bounds };
    }
    const axis = this.#below(x.shape.length);
    const other = this.#leaf(x.shape.map((extent, i) => (i === axis ? 2 : extent)));
    const shape = x.shape.map((extent, i) => (i === axis ? 2 * extent + 2 : extent));
    return { op: 'concat', inputs: [x.id, other.id, x.id], shape, attrs: { axis }, ...bounds };
  }

  #loss(x: Made): Candidate | null {
    const reach = Math.max(Math.abs(x.low), Math.abs(x.high)) + 4;
    const bounds = { shape: [], low: 0, high: reach };
    const kind = this.#below(3);
    if (kind === 0) {
      const target = this.#leaf(x.shape);
      return { op: 'mean_squared_error', inputs: [x.id, target.id], ...bounds, high: reach * reach };
    }
    if (kind === 1) {
      const target = this.#constant(x.shape, () => (this.#next() < 0.5 ? this.#below(2) : this.#next()));
      return { op: 'sigmoid_with_loss', inputs: [x.id, target], ...bounds };
    }
    const [samples, classes] = x.shape;
    if (samples === undefined || classes === undefined || classes < 2 || x.shape.length !== 2) return null;
    const labels = this.#constant([samples], () => this.#below(classes));
    return { op: 'softmax_with_loss', inputs: [x.id, labels], ...bounds };
  }

  #constant(shape: readonly number[], next: () => number): string {
    const id = `c${this.#nodes.length}`;
    this.#nodes.push({ id, op: 'constant', value: nested(shape, next) });
    return id;
  }

  #leaf(shape: readonly number[], low = -1, high = 1): Made {
    const id = `x${this.#nodes.length}`;
    this.#nodes.push({
      id,
      op: this.#next() < 0.5 ? 'input' : 'parameter',
      value: nested(shape, () => low + (high - low) * this.#next()),
    });
    return this.#add({ id, shape, low, high });
  }

  #operator({ op, inputs, attrs, shape, low, high }: Candidate): Made {
    const id = `n${this.#nodes.length}`;
    this.#nodes.push({ id, op, inputs, ...(attrs ? { attrs } : {}) });
    for (const input of inputs) this.#used.add(input);
    return this.#add({ id, shape, low, high });
  }

  #add(made: Made): Made {
    this.#made.push(made);
    return made;
  }

  #below(bound: number): number {
    return Math.floor(this.#next() * bound);
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#below(list.length)] as T;
  }
}

function corners(x: Made, y: Made, f: (a: number, b: number) => number): [low: number, high: number] {
  const values = [f(x.low, y.low), f(x.low, y.high), f(x.high, y.low), f(x.high, y.high)];
  return [Math.min(...values), Math.max(...values)];
}

function broadcast(a: readonly number[], b: readonly number[]): number[] | null {
  const shape: number[] = [];
  for (let back = 1; back <= Math.max(a.length, b.length); back++) {
    const x = a.at(-back) ?? 1;
    const y = b.at(-back) ?? 1;
    if (x !== y && x !== 1 && y !== 1) return null;
    shape.unshift(Math.max(x, y));
  }
  return shape;
}
