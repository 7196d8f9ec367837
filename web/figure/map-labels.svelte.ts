import type MapLabels from './MapLabels.svelte';

/** Heat maps of a figure: most small graphs have none, so they are fetched with the first that is drawn. */
class LateMapLabels {
  /** Null until fetched; the layout keeps their room. Reactive. */
  part = $state.raw<typeof MapLabels | null>(null);
  #asked = false;

  /** After a failure the next figure asks again. */
  async load(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    try {
      this.part = (await import('./MapLabels.svelte')).default;
    } catch {
      this.#asked = false;
    }
  }
}

export const mapLabels = new LateMapLabels();
