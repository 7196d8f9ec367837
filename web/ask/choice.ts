import type { GraphInfo } from '../shared/protocol.ts';
import { count } from '../steps/numbers.ts';

/** A number among the leaves: a node, and the flat position of its element. */
export interface Chosen {
  readonly id: string;
  readonly at: number;
}

/** Inputs and parameters that the target depends on and that a gradient reaches: what can be pushed, checked, or be a direction. */
export const movable = (info: GraphInfo): string[] =>
  info.nodes
    .filter((node) => node.kind !== 'operator' && node.kind !== 'constant' && node.gradStep !== null)
    .map(({ id }) => id);

/** What is wanted, where the graph has it; else the first number that can move. */
export function within(wanted: Chosen | null, nodes: readonly string[], info: GraphInfo): Chosen | null {
  const [first] = nodes;
  if (first === undefined) return null;
  if (wanted === null || !nodes.includes(wanted.id)) return { id: first, at: 0 };
  const size = count(info.nodes.find(({ id }) => id === wanted.id)?.shape ?? []);
  return { id: wanted.id, at: wanted.at < size ? wanted.at : 0 };
}
