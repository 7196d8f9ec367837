/** The public JavaScript API, for browser and Node: what `dist/lib/` exports. */
import type { Engine } from '../shared/api';
import { CoreEngine } from './engine';
import { loadCore, type LoadOptions } from './load';

export * from '../shared/api';
export type { LoadOptions };

/**
 * Starts an engine of its own. In Node the wasm is read from beside the module, in a browser it is fetched from there.
 * Throws BackpropError: `Unsupported` without wasm SIMD, `LoadFailed` where the wasm cannot be had.
 */
export async function loadEngine(options: LoadOptions = {}): Promise<Engine> {
  return new CoreEngine(await loadCore(options));
}
