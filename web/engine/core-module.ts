/**
 * The wasm module as TypeScript sees it: one line a function of `core/bindings/bindings.cpp`, kept equal to the live
 * module by tests/web/engine/contract.test.ts. Objects of the core are named by numbers; the core owns their memory.
 */
import type {
  BackpropErrorData,
  CheckCurve,
  EngineBuild,
  Evaluation,
  GradientCheck,
  MemoryEntry,
  NonFinite,
  Nudge,
  NudgeCurve,
  OpInfo,
  PathReport,
  Rasterized,
  StepRecord,
  Tensor,
  TrainOptions,
} from '../shared/api';
import type { EdgeState, NodeInfo, NodeState } from '../shared/protocol';

/** No C++ exception crosses: every function returns one of these; null where it has nothing to say. */
export type Reply<T> = null | { readonly value: T } | { readonly error: BackpropErrorData };

export type Dtype = 'float64' | 'float32';
export type Side = 'value' | 'grad';
/** A number alone is a scalar: cheaper to hand over than an array of one. */
type Numbers = Float64Array | Float32Array | number;

export interface GraphShape {
  readonly output: string;
  readonly steps: number;
  readonly nodes: NodeInfo[];
}

export interface CoreFrame {
  readonly step: number;
  readonly records: StepRecord[];
  readonly nodes: NodeState[];
  readonly edges: EdgeState[];
}

export interface TrainRun {
  /** Iterations done since the trainer was made. */
  readonly iteration: number;
  readonly epoch: number;
  /** Iterations of this call, and the sum of their batch losses. */
  readonly ran: number;
  readonly lossSum: number;
  readonly batchLoss: number;
  /** The loss was not finite: the weights are those of the last iteration where it was. */
  readonly failure: BackpropErrorData | null;
}

export type CoreTrainOptions = Omit<TrainOptions, 'epochs' | 'augment'> & {
  readonly iterations: number;
  readonly seed: number;
  readonly augment: NonNullable<TrainOptions['augment']> | null;
};

interface Calls {
  build(): EngineBuild;
  ops(): OpInfo[];

  graphOpen(document: string, dtype: Dtype): number;
  graphClose(graph: number): null;
  /** The document as JSON. `limit`: values of more elements are left out; 0 leaves none out. */
  graphDocument(graph: number, limit: number): string;
  graphShape(graph: number): GraphShape;
  graphSet(graph: number, node: string, shape: readonly number[], data: Numbers): null;
  graphRead(graph: number, node: string, of: Side): Tensor;
  /** An empty target means the document's output. */
  graphForward(graph: number, target: string): null;
  graphBackward(graph: number, target: string, seedShape: readonly number[] | null, seed: Numbers | null): null;
  graphSteps(graph: number, target: string): number;
  graphSeek(graph: number, step: number): StepRecord[];
  graphFrame(graph: number, step: number): CoreFrame;
  /** Id of the node that is stepped: the output, until `graphSteps` chooses another. */
  graphTarget(graph: number): string;
  /** Chooses the seed of the target; null for ones again. */
  graphSeed(graph: number, seedShape: readonly number[] | null, seed: Numbers | null): null;
  /** In these, an empty target means that of the steps. */
  graphCheck(graph: number, target: string, h: number): GradientCheck[];
  graphCheckCurve(
    graph: number,
    node: string,
    index: readonly number[],
    target: string,
    smallest: number,
    largest: number,
    points: number,
  ): CheckCurve;
  graphPaths(graph: number, from: string, to: string): PathReport;
  graphNudge(graph: number, node: string, index: readonly number[], delta: number, target: string): Nudge;
  graphNudgeCurve(
    graph: number,
    node: string,
    index: readonly number[],
    target: string,
    span: number,
    points: number,
  ): NudgeCurve;
  graphNonFinite(graph: number): NonFinite | null;
  graphMemory(graph: number): MemoryEntry[];
  /** Directions as lists that run parallel; of every node in topological order. An empty target means all of them. */
  graphTangents(
    graph: number,
    names: readonly string[],
    shapes: readonly (readonly number[])[],
    data: readonly Numbers[],
    target: string,
  ): [id: string, tangent: Tensor][];
  /** Documents as JSON. */
  graphOpened(graph: number, node: string): string;
  graphClosed(graph: number, group: string): string;
  graphLens(graph: number, node: string, index: readonly number[], of: Side): number;

  networkCreate(spec: string, seed: number): number;
  networkPresets(): string[];
  /** Spec and options as JSON. */
  networkPreset(name: string, options: string): string;
  networkLoad(safetensors: Uint8Array): number;
  networkClose(network: number): null;
  networkSpec(network: number): string;
  networkParameterCount(network: number): number;
  networkPredict(network: number, images: Float32Array, count: number): Float32Array;
  networkWeights(network: number): { name: string; tensor: Tensor }[];
  networkSave(network: number, half: boolean): Uint8Array;
  networkAssign(network: number, safetensors: Uint8Array): null;
  /** The network's own graph, live. */
  networkShare(network: number): number;
  /** A graph of its own, with the network's weights of this moment, on `count` samples with labels (or targets). */
  networkGraph(network: number, images: Float32Array, answers: Int32Array | Float32Array, count: number): number;
  /** Over the first `count` samples. */
  networkEvaluate(network: number, dataset: number, count: number): Evaluation;

  /** `answers` are labels, or the targets of a regression. */
  datasetCreate(
    images: Float32Array | Uint8Array,
    answers: Uint8Array | Int32Array | Float32Array,
    targets: boolean,
    count: number,
  ): number;
  datasetClose(dataset: number): null;

  /** Takes the dataset over: its number is closed. */
  trainerCreate(network: number, dataset: number, options: CoreTrainOptions): number;
  trainerRun(trainer: number, iterations: number): TrainRun;
  trainerAdjust(trainer: number, learningRate: number, batchSize: number): null;
  /** Over the first `count` samples of its own data. */
  trainerEvaluate(trainer: number, count: number): Evaluation;
  /** A graph of its own: the weights of this iteration, and the batch that comes next. */
  trainerGraph(trainer: number): number;
  trainerClose(trainer: number): null;

  /** Images `count` × 784 and labels of digits `first` … `first + count - 1`. */
  handwriting(seed: number, first: number, count: number): { images: Uint8Array; labels: Uint8Array };
  /** Points x, y in turn; `lengths` says how many points each stroke has. */
  rasterize(points: Float32Array, lengths: Int32Array, dotBelow: number): Rasterized;
  sampleStrokes(label: number, seed: number): { points: Float32Array; lengths: Int32Array };
  readIdx(bytes: Uint8Array): { shape: number[]; data: Uint8Array };
  /** Objects alive in the core and the top of its heap, for tests that look for leaks. */
  memory(): { objects: number; heapBytes: number };
}

export type CoreModule = {
  readonly [K in keyof Calls]: (...args: Parameters<Calls[K]>) => Reply<ReturnType<Calls[K]>>;
};

/** The same functions, but an error reply is thrown as a BackpropError. */
export type Core = { readonly [K in keyof Calls]: Calls[K] };

/** Every function, for the contract test and for `bindCore`; `satisfies` keeps it complete. */
export const CORE_CALLS = {
  build: true,
  ops: true,
  graphOpen: true,
  graphClose: true,
  graphDocument: true,
  graphShape: true,
  graphSet: true,
  graphRead: true,
  graphForward: true,
  graphBackward: true,
  graphSteps: true,
  graphSeek: true,
  graphFrame: true,
  graphSeed: true,
  graphTarget: true,
  graphCheck: true,
  graphCheckCurve: true,
  graphPaths: true,
  graphNudge: true,
  graphNudgeCurve: true,
  graphNonFinite: true,
  graphMemory: true,
  graphTangents: true,
  graphOpened: true,
  graphClosed: true,
  graphLens: true,
  networkCreate: true,
  networkPresets: true,
  networkPreset: true,
  networkLoad: true,
  networkClose: true,
  networkSpec: true,
  networkParameterCount: true,
  networkPredict: true,
  networkWeights: true,
  networkSave: true,
  networkAssign: true,
  networkShare: true,
  networkGraph: true,
  networkEvaluate: true,
  datasetCreate: true,
  datasetClose: true,
  trainerCreate: true,
  trainerRun: true,
  trainerAdjust: true,
  trainerEvaluate: true,
  trainerGraph: true,
  trainerClose: true,
  handwriting: true,
  rasterize: true,
  sampleStrokes: true,
  readIdx: true,
  memory: true,
} as const satisfies Record<keyof Calls, true>;
