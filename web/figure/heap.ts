/** Numbers, the one with the least weight first. One whose weight changes is put in once more. */
export class Heap {
  readonly #items: number[] = [];
  readonly #keys: number[] = [];
  readonly #weight: Float64Array;

  constructor(weight: Float64Array) {
    this.#weight = weight;
  }

  push(item: number): void {
    const [items, keys] = [this.#items, this.#keys];
    const key = this.#weight[item]!;
    let at = items.length;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (keys[up]! <= key) break;
      [items[at], keys[at]] = [items[up]!, keys[up]!];
      at = up;
    }
    [items[at], keys[at]] = [item, key];
  }

  /** Undefined when empty. */
  pop(): number | undefined {
    const [items, keys] = [this.#items, this.#keys];
    for (;;) {
      const first = items[0];
      if (first === undefined) return undefined;
      const key = keys[0]!;
      const item = items.pop()!;
      const last = keys.pop()!;
      if (items.length > 0) {
        let at = 0;
        for (;;) {
          let next = 2 * at + 1;
          if (next >= items.length) break;
          if (next + 1 < items.length && keys[next + 1]! < keys[next]!) next += 1;
          if (keys[next]! >= last) break;
          [items[at], keys[at]] = [items[next]!, keys[next]!];
          at = next;
        }
        [items[at], keys[at]] = [item, last];
      }
      // A later weight of this item stands elsewhere.
      if (key === this.#weight[first]) return first;
    }
  }
}
