/**
 * The public JavaScript API: every type that `dist/lib/` exports, and the plain data that the page and the
 * worker exchange. Nothing here runs; any room may import it.
 */

import type {
  CheckCurve,
  CheckCurveOptions,
  CheckOptions,
  Directions,
  GradientCheck,
  MemoryEntry,
  NonFinite,
  Nudge,
  NudgeCurve,
  NudgeCurveOptions,
  PathReport,
} from './questions';

export type * from './questions';

/** A row-major array of rank 0 to 4. A scalar has shape `[]` and one element. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array | Float32Array;
}

/** Nested arrays of equal lengths, as in a graph document: `3`, `[1, 2]`, `[[1, 2], [3, 4]]`. */
export type NestedNumbers = number | readonly NestedNumbers[];

export type TensorLike = NestedNumbers | Tensor;

/** Values of an op's attributes, for example `{ "axis": 0 }`. */
export type Attributes = Readonly<Record<string, number | boolean | string | readonly number[]>>;

export interface DocumentNode {
  readonly id: string;
  /** A name of the op catalogue, see `Engine.ops`. */
  readonly op: string;
  /** Ids of the nodes that feed the slots, in slot order. Leaves have none. */
  readonly inputs?: readonly string[];
  /** Value of a leaf (`input`, `parameter`, `constant`). */
  readonly value?: NestedNumbers;
  readonly attrs?: Attributes;
  readonly label?: string;
  readonly group?: string;
  /** What the author wants to say about the node; at most 4,096 bytes. */
  readonly note?: string;
  readonly position?: readonly [x: number, y: number];
  /**
   * On the last node of an opened group: what it was before, see `Graph.opened`. Its inputs name nodes, and are renamed with
   * them like `inputs`.
   */
  readonly closed?: {
    readonly op: string;
    readonly inputs: readonly string[];
    readonly attrs?: Attributes;
    readonly label?: string;
    readonly group?: string;
  };
}

/** What is saved, shared in a URL, embedded and tested. Untrusted when it comes from outside: the core validates it. */
export interface GraphDocument {
  readonly format: 'backprop-graph';
  readonly version: 1;
  readonly nodes: readonly DocumentNode[];
  /** Id of the node whose gradient is taken; without it, the last node. */
  readonly output?: string;
  /** Gradient that enters at `output`; without it, ones. Shape of the output. */
  readonly seed?: NestedNumbers;
  readonly title?: string;
  readonly note?: string;
}

export type OpCategory =
  'leaf' | 'arithmetic' | 'function' | 'reduction' | 'linear' | 'convolution' | 'normalisation' | 'shape' | 'loss';

export interface OpSlot {
  readonly name: string;
  /** Labels, for example, receive no gradient. */
  readonly differentiable: boolean;
  /** What the contribution to this slot is worked out from besides the upstream gradient: names of inputs and of the output. */
  readonly kept: readonly string[];
}

export interface OpAttribute {
  readonly name: string;
  readonly type: 'number' | 'integer' | 'boolean' | 'integers';
  readonly required: boolean;
  /** What it means, in one English clause. */
  readonly meaning: string;
  /** Bounds of a number, or of each integer of a list. */
  readonly min?: number;
  readonly max?: number;
  /** The range ends before `max`. */
  readonly belowMax?: true;
  /** What holds where it is not given; absent where that depends on the rest. */
  readonly default?: number | boolean;
}

/** One entry of the op catalogue, which lives in the core. Formulas are LaTeX. */
export interface OpInfo {
  readonly name: string;
  /** What stands in the node's circle: `×`, `+`, `exp`; empty where the op is drawn as a box. */
  readonly symbol: string;
  /** The name used on a box and in sentences, as the book writes it: `Affine`, `ReLU`. */
  readonly title: string;
  readonly category: OpCategory;
  readonly inputs: readonly OpSlot[];
  /** Takes more inputs than are listed, up to 16, each like the last one. */
  readonly variadic: boolean;
  /** Name of the result in the formulas, `z` for example. */
  readonly output: string;
  readonly attributes: readonly OpAttribute[];
  readonly formulas: {
    /** The result: `x y`. */
    readonly value: string;
    /** One per slot, the local derivative ∂output/∂slot: `y`. Empty where it has no short form. */
    readonly local: readonly string[];
    /** One per slot, what is sent back, in terms of the upstream gradient. */
    readonly backward: readonly string[];
  };
  /** Where the derivative jumps, in words of mathematics: `x = 0`. Empty for smooth ops. */
  readonly kinks: string;
  /** What the kept values could be shrunk to, in one word of the field ("mask", "argmax"); empty where they are needed whole. */
  readonly keeps: string;
  /** A composite: `Graph.opened` shows the primitives inside. */
  readonly opens: boolean;
}

/**
 * How `upstream` and `local` make `contribution`:
 * `times` element by element (with broadcasting, then summed to the input's shape), `right` upstream · local,
 * `left` local · upstream, `sum` upstream summed to the input's shape (local is 1), `reshape` the same numbers in the input's
 * shape, `rule` by the op's own formula (local is null), `none` the slot takes no gradient.
 */
export type Combine = 'times' | 'right' | 'left' | 'sum' | 'reshape' | 'rule' | 'none';

/**
 * One line of the story of a step. A forward step has one record (`after` is the node's value), the seed has one
 * (`after` is the output's gradient), a backward step has one per input slot.
 */
export interface StepRecord {
  readonly phase: 'forward' | 'seed' | 'backward';
  /** The node whose rule runs. */
  readonly node: string;
  /** Where the numbers go from and to; `from` is null for forward and seed records. */
  readonly from: string | null;
  readonly to: string;
  /** Input slot of `node` along which the gradient goes back; -1 for forward and seed records. */
  readonly slot: number;
  readonly combine: Combine | null;
  readonly upstream: Tensor | null;
  readonly local: Tensor | null;
  readonly contribution: Tensor | null;
  /** Gradient of `to` before this contribution was added; null when there was none yet. */
  readonly before: Tensor | null;
  readonly after: Tensor | null;
}

export interface Graph {
  /** Gives a leaf a new value. Its shape may change where the graph still fits; if not, nothing changes and it throws. */
  set(id: string, value: TensorLike): void;
  /** A copy of a node's value. Throws `NotComputed` before the step that computes it. */
  value(id: string): Tensor;
  /** A copy of a node's gradient (zeros where the target does not depend on it). Throws `NotComputed` before any backward step. */
  grad(id: string): Tensor;
  forward(target?: string): void;
  /** Runs forward where needed, then backward from `target`. Gradients start from zero at every call. */
  backward(target?: string, seed?: TensorLike): void;
  /** 2N + 1 for N operators that `target` depends on. */
  steps(target?: string): number;
  /** Goes to the state after step `i` (0 = before the first) and returns the records of that step. */
  seek(i: number): StepRecord[];
  /** Analytic gradients beside central differences, for every input and parameter that the target depends on. */
  checkGradients(target?: string, options?: CheckOptions): GradientCheck[];
  /** The error of one element's central difference over its step width. */
  checkCurve(id: string, index: readonly number[], options?: CheckCurveOptions): CheckCurve;
  /** Every path between two nodes and what each brings back. */
  paths(from: string, to?: string): PathReport;
  /** Forward mode: how every node moves when the leaves move along `directions`. Of all nodes, in topological order. */
  tangents(directions: Directions): Record<string, Tensor>;
  /** The same of one node: the target of the steps, or another. */
  tangent(directions: Directions, target?: string): Tensor;
  /** What each operator keeps for the backward pass, and until when. */
  memory(): MemoryEntry[];
  /** Pushes one element of a node (an input, or any other: what follows it is computed anew) and puts it back. */
  nudge(id: string, index: readonly number[], delta: number, target?: string): Nudge;
  nudgeCurve(id: string, index: readonly number[], options: NudgeCurveOptions): NudgeCurve;
  /** Runs everything, and finds the first number that is not finite; null where all are. */
  nonFinite(): NonFinite | null;
  /**
   * The document with a composite operator (see `OpInfo.opens`) opened into its primitives: a group named after the node, whose
   * last node keeps the id and remembers the closed form. Values and gradients are the same, except where numbers overflow:
   * softmax is opened as the book writes it, without the shift by the maximum.
   */
  opened(id: string): GraphDocument;
  /** The document with such a group closed again: exactly the one before. Throws `Unsupported` where the group was changed. */
  closed(group: string): GraphDocument;
  /** The scalar graph of the very products and sums behind one element. */
  lens(id: string, index: readonly number[], of: 'value' | 'grad'): Graph;
  toDocument(): GraphDocument;
  /** Frees the memory in the core. Later calls throw `Disposed`. */
  dispose(): void;
}

/** Standard deviation of a weight that sums n inputs: `he` √(2/n), `xavier` √(1/n), `std` as given; biases are 0. */
export type Initializer = 'he' | 'xavier' | 'std' | 'zeros';
export type Activation = 'relu' | 'leaky_relu' | 'sigmoid' | 'tanh' | 'gelu' | 'softplus';

export type LayerSpec =
  /** Takes images too, flattened channel by channel, row by row. `init` is `he` unless said, `std` 0.01. */
  | { readonly type: 'affine'; readonly units: number; readonly init?: Initializer; readonly std?: number }
  /** Square filters over images [channels, height, width]; stride 1, pad 0 unless said. */
  | {
      readonly type: 'conv2d';
      readonly filters: number;
      readonly kernel: number;
      readonly stride?: number;
      readonly pad?: number;
      readonly init?: Initializer;
      readonly std?: number;
    }
  /** Square windows; the stride is the size unless said, pad 0. */
  | {
      readonly type: 'max_pool2d' | 'avg_pool2d';
      readonly size: number;
      readonly stride?: number;
      readonly pad?: number;
    }
  | { readonly type: 'flatten' }
  /** Per feature, per channel of images; trains on the batch's statistics, predicts with running ones. */
  | { readonly type: 'batch_norm' }
  | { readonly type: 'layer_norm' }
  /** In training drops this share (0.5 unless said). `inverted: false` is the book's variant: scaled in prediction. */
  | { readonly type: 'dropout'; readonly ratio?: number; readonly inverted?: boolean }
  | { readonly type: Activation };

export interface NetworkSpec {
  /** Shape of one sample, without the batch axis: `[784]`, `[1, 28, 28]`. */
  readonly input: readonly number[];
  readonly layers: readonly LayerSpec[];
  readonly loss: 'softmax_with_loss' | 'mean_squared_error' | 'sigmoid_with_loss';
}

/** The book's networks, for `Engine.networkSpec`. */
export type NetworkPreset = 'TwoLayerNet' | 'MultiLayerNet' | 'SimpleConvNet' | 'DeepConvNet';

/** What a preset leaves open; the defaults are the book's, for MNIST. A preset looks only at what it has. */
export interface NetworkPresetOptions {
  readonly input?: readonly number[];
  /** Units of the hidden layers. */
  readonly hidden?: readonly number[];
  readonly outputs?: number;
  readonly init?: Initializer;
  /** MultiLayerNet. */
  readonly activation?: Activation;
  readonly batchNorm?: boolean;
  readonly dropout?: number;
}

export interface Dataset {
  /** `count` × `shape`, row-major. Uint8 pixels are divided by 255. */
  readonly images: Float32Array | Uint8Array;
  /** Class indices, for `softmax_with_loss`; 0 or 1 for `sigmoid_with_loss` with one output. */
  readonly labels?: Uint8Array | Int32Array;
  /** `count` × outputs, for the other losses. */
  readonly targets?: Float32Array;
  /** How many samples; all of `images` unless said. */
  readonly count?: number;
  /** Shape of one sample: `[784]`, `[28, 28]`, `[1, 28, 28]`: as many numbers as the network's input, which it is unless said. */
  readonly shape?: readonly number[];
}

export type OptimizerName = 'sgd' | 'momentum' | 'nesterov' | 'adagrad' | 'rmsprop' | 'adam' | 'adamw';

export interface TrainOptions {
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly iterations?: number;
  readonly epochs?: number;
  readonly seed?: number;
  /** `momentum`, `nesterov`: how much of the velocity stays; 0.9. */
  readonly momentum?: number;
  /** `rmsprop`: how much of the mean square stays; 0.99. */
  readonly decay?: number;
  /** `adam`, `adamw`: how much of the first and second moments stays; 0.9 and 0.999. */
  readonly beta1?: number;
  readonly beta2?: number;
  /** `adagrad`, `rmsprop`, `adam`, `adamw`: added to the square root; 1e-7. */
  readonly epsilon?: number;
  /** λ of ½ λ Σ W² over the weights (biases are left alone); 0. With `adamw` decoupled: w ← w − η λ w; 0.01. */
  readonly weightDecay?: number;
  /** λ₁ of λ₁ Σ |W| over the same weights; 0. */
  readonly l1?: number;
  /** Gradients are scaled down together to this norm where theirs is larger; before weight decay. */
  readonly clipNorm?: number;
  /** Every element of a gradient is cut to [−c, c]; before `clipNorm`. */
  readonly clipValue?: number;
  /**
   * Learning rate over the run: constant; falling to 0 along half a cosine; times `decayRate` every `decaySteps`
   * iterations, at once (`step`) or evenly (`exponential`).
   */
  readonly schedule?: 'constant' | 'cosine' | 'step' | 'exponential';
  /** 0.1. */
  readonly decayRate?: number;
  /** Iterations; a third of the run. */
  readonly decaySteps?: number;
  /** Iterations over which the learning rate rises from 0; the schedule begins after them. */
  readonly warmUp?: number;
  /** Random affine per presentation, for 28 × 28 images. */
  readonly augment?: {
    readonly shift?: number;
    readonly rotate?: number;
    readonly scale?: number;
    readonly shear?: number;
  };
}

export interface Progress {
  readonly iteration: number;
  readonly iterations: number;
  /** Mean batch loss since the last call. */
  readonly loss: number;
}

export interface TrainReport {
  readonly iterations: number;
  readonly loss: number;
  readonly samplesPerSecond: number;
  readonly stopped: 'done' | 'aborted';
}

export interface Evaluation {
  readonly loss: number;
  /** Share of right classes; of right outputs with `sigmoid_with_loss`; 0 for `mean_squared_error`. */
  readonly accuracy: number;
  /** `confusion[label][prediction]` counts; empty without classes. */
  readonly confusion: number[][];
}

export interface Network {
  /** The network as a graph: the same engine steps it. Nodes are named `x`, `affine1`, `affine1.weight`, …, `loss`, `t`. */
  readonly graph: Graph;
  readonly spec: NetworkSpec;
  readonly parameterCount: number;
  /** `count` samples in; probabilities (softmax) out, `count` × classes. */
  predict(images: Float32Array, count: number): Float32Array;
  train(
    data: Dataset,
    options: TrainOptions,
    onProgress?: (progress: Progress) => void,
    signal?: AbortSignal,
  ): Promise<TrainReport>;
  evaluate(data: Dataset): Evaluation;
  weights(): Record<string, Tensor>;
  /** A safetensors file; the spec stands in its metadata. */
  saveWeights(options?: { readonly dtype?: 'F32' | 'F16' }): ArrayBuffer;
  loadWeights(safetensors: ArrayBuffer): void;
  dispose(): void;
}

export type StrokePoints = readonly (readonly [x: number, y: number])[];

/** The 28 × 28 image of a drawing, and where it lies on the drawing. */
export interface Rasterized {
  readonly pixels: Float32Array;
  /** Pixel column c covers the drawing's x from `x + c * size` to `x + (c + 1) * size`; rows likewise with y. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly empty: boolean;
}

export interface EngineBuild {
  readonly version: string;
  readonly simd: 'simd128' | 'relaxed-simd';
}

export interface Engine {
  readonly build: EngineBuild;
  readonly ops: readonly OpInfo[];
  readonly networkPresets: readonly NetworkPreset[];
  /** The spec of one of the book's networks. */
  networkSpec(preset: NetworkPreset, options?: NetworkPresetOptions): NetworkSpec;
  /** `dtype` is float64 unless said; in float32, what each op makes is rounded once, as the graph keeps it. */
  graph(doc: GraphDocument, options?: { readonly dtype?: 'float64' | 'float32' }): Graph;
  network(spec: NetworkSpec, options?: { readonly seed?: number }): Network;
  loadNetwork(safetensors: ArrayBuffer): Network;
  /** `count` generated digits: images `count` × 784 (0-255), labels. Digit i depends on the seed and i alone. */
  handwriting(options: { readonly seed: number; readonly count: number }): { images: Uint8Array; labels: Uint8Array };
  /** 784 values 0-1 of a drawing, y downwards: scaled to a 20-pixel box and centred by mass as MNIST is. */
  rasterize(strokes: readonly StrokePoints[]): Float32Array;
  rasterizePlaced(strokes: readonly StrokePoints[]): Rasterized;
  /** A generated digit as strokes, y downwards, for samples to draw. */
  sampleStrokes(label: number, seed: number): [number, number][][];
  readIdx(bytes: ArrayBuffer | Uint8Array): { shape: number[]; data: Uint8Array };
}

/** Thrown by every call of the engine. `code` is for programs, the sentence for people, `nodes` for the page. */
export interface BackpropErrorData {
  readonly code: string;
  readonly message: string;
  readonly nodes: readonly string[];
}

export class BackpropError extends Error implements BackpropErrorData {
  readonly code: string;
  readonly nodes: readonly string[];
  constructor(error: BackpropErrorData) {
    super(error.message);
    this.name = 'BackpropError';
    this.code = error.code;
    this.nodes = error.nodes;
  }
}
