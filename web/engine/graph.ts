import type { Graph, GraphDocument, GradientCheck, StepRecord, Tensor, TensorLike } from '../shared/api';
import type { Core } from './core-module';
import { Owned } from './owned';
import { flatten } from './tensor-like';

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

  checkGradients(target = '', options: { readonly h?: number } = {}): GradientCheck[] {
    return this.#core.graphCheck(this.#owned.id, target, options.h ?? 1e-4);
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
