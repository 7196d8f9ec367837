import type { DocumentNode, GraphDocument, NestedNumbers } from '../shared/api.ts';

/** What the engine must be told to get from one document to another. */
export type Difference =
  | { readonly kind: 'none' }
  /** The same graph with other numbers in leaves of the same shape. */
  | { readonly kind: 'values'; readonly values: ReadonlyMap<string, NestedNumbers> }
  | { readonly kind: 'graph' };

const sameJson = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

const shapeOf = (value: NestedNumbers | undefined): string => {
  const shape: number[] = [];
  for (let at = value; typeof at === 'object'; at = at[0]) shape.push(at.length);
  return shape.join();
};

const sameRule = (a: DocumentNode, b: DocumentNode): boolean =>
  a.id === b.id &&
  a.op === b.op &&
  sameJson(a.inputs ?? [], b.inputs ?? []) &&
  sameJson(a.attrs ?? {}, b.attrs ?? {}) &&
  (a.value === undefined) === (b.value === undefined);

/** Names, notes, blocks and positions are none of the engine's business. Pure. */
export function difference(from: GraphDocument, to: GraphDocument): Difference {
  if (from === to) return { kind: 'none' };
  if (from.nodes.length !== to.nodes.length || from.output !== to.output || !sameJson(from.seed, to.seed))
    return { kind: 'graph' };
  const values = new Map<string, NestedNumbers>();
  for (const [i, node] of to.nodes.entries()) {
    const old = from.nodes[i]!;
    if (old === node) continue;
    if (!sameRule(old, node)) return { kind: 'graph' };
    if (node.value === undefined || sameJson(old.value, node.value)) continue;
    if (shapeOf(old.value) !== shapeOf(node.value)) return { kind: 'graph' };
    values.set(node.id, node.value);
  }
  return values.size === 0 ? { kind: 'none' } : { kind: 'values', values };
}
