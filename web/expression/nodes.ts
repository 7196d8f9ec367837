import type { Attributes, DocumentNode, NestedNumbers, OpInfo } from '../shared/api.ts';
import { fail } from './errors.ts';
import { type LeafOp, limits, type Span } from './types.ts';

const CONSTANTS: Readonly<Record<string, number>> = { e: Math.E, pi: Math.PI, Pi: Math.PI, PI: Math.PI, π: Math.PI };

/** The nodes of a document while it is being made, with ids that clash with no name of the program. */
export class Nodes {
  readonly list: DocumentNode[] = [];
  readonly ops: readonly OpInfo[];
  readonly #taken: Set<string>;
  readonly #ranks = new Map<string, number | null>();
  readonly #counts = new Map<string, number>();

  constructor(ops: readonly OpInfo[], names: ReadonlySet<string>) {
    this.ops = ops;
    this.#taken = new Set(names);
  }

  /** An id of its own: `h1`, `h2`. */
  fresh(stem: string): string {
    for (;;) {
      const count = (this.#counts.get(stem) ?? 0) + 1;
      this.#counts.set(stem, count);
      const id = `${stem}${count}`;
      if (!this.#taken.has(id)) return this.#take(id);
    }
  }

  /** The first of some names that is free. */
  firstFree(names: readonly string[]): string {
    const free = names.find((name) => !this.#taken.has(name));
    return free === undefined ? this.fresh('out') : this.#take(free);
  }

  leaf(node: { id: string; op: LeafOp; value: NestedNumbers; label?: string; group?: string }, span: Span): string {
    this.#ranks.set(node.id, rankOf(node.value));
    return this.#push(node, span);
  }

  operator(
    node: { id: string; op: string; inputs: readonly string[]; attrs?: Attributes; label?: string; group?: string },
    span: Span,
  ): string {
    this.#ranks.set(node.id, this.#rank(node.op, node.inputs, node.attrs));
    return this.#push(node, span);
  }

  /** A single number for certain: `·` then means ×. */
  isScalar(id: string): boolean {
    return this.#ranks.get(id) === 0;
  }

  #push(node: DocumentNode, span: Span): string {
    if (this.list.length >= limits.nodes) fail('TooManyNodes', span, { limit: limits.nodes });
    this.list.push(node);
    return node.id;
  }

  #take(id: string): string {
    this.#taken.add(id);
    return id;
  }

  /** Only as far as `·` needs it; shapes are the core's. Null where it is not known. */
  #rank(op: string, inputs: readonly string[], attrs: Attributes | undefined): number | null {
    const ranks = inputs.map((id) => this.#ranks.get(id) ?? null);
    const [a = null, b = null] = ranks;
    const category = this.ops.find(({ name }) => name === op)?.category;
    if (category === 'arithmetic' || category === 'function') {
      return ranks.includes(null) ? null : Math.max(...ranks.map((rank) => rank ?? 0));
    }
    if (category === 'loss') return 0;
    if (category === 'reduction') {
      return a === 0 || (attrs?.['axis'] === undefined && attrs?.['keepdims'] !== true) ? 0 : null;
    }
    return op === 'matmul' && a !== null && b !== null ? Math.max(0, a + b - 2) : null;
  }
}

/** Names with a value of their own wherever nobody gave them another. */
export const mathConstant = (name: string): number | undefined =>
  Object.hasOwn(CONSTANTS, name) ? CONSTANTS[name] : undefined;

function rankOf(value: NestedNumbers): number {
  let rank = 0;
  for (let inner: NestedNumbers | undefined = value; inner !== undefined && typeof inner !== 'number'; inner = inner[0])
    rank += 1;
  return rank;
}
