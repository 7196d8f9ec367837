import { apple } from './apple.ts';
import type { Preset } from './types.ts';

/** The example of a link; of all but the first, a chunk is fetched. Undefined for a name that no example has. */
export async function loadPreset(id: string): Promise<Preset | undefined> {
  return id === apple.id ? apple : (await import('./index.ts')).findPreset(id);
}
