import type { OpInfo } from '../shared/api.ts';
import { ancestorsOf, type Draft, emptySlot, isLeaf, nodeOf } from './draft.ts';
import type { Connection } from './edits.ts';

/** Why a wire cannot be: said in words where it is tried. Shapes are the engine's to judge. */
export type Refusal =
  | { readonly reason: 'unknown' }
  /** Inputs, parameters and constants take no wires. */
  | { readonly reason: 'leaf' }
  /** `through`: from the target along the wires back to the source. */
  | { readonly reason: 'cycle'; readonly through: readonly string[] }
  /** All slots have their wires. */
  | { readonly reason: 'full'; readonly slots: number };

/** The shortest way along wires from one node to another, both included; null where there is none. */
export function pathBetween(draft: Draft, from: string, to: string): readonly string[] | null {
  const before = new Map<string, string | null>([[from, null]]);
  const waiting = [from];
  const users = new Map<string, string[]>();
  for (const node of draft.nodes)
    for (const input of node.inputs ?? []) {
      const list = users.get(input);
      if (list) list.push(node.id);
      else users.set(input, [node.id]);
    }
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    if (at === to) {
      const path: string[] = [];
      for (let id: string | null = to; id !== null; id = before.get(id) ?? null) path.unshift(id);
      return path;
    }
    for (const user of users.get(at) ?? []) {
      if (before.has(user)) continue;
      before.set(user, at);
      waiting.push(user);
    }
  }
  return null;
}

export type Wish =
  { readonly wire: Connection; readonly refusal: null } | { readonly wire: null; readonly refusal: Refusal };

/**
 * What becomes of a wire from `from` that is dropped on `to`: into `slot`, or into the first empty slot. A slot that is named may
 * be taken: then the wire there is replaced.
 */
export function wishFor(draft: Draft, from: string, to: string, slot?: number): Wish {
  const target = nodeOf(draft, to);
  const refuse = (refusal: Refusal): Wish => ({ wire: null, refusal });
  if (target === undefined || nodeOf(draft, from) === undefined) return refuse({ reason: 'unknown' });
  if (isLeaf(target)) return refuse({ reason: 'leaf' });
  if (ancestorsOf(draft, from).has(to)) return refuse({ reason: 'cycle', through: pathBetween(draft, to, from) ?? [] });
  const inputs = target.inputs ?? [];
  const place = slot ?? inputs.indexOf(emptySlot);
  if (place < 0 || place >= inputs.length) return refuse({ reason: 'full', slots: inputs.length });
  return { wire: { from, to, slot: place }, refusal: null };
}

export interface Target {
  readonly to: string;
  readonly slot: number;
  /** Name of the slot in the formulas: `x`. */
  readonly name: string;
  /** Id of the node whose wire would be replaced; null where the slot is empty. */
  readonly replaces: string | null;
}

/** All slots that a wire from `from` may lead to: empty ones first, in the order of the document. */
export function targetsFor(draft: Draft, ops: readonly OpInfo[], from: string): readonly Target[] {
  const catalogue = new Map(ops.map((op) => [op.name, op]));
  const closed = ancestorsOf(draft, from);
  const targets: Target[] = [];
  for (const node of draft.nodes) {
    if (isLeaf(node) || closed.has(node.id)) continue;
    node.inputs?.forEach((input, slot) => {
      if (input === from) return;
      const name = catalogue.get(node.op)?.inputs[slot]?.name ?? String(slot + 1);
      targets.push({ to: node.id, slot, name, replaces: input === emptySlot ? null : input });
    });
  }
  return [...targets.filter((t) => t.replaces === null), ...targets.filter((t) => t.replaces !== null)];
}
