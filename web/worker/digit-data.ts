import type { Core } from '../engine/core-module';
import { Yielder } from '../engine/time-slices';

export const PIXELS = 784;

/** Digits of one call: a few milliseconds of work. */
const CHUNK = 100;

export interface Digits {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** Generated digits `first` … `first + count - 1`, made in short calls so that the worker goes on answering. */
export async function writeDigits(core: Core, seed: number, first: number, count: number): Promise<Digits> {
  const images = new Uint8Array(count * PIXELS);
  const labels = new Uint8Array(count);
  const yielder = new Yielder();
  try {
    for (let done = 0; done < count; done += CHUNK) {
      const chunk = core.handwriting(seed, first + done, Math.min(CHUNK, count - done));
      images.set(chunk.images, done * PIXELS);
      labels.set(chunk.labels, done);
      await yielder.turn();
    }
  } finally {
    yielder.close();
  }
  return { images, labels };
}
