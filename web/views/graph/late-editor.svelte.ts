import type * as EditorParts from '../../editor/parts.ts';

export type Parts = typeof EditorParts;

/** The editor's parts, fetched once the graph is on show: the first page loads nothing of them. */
export class LateEditor {
  /** Null until fetched. Reactive. */
  parts = $state.raw<Parts | null>(null);
  failed = $state(false);
  #asked: Promise<void> | null = null;

  /** After a failure the next call tries again. */
  load(): Promise<void> {
    this.#asked ??= import('../../editor/parts.ts').then(
      (loaded) => {
        this.failed = false;
        this.parts = loaded;
      },
      () => {
        this.#asked = null;
        this.failed = true;
      },
    );
    return this.#asked;
  }
}
