import type { DocumentNode, GraphDocument } from '../../../web/shared/api';
import { build } from '../../../web/expression/build';
import { ExpressionError } from '../../../web/expression/errors';
import { engine } from '../engine/support/engine';

export const { ops } = engine;

export const graphOf = (source: string, present: GraphDocument | null = null): GraphDocument =>
  build(source, { ops, present }).document;

/** The problem with a text: code, the characters that it points at, details. */
export function problem(
  source: string,
  present: GraphDocument | null = null,
): { code: string; text: string; details: unknown } {
  try {
    build(source, { ops, present });
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const { code, at, length, details } = error as ExpressionError;
    return { code, text: source.slice(at, at + length), details };
  }
  throw new Error(`"${source}" was taken`);
}

/** A graph by what it computes: ops, attributes, values and wiring from the output, whatever the ids are called. */
export function structure(document: GraphDocument): unknown {
  const byId = new Map(document.nodes.map((node) => [node.id, node]));
  const seen = new Map<string, number>();
  const lines: unknown[] = [];
  const visit = (id: string): number => {
    const known = seen.get(id);
    if (known !== undefined) return known;
    const node = byId.get(id) as DocumentNode;
    const inputs = (node.inputs ?? []).map(visit);
    lines.push([node.op, inputs, node.value ?? null, node.attrs ?? null]);
    seen.set(id, lines.length - 1);
    return lines.length - 1;
  };
  visit(document.output ?? document.nodes.at(-1)?.id ?? '');
  // What the output does not need, by its description.
  const others = document.nodes
    .filter(({ id }) => !seen.has(id))
    .map(({ op, value, attrs, inputs = [] }) => JSON.stringify([op, value ?? null, attrs ?? null, inputs.length]))
    .sort();
  return { lines, others, seed: document.seed ?? null };
}
