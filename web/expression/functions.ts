import type { OpInfo } from '../shared/api.ts';

/** Spellings of the catalogue's names that people bring along. */
const ALIASES: Readonly<Record<string, string>> = {
  ln: 'log',
  dot: 'matmul',
  mm: 'matmul',
  mse: 'mean_squared_error',
  mseloss: 'mean_squared_error',
  binarycrossentropywithlogits: 'sigmoid_with_loss',
  crossentropy: 'softmax_with_loss',
  min: 'minimum',
  σ: 'sigmoid',
  Σ: 'sum',
};
/** Modules that a name comes from where people copy it: `np.exp`, `F.relu`, `Math.sin`. */
const MODULE = /^(?:torch\.nn\.functional|(?:torch|np)\.linalg|np|numpy|math|Math|torch|F|nn|tf)\./u;

const folded = (name: string): string => name.toLowerCase().replace(/[\s_.-]/g, '');

/** Ops that can be called: all but leaves. */
export const callable = (ops: readonly OpInfo[]): readonly OpInfo[] =>
  ops.filter(({ category }) => category !== 'leaf');

/** The op that a call means: by its name, or as the book writes it (`SoftmaxWithLoss`, `ReLU`). */
export function findFunction(written: string, ops: readonly OpInfo[]): OpInfo | undefined {
  const known = callable(ops);
  const name = withoutModule(written);
  const wanted = folded(name);
  return (
    known.find((op) => op.name === name) ??
    known.find((op) => folded(op.name) === wanted || folded(op.title) === wanted) ??
    known.find((op) => op.name === (own(ALIASES, name) ?? own(ALIASES, wanted)))
  );
}

export const withoutModule = (name: string): string => name.replace(MODULE, '');

const own = (record: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** `affine(X, W, B)`, `sum(x, axis, keepdims)`; attributes that may be left out stand in brackets. */
export function signature(op: OpInfo): string {
  const attributes = op.attributes.map(({ name, required }) => (required ? `${name}=` : `[${name}=]`));
  return `${op.name}(${[...op.inputs.map(({ name }) => name), ...attributes].join(', ')})`;
}

/** The known name that was most likely meant; null where none is near. */
export function nearest(name: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let least = Math.max(1, Math.floor(Array.from(name).length / 3)) + 1;
  for (const candidate of known) {
    const distance = edits(folded(name), folded(candidate));
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Insertions, deletions, changes and swaps of neighbours that make one name of the other. */
function edits(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? Infinity) + 1);
      next.push(cost);
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
