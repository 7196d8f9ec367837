/**
 * What the page may ask of the worker. One line a call: adding a line makes the dispatcher (`web/worker/`) fail to
 * compile until it is served. Everything is plain data; graphs and networks are named by handles.
 */
import type {
  BackpropErrorData,
  CheckCurve,
  CheckCurveOptions,
  CheckOptions,
  Directions,
  EngineBuild,
  GradientCheck,
  GraphDocument,
  MemoryEntry,
  NetworkSpec,
  NonFinite,
  Nudge,
  NudgeCurve,
  NudgeCurveOptions,
  OpInfo,
  PathReport,
  Rasterized,
  StepRecord,
  StrokePoints,
  Tensor,
  TensorLike,
} from './api';

export type GraphHandle = number & { readonly __brand: 'GraphHandle' };
export type NetworkHandle = number & { readonly __brand: 'NetworkHandle' };
export type TrainHandle = number & { readonly __brand: 'TrainHandle' };

/** A tensor as the page sees it: whole up to 4,096 elements, a summary (`data` null) beyond. */
export interface TensorView {
  readonly shape: readonly number[];
  readonly data: Float64Array | Float32Array | null;
  readonly min: number;
  readonly max: number;
}

export type NodeKind = 'input' | 'parameter' | 'constant' | 'operator';

/** What stays the same while a graph is stepped. Nodes stand in topological order. */
export interface GraphInfo {
  readonly graph: GraphHandle;
  readonly document: GraphDocument;
  readonly output: string;
  /** 2N + 1. */
  readonly steps: number;
  readonly nodes: readonly NodeInfo[];
}

export interface NodeInfo {
  readonly id: string;
  readonly op: string;
  readonly kind: NodeKind;
  readonly inputs: readonly string[];
  readonly label: string | null;
  readonly group: string | null;
  readonly shape: readonly number[];
  /** The step that runs this operator forward, and the one that runs it backward; null for leaves and for nodes that the output does not need. */
  readonly forwardStep: number | null;
  readonly backwardStep: number | null;
  /** The step after which this node's gradient is complete; null where no gradient arrives. */
  readonly gradStep: number | null;
}

/** The state after one step. `nodes` runs parallel to `GraphInfo.nodes`. */
export interface Frame {
  readonly graph: GraphHandle;
  readonly step: number;
  readonly records: readonly StepRecord[];
  readonly nodes: readonly NodeState[];
  readonly edges: readonly EdgeState[];
}

export interface NodeState {
  readonly value: TensorView | null;
  /** Sum of the contributions so far; null before the first. */
  readonly grad: TensorView | null;
}

/** A wire: slot `slot` of operator `to` is fed by `from`. */
export interface EdgeState {
  readonly from: string;
  readonly to: string;
  readonly slot: number;
  readonly contribution: TensorView | null;
  /** The backward step that brings the contribution; null where none ever comes. */
  readonly step: number | null;
}

export interface NetworkInfo {
  readonly network: NetworkHandle;
  readonly spec: NetworkSpec;
  readonly parameterCount: number;
}

export interface Classification {
  readonly raster: Rasterized;
  /** Ten probabilities; all zero for an empty drawing. */
  readonly probabilities: Float32Array;
}

export interface TrainConfig {
  /** Units of the hidden layers: `[50]` is the book's TwoLayerNet. */
  readonly hidden: readonly number[];
  readonly activation: 'relu' | 'sigmoid' | 'tanh';
  readonly init: 'he' | 'xavier' | 'std';
  readonly learningRate: number;
  readonly batchSize: number;
  readonly seed: number;
  /** Generated digits to train on, and held out. */
  readonly trainCount: number;
  readonly heldOutCount: number;
}

export interface TrainInfo {
  readonly train: TrainHandle;
  /** The net in training; it may be used with `digits.classify` at any time. */
  readonly network: NetworkInfo;
  readonly config: TrainConfig;
}

export interface TrainPoint {
  readonly iteration: number;
  /** Mean batch loss since the last point. */
  readonly loss: number;
  readonly heldOutLoss: number;
  /** On 1,000 digits of the training set, and on the held-out digits. */
  readonly trainAccuracy: number;
  readonly heldOutAccuracy: number;
}

export interface TrainStatus {
  readonly train: TrainHandle;
  readonly running: boolean;
  readonly iteration: number;
  readonly epoch: number;
  /** Loss of the last batch. */
  readonly batchLoss: number;
  readonly samplesPerSecond: number;
  /** Points measured since the last status. */
  readonly points: readonly TrainPoint[];
  /** Why training stopped by itself: the loss was not finite. The weights of the last finite iteration are kept. */
  readonly failure: BackpropErrorData | null;
}

export interface Methods {
  'engine.info': { args: []; result: { readonly build: EngineBuild; readonly ops: readonly OpInfo[] } };

  'graph.open': { args: [document: GraphDocument]; result: GraphInfo };
  'graph.seek': { args: [graph: GraphHandle, step: number]; result: Frame };
  /** Sets a leaf, then returns the frame of `step` again. Shapes may change: ask `graph.info` when they did. */
  'graph.set': { args: [graph: GraphHandle, id: string, value: TensorLike, step: number]; result: Frame };
  'graph.info': { args: [graph: GraphHandle]; result: GraphInfo };
  'graph.read': { args: [graph: GraphHandle, id: string, of: 'value' | 'grad']; result: Tensor };
  'graph.lens': {
    args: [graph: GraphHandle, id: string, index: readonly number[], of: 'value' | 'grad'];
    result: GraphInfo;
  };
  /** Chooses any node as the target of steps, checks, paths and nudges; '' means the document's output. Stepping begins again. */
  'graph.target': { args: [graph: GraphHandle, id: string]; result: GraphInfo };
  /** The gradient that enters at the target (its shape; null: ones again), then the frame of `step`. */
  'graph.seed': { args: [graph: GraphHandle, seed: TensorLike | null, step: number]; result: Frame };
  'graph.check': { args: [graph: GraphHandle, options?: CheckOptions]; result: readonly GradientCheck[] };
  'graph.checkCurve': {
    args: [graph: GraphHandle, id: string, index: readonly number[], options?: CheckCurveOptions];
    result: CheckCurve;
  };
  'graph.opened': { args: [graph: GraphHandle, id: string]; result: GraphDocument };
  'graph.closed': { args: [graph: GraphHandle, group: string]; result: GraphDocument };
  /** Without `to`, the target. */
  'graph.paths': { args: [graph: GraphHandle, from: string, to?: string]; result: PathReport };
  'graph.nudge': {
    args: [graph: GraphHandle, id: string, index: readonly number[], delta: number, target?: string];
    result: Nudge;
  };
  'graph.nudgeCurve': {
    args: [graph: GraphHandle, id: string, index: readonly number[], options: NudgeCurveOptions];
    result: NudgeCurve;
  };
  /** Forward mode: how every node moves with the leaves. */
  'graph.tangents': { args: [graph: GraphHandle, directions: Directions]; result: Readonly<Record<string, Tensor>> };
  'graph.memory': { args: [graph: GraphHandle]; result: readonly MemoryEntry[] };
  'graph.nonFinite': { args: [graph: GraphHandle]; result: NonFinite | null };
  'graph.close': { args: [graph: GraphHandle]; result: null };

  'network.load': { args: [safetensors: ArrayBuffer]; result: NetworkInfo };
  'network.save': { args: [network: NetworkHandle]; result: ArrayBuffer };
  'network.close': { args: [network: NetworkHandle]; result: null };
  /** Opens the network's own graph on one sample with its label, ready to be stepped. Closing it leaves the network. */
  'network.walk': { args: [network: NetworkHandle, pixels: Float32Array, label: number]; result: GraphInfo };

  'digits.rasterize': { args: [strokes: readonly StrokePoints[]]; result: Rasterized };
  'digits.classify': { args: [network: NetworkHandle, strokes: readonly StrokePoints[]]; result: Classification };
  'digits.sample': { args: [label: number, seed: number]; result: [number, number][][] };

  'train.create': { args: [config: TrainConfig]; result: TrainInfo };
  'train.start': { args: [train: TrainHandle]; result: TrainStatus };
  'train.pause': { args: [train: TrainHandle]; result: TrainStatus };
  /** Runs exactly `iterations` while paused. */
  'train.step': { args: [train: TrainHandle, iterations: number]; result: TrainStatus };
  'train.adjust': {
    args: [train: TrainHandle, change: { readonly learningRate?: number; readonly batchSize?: number }];
    result: TrainStatus;
  };
  /** The graph of the current iteration: true weights and the batch that comes next. */
  'train.graph': { args: [train: TrainHandle]; result: GraphInfo };
  'train.close': { args: [train: TrainHandle]; result: null };
}

export type MethodName = keyof Methods;
export type Args<M extends MethodName> = Methods[M]['args'];
export type Result<M extends MethodName> = Methods[M]['result'];

export type Handlers = { [M in MethodName]: (...args: Args<M>) => Result<M> | Promise<Result<M>> };

/** Unasked messages. The next `train` status comes only after `ack`. */
export interface Events {
  train: TrainStatus;
}

export type ToWorker =
  | { readonly kind: 'call'; readonly id: number; readonly method: MethodName; readonly args: readonly unknown[] }
  | { readonly kind: 'ack'; readonly event: keyof Events };

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unsupported'; readonly error: BackpropErrorData }
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: BackpropErrorData }
  | { readonly kind: 'event'; readonly event: keyof Events; readonly data: unknown };
