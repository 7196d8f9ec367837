import type { StrokePoints } from '../shared/api';

/** A drawing with its way back. `clear` can be undone too: no button loses a drawing for good. */
export class Drawing {
  strokes = $state.raw<readonly StrokePoints[]>([]);
  #cleared = $state.raw<readonly StrokePoints[]>([]);

  get empty(): boolean {
    return this.strokes.length === 0;
  }

  get canUndo(): boolean {
    return !this.empty || this.#cleared.length > 0;
  }

  /** Takes the last stroke away; on an empty pad, brings back what `clear` or `replace` took. */
  undo(): void {
    if (!this.empty) {
      this.strokes = this.strokes.slice(0, -1);
      return;
    }
    this.strokes = this.#cleared;
    this.#cleared = [];
  }

  clear(): void {
    this.replace([]);
  }

  /** Puts a whole drawing on the pad, for example a sample. */
  replace(strokes: readonly StrokePoints[]): void {
    if (!this.empty) this.#cleared = this.strokes;
    this.strokes = strokes;
  }
}

/** The drawing of the page: it goes with the reader from the home page to Digits and stays while other views are open. */
export const drawing = new Drawing();
