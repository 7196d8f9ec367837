import type { AroundRoom } from './around';
import type MapLabels from './MapLabels.svelte';
import type TangentLabel from './TangentLabel.svelte';
import type WholeGraph from './WholeGraph.svelte';

/** A part that many figures do without: it is fetched with the first that needs it. */
class LatePart<T> {
  /** Null until fetched; figures keep its room. Reactive. */
  part = $state.raw<T | null>(null);
  #asked = false;
  readonly #fetch: () => Promise<{ readonly default: T }>;

  constructor(fetch: () => Promise<{ readonly default: T }>) {
    this.#fetch = fetch;
  }

  /** After a failure the next figure asks again. */
  async load(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    try {
      this.part = (await this.#fetch()).default;
    } catch {
      this.#asked = false;
    }
  }
}

/** Heat maps: most small graphs have none. */
export const mapLabels = new LatePart<typeof MapLabels>(() => import('./MapLabels.svelte'));
/** Tangents: forward mode alone shows them. */
export const tangentLabel = new LatePart<typeof TangentLabel>(() => import('./TangentLabel.svelte'));
/** The strip below a graph that is larger than its window. */
export const wholeGraph = new LatePart<typeof WholeGraph>(() => import('./WholeGraph.svelte'));
/** Wires round what is in their way, where nodes stand as they were put. */
export const aroundRoom = new LatePart<AroundRoom>(() => import('./around'));
