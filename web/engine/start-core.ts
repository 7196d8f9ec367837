import { BackpropError } from '../shared/api';
import { bindCore } from './core';
import type { Core, CoreModule } from './core-module';
import { requireSimd } from './simd';

export interface FactoryOptions {
  readonly wasmBinary?: ArrayBuffer | Uint8Array;
  readonly locateFile?: (name: string) => string;
}

export type ModuleFactory = (options?: FactoryOptions) => Promise<unknown>;

/** Where the wasm comes from. */
export interface Source {
  /** Where the wasm file is, if not beside the module. */
  readonly wasmUrl?: string | URL;
  /** The wasm file itself, for places that cannot fetch it. */
  readonly wasmBinary?: ArrayBuffer | Uint8Array;
}

/**
 * Starts a core of its own: nothing is shared with other cores of the same page. `beside` is where the wasm lies by default.
 * Throws `Unsupported` without wasm SIMD and `LoadFailed` where the wasm cannot be had.
 */
export async function startCore(createModule: ModuleFactory, beside: URL, options: Source = {}): Promise<Core> {
  requireSimd();
  const url = options.wasmUrl === undefined ? beside : new URL(options.wasmUrl, beside);
  try {
    return bindCore((await createModule(source(options, url))) as CoreModule);
  } catch (cause) {
    if (cause instanceof BackpropError) throw cause;
    throw new BackpropError({
      code: 'LoadFailed',
      message:
        `The engine could not be loaded from ${url.href}: ${cause instanceof Error ? cause.message : String(cause)}. ` +
        'Check that its .wasm file lies beside the module, or pass wasmUrl or wasmBinary.',
      nodes: [],
    });
  }
}

function source(options: Source, url: URL): FactoryOptions {
  if (options.wasmBinary) return { wasmBinary: options.wasmBinary };
  // Node's fetch knows no file: addresses.
  const readFile = url.protocol === 'file:' ? nodeReadFile() : null;
  if (readFile) return { wasmBinary: readFile(url) };
  return { locateFile: () => url.href };
}

type ReadFile = (url: URL) => Uint8Array;

/** Asked at run time, and not by an import that browser bundlers would trip over. */
function nodeReadFile(): ReadFile | null {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  const fs = process?.getBuiltinModule?.('node:fs') as { readFileSync: ReadFile } | undefined;
  return fs ? (url) => fs.readFileSync(url) : null;
}
