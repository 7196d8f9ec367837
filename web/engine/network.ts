import type {
  Dataset,
  Evaluation,
  Graph,
  Network,
  NetworkSpec,
  Progress,
  Tensor,
  TrainOptions,
  TrainReport,
} from '../shared/api';
import { bytesOf } from './bytes';
import type { Core } from './core-module';
import { createDataset, wholeDataset } from './dataset';
import { CoreGraph } from './graph';
import { Owned } from './owned';
import { train } from './train';

export class CoreNetwork implements Network {
  readonly graph: Graph;
  readonly spec: NetworkSpec;
  readonly parameterCount: number;
  readonly #core: Core;
  readonly #owned: Owned;

  constructor(core: Core, id: number) {
    this.#core = core;
    this.#owned = new Owned('network', id, core.networkClose);
    this.graph = new CoreGraph(core, core.networkShare(id));
    this.spec = JSON.parse(core.networkSpec(id)) as NetworkSpec;
    this.parameterCount = core.networkParameterCount(id);
  }

  predict(images: Float32Array, count: number): Float32Array {
    return this.#core.networkPredict(this.#owned.id, images, count);
  }

  train(
    data: Dataset,
    options: TrainOptions,
    onProgress?: (progress: Progress) => void,
    signal?: AbortSignal,
  ): Promise<TrainReport> {
    return train({ core: this.#core, network: this.#owned.id, spec: this.spec, data, options, onProgress, signal });
  }

  evaluate(given: Dataset): Evaluation {
    const network = this.#owned.id;
    const data = wholeDataset(given, this.spec);
    const dataset = createDataset(this.#core, data, this.spec);
    try {
      return this.#core.networkEvaluate(network, dataset, data.count);
    } finally {
      this.#core.datasetClose(dataset);
    }
  }

  weights(): Record<string, Tensor> {
    return Object.fromEntries(this.#core.networkWeights(this.#owned.id).map(({ name, tensor }) => [name, tensor]));
  }

  saveWeights(options: { readonly dtype?: 'F32' | 'F16' } = {}): ArrayBuffer {
    return this.#core.networkSave(this.#owned.id, options.dtype === 'F16').buffer as ArrayBuffer;
  }

  loadWeights(safetensors: ArrayBuffer): void {
    this.#core.networkAssign(this.#owned.id, bytesOf(safetensors));
  }

  dispose(): void {
    this.graph.dispose();
    this.#owned.dispose();
  }
}
