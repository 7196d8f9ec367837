import type {
  CheckCurve,
  CheckCurveOptions,
  CheckOptions,
  Directions,
  GradientCheck,
  Graph,
  GraphDocument,
  MemoryEntry,
  NonFinite,
  Nudge,
  NudgeCurve,
  NudgeCurveOptions,
  PathReport,
  StepRecord,
  Tensor,
  TensorLike,
} from '../shared/api';
import type { Core } from './core-module';
import { invalid } from './invalid';
import { Owned } from './owned';
import { flatten } from './tensor-like';

/** The book's step width of a gradient check. */
export const DEFAULT_STEP = 1e-4;

export function checkCurve(
  core: Core,
  graph: number,
  id: string,
  index: readonly number[],
  { target = '', smallest = 1e-12, largest = 1, points = 37 }: CheckCurveOptions,
): CheckCurve {
  return core.graphCheckCurve(graph, id, index, target, smallest, largest, points);
}

/** Of every node by its id; with a target, the nodes that it does not need stand still. */
export function tangents(core: Core, graph: number, directions: Directions, target: string): Record<string, Tensor> {
  if (typeof directions !== 'object' || directions === null)
    throw invalid('directions: wanted tensors by the ids of their nodes.');
  const names = Object.keys(directions);
  const flat = names.map((name) => flatten(directions[name] as TensorLike, `direction of "${name}"`));
  const shapes = flat.map(({ shape }) => shape);
  const data = flat.map((each) => each.data);
  return Object.fromEntries(core.graphTangents(graph, names, shapes, data, target));
}

/** The numbers come from the core; this only names things and copies. */
export class CoreGraph implements Graph {
  readonly #core: Core;
  readonly #owned: Owned;

  constructor(core: Core, id: number) {
    this.#core = core;
    this.#owned = new Owned('graph', id, core.graphClose);
  }

  set(id: string, value: TensorLike): void {
    const { shape, data } = flatten(value, `value of "${id}"`);
    this.#core.graphSet(this.#owned.id, id, shape, data);
  }

  value(id: string): Tensor {
    return this.#core.graphRead(this.#owned.id, id, 'value');
  }

  grad(id: string): Tensor {
    return this.#core.graphRead(this.#owned.id, id, 'grad');
  }

  forward(target = ''): void {
    this.#core.graphForward(this.#owned.id, target);
  }

  backward(target = '', seed?: TensorLike): void {
    const given = seed === undefined ? null : flatten(seed, 'seed');
    this.#core.graphBackward(this.#owned.id, target, given?.shape ?? null, given?.data ?? null);
  }

  steps(target = ''): number {
    return this.#core.graphSteps(this.#owned.id, target);
  }

  seek(i: number): StepRecord[] {
    return this.#core.graphSeek(this.#owned.id, i);
  }

  checkGradients(target = '', options: CheckOptions = {}): GradientCheck[] {
    return this.#core.graphCheck(this.#owned.id, target, options.h ?? DEFAULT_STEP);
  }

  checkCurve(id: string, index: readonly number[], options: CheckCurveOptions = {}): CheckCurve {
    return checkCurve(this.#core, this.#owned.id, id, index, options);
  }

  opened(id: string): GraphDocument {
    return JSON.parse(this.#core.graphOpened(this.#owned.id, id)) as GraphDocument;
  }

  closed(group: string): GraphDocument {
    return JSON.parse(this.#core.graphClosed(this.#owned.id, group)) as GraphDocument;
  }

  paths(from: string, to = ''): PathReport {
    return this.#core.graphPaths(this.#owned.id, from, to);
  }

  nudge(id: string, index: readonly number[], delta: number, target = ''): Nudge {
    return this.#core.graphNudge(this.#owned.id, id, index, delta, target);
  }

  nudgeCurve(id: string, index: readonly number[], options: NudgeCurveOptions): NudgeCurve {
    if (!options) throw invalid('nudgeCurve: wanted { span, points }.');
    return this.#core.graphNudgeCurve(this.#owned.id, id, index, options.target ?? '', options.span, options.points);
  }

  tangents(directions: Directions): Record<string, Tensor> {
    return tangents(this.#core, this.#owned.id, directions, '');
  }

  tangent(directions: Directions, target = ''): Tensor {
    const id = target === '' ? this.#core.graphTarget(this.#owned.id) : target;
    return tangents(this.#core, this.#owned.id, directions, id)[id] as Tensor;
  }

  memory(): MemoryEntry[] {
    return this.#core.graphMemory(this.#owned.id);
  }

  nonFinite(): NonFinite | null {
    return this.#core.graphNonFinite(this.#owned.id);
  }

  lens(id: string, index: readonly number[], of: 'value' | 'grad'): Graph {
    return new CoreGraph(this.#core, this.#core.graphLens(this.#owned.id, id, index, of));
  }

  toDocument(): GraphDocument {
    return JSON.parse(this.#core.graphDocument(this.#owned.id, 0)) as GraphDocument;
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
