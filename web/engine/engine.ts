import type {
  Engine,
  EngineBuild,
  Graph,
  GraphDocument,
  Network,
  NetworkPreset,
  NetworkPresetOptions,
  NetworkSpec,
  OpInfo,
  Rasterized,
  StrokePoints,
} from '../shared/api';
import { bytesOf } from './bytes';
import type { Core, Dtype } from './core-module';
import { toJson } from './document-json';
import { CoreGraph } from './graph';
import { CoreNetwork } from './network';
import { rasterize, sampleStrokes } from './strokes';

export class CoreEngine implements Engine {
  readonly build: EngineBuild;
  readonly ops: readonly OpInfo[];
  readonly networkPresets: readonly NetworkPreset[];
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
    this.build = core.build();
    this.ops = core.ops();
    this.networkPresets = core.networkPresets() as NetworkPreset[];
  }

  graph(document: GraphDocument, options: { readonly dtype?: Dtype } = {}): Graph {
    return new CoreGraph(
      this.#core,
      this.#core.graphOpen(toJson(document, 'graph document'), options.dtype ?? 'float64'),
    );
  }

  network(spec: NetworkSpec, options: { readonly seed?: number } = {}): Network {
    return new CoreNetwork(this.#core, this.#core.networkCreate(toJson(spec, 'network spec'), options.seed ?? 0));
  }

  networkSpec(preset: NetworkPreset, options: NetworkPresetOptions = {}): NetworkSpec {
    return JSON.parse(this.#core.networkPreset(preset, toJson(options, 'options of a network'))) as NetworkSpec;
  }

  loadNetwork(safetensors: ArrayBuffer): Network {
    return new CoreNetwork(this.#core, this.#core.networkLoad(bytesOf(safetensors)));
  }

  handwriting(options: { readonly seed: number; readonly count: number }): { images: Uint8Array; labels: Uint8Array } {
    return this.#core.handwriting(options.seed, 0, options.count);
  }

  rasterize(strokes: readonly StrokePoints[]): Float32Array {
    return this.rasterizePlaced(strokes).pixels;
  }

  rasterizePlaced(strokes: readonly StrokePoints[]): Rasterized {
    return rasterize(this.#core, strokes, 0);
  }

  sampleStrokes(label: number, seed: number): [number, number][][] {
    return sampleStrokes(this.#core, label, seed);
  }

  readIdx(bytes: ArrayBuffer | Uint8Array): { shape: number[]; data: Uint8Array } {
    return this.#core.readIdx(bytesOf(bytes));
  }
}
