import type { DocumentNode } from '../shared/api.ts';
import { type Draft, emptySlot } from './draft.ts';
import type { Edit } from './edits.ts';
import { freeName, idsOf } from './names.ts';
import { mostBytes, readNodes } from './read-draft.ts';

/** Nodes on their way to another place, as text: between tabs through the system's clipboard. */
export interface Clip {
  readonly nodes: readonly DocumentNode[];
  /** The tab that copied; there, wires from nodes that were not copied lead on to the same nodes. */
  readonly tab: string;
}

const format = 'backprop-nodes';

export const clipOf = (draft: Draft, ids: ReadonlySet<string>, tab: string): Clip => ({
  nodes: draft.nodes.filter(({ id }) => ids.has(id)),
  tab,
});

export const printClip = (clip: Clip): string => JSON.stringify({ format, version: 1, ...clip }, null, 1);

/** Nodes, or a whole graph document, from text of unknown origin; null for anything else. */
export function readClip(text: string): Clip | null {
  if (text.length > mostBytes) return null;
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value !== 'object' || value === null) return null;
    const { format: kind, version, nodes: given, tab } = value as Record<string, unknown>;
    if ((kind !== format && kind !== 'backprop-graph') || version !== 1) return null;
    const nodes = readNodes(given);
    return nodes === null || nodes.length === 0 ? null : { nodes, tab: typeof tab === 'string' ? tab : '' };
  } catch {
    return null;
  }
}

export interface Paste {
  readonly edit: Extract<Edit, { type: 'add' }>;
  /** Ids of what comes. */
  readonly ids: readonly string[];
}

/** The edit that puts copied nodes into a draft: with free names, wires among them as they were, `offset` away from where they stood. */
export function pasteOf(draft: Draft, clip: Clip, tab: string, offset: readonly [x: number, y: number]): Paste {
  const taken = idsOf(draft);
  const own = clip.tab === tab;
  const names = new Map<string, string>();
  for (const { id } of clip.nodes) {
    const name = freeName(taken, id);
    taken.add(name);
    names.set(id, name);
  }
  const before = idsOf(draft);
  const nodes = clip.nodes.map((node): DocumentNode => {
    const { position, inputs, ...rest } = node;
    return {
      ...rest,
      id: names.get(node.id)!,
      ...(inputs === undefined
        ? {}
        : { inputs: inputs.map((from) => names.get(from) ?? (own && before.has(from) ? from : emptySlot)) }),
      ...(position === undefined
        ? {}
        : { position: [position[0] + offset[0], position[1] + offset[1]] as [number, number] }),
    };
  });
  return { edit: { type: 'add', nodes }, ids: nodes.map(({ id }) => id) };
}
