import workerUrl from '../worker/index.ts?worker&url';
import type { WorkerLike } from './client.ts';
import { trustedScriptUrl } from './trusted.ts';

/** The only place that creates the engine's worker. */
export function startWorker(): WorkerLike {
  return new Worker(trustedScriptUrl(workerUrl), { type: 'module', name: 'engine' });
}
