import type { DocumentNode, GraphDocument } from '../shared/api.ts';

/**
 * A document while it is edited: a graph document in which an input may be an empty slot (`''`) and the output may still be open.
 * Saved, shared and copied as it is; only what is whole goes to the engine (see complete.ts).
 */
export type Draft = GraphDocument;

export const emptySlot = '';

export const leafOps: ReadonlySet<string> = new Set(['input', 'parameter', 'constant']);
export const isLeaf = (node: DocumentNode): boolean => leafOps.has(node.op);

export const newDraft = (): Draft => ({ format: 'backprop-graph', version: 1, nodes: [] });

export const nodeOf = (draft: Draft, id: string): DocumentNode | undefined =>
  draft.nodes.find((node) => node.id === id);

/** Who uses a node: one entry a slot, in the order of the document. */
export function usesOf(draft: Draft, id: string): { readonly to: string; readonly slot: number }[] {
  return draft.nodes.flatMap((node) =>
    (node.inputs ?? []).flatMap((from, slot) => (from === id ? [{ to: node.id, slot }] : [])),
  );
}

/** Ids of everything that `id` is computed from, itself included. */
export function ancestorsOf(draft: Draft, id: string): ReadonlySet<string> {
  const byId = new Map(draft.nodes.map((node) => [node.id, node]));
  const seen = new Set<string>();
  const waiting = [id];
  for (;;) {
    const next = waiting.pop();
    if (next === undefined) return seen;
    if (next === emptySlot || seen.has(next)) continue;
    seen.add(next);
    waiting.push(...(byId.get(next)?.inputs ?? []));
  }
}

/**
 * The node whose gradient is taken: the one that was chosen, otherwise the last operator that feeds nothing, so that a graph grows
 * at its end without a word about outputs; otherwise the last node. Undefined for an empty draft. `among` limits the choice.
 */
export function outputOf(draft: Draft, among?: ReadonlySet<string>): string | undefined {
  const inside = (id: string): boolean => among === undefined || among.has(id);
  if (draft.output !== undefined && inside(draft.output)) return draft.output;
  const used = new Set(draft.nodes.flatMap((node) => (inside(node.id) ? (node.inputs ?? []) : [])));
  let last: string | undefined;
  let sink: string | undefined;
  for (const node of draft.nodes) {
    if (!inside(node.id)) continue;
    last = node.id;
    if (!isLeaf(node) && !used.has(node.id)) sink = node.id;
  }
  return sink ?? last;
}

/**
 * A document as the editor keeps it. Its output stays written down only where the draft would not choose the same one by itself:
 * a graph that ends in its output can then be built on.
 */
export function asDraft(document: GraphDocument): Draft {
  const { output: named, ...rest } = document;
  const output = named ?? document.nodes[document.nodes.length - 1]?.id;
  return output === undefined || outputOf(rest) === output ? rest : { ...rest, output };
}

/** The draft as a document that others read: its output is written down. */
export function asDocument(draft: Draft): GraphDocument {
  const output = outputOf(draft);
  return output === undefined ? draft : { ...draft, output };
}
