import type { Attributes, DocumentNode, GraphDocument, NestedNumbers } from '../shared/api.ts';
import type { GraphInfo } from '../shared/protocol.ts';
import { pythonNames, pythonNumber } from './python-names.ts';

/** A node as a line of code needs it. */
export interface CodeNode {
  readonly id: string;
  /** Its identifier; the gradient is `d_` and this. */
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly CodeNode[];
  readonly shape: readonly number[];
  readonly attrs: Attributes;
  readonly value: NestedNumbers | undefined;
  readonly label: string | null;
  readonly isLeaf: boolean;
  /** The output depends on it. */
  readonly behind: boolean;
  /** A gradient arrives: not at constants, at labels, or at what is made of them alone. */
  readonly varies: boolean;
}

export interface CodeGraph {
  /** Each after its inputs. */
  readonly nodes: readonly CodeNode[];
  readonly output: CodeNode;
  readonly seed: NestedNumbers | undefined;
  readonly title: string;
}

/** An op that has no form in the language of an export. */
export class UnsupportedOp extends Error {
  readonly op: string;
  constructor(op: string) {
    super(op);
    this.name = 'UnsupportedOp';
    this.op = op;
  }
}

const leafOps = new Set(['input', 'parameter', 'constant']);

/** The graph that `document` describes, with the shapes that the engine found. */
export function codeGraph(
  document: GraphDocument,
  info: GraphInfo,
  title: string,
  taken: readonly string[] = [],
): CodeGraph {
  const names = pythonNames(
    info.nodes.map(({ id }) => id),
    taken,
  );
  const given = new Map<string, DocumentNode>(document.nodes.map((node) => [node.id, node]));
  const uses = new Map(info.nodes.map(({ id, inputs }) => [id, inputs]));
  const behind = new Set<string>();
  for (const waiting = [info.output]; waiting.length > 0;) {
    const id = waiting.pop() ?? '';
    if (behind.has(id)) continue;
    behind.add(id);
    waiting.push(...(uses.get(id) ?? []));
  }
  const byId = new Map<string, CodeNode>();
  for (const { id, op, inputs, shape, label, gradStep } of info.nodes) {
    const node = given.get(id);
    const feeds = inputs.flatMap((input) => byId.get(input) ?? []);
    const isLeaf = leafOps.has(op);
    byId.set(id, {
      id,
      name: names.get(id) ?? id,
      op,
      inputs: feeds,
      shape,
      attrs: node?.attrs ?? {},
      value: node?.value,
      label,
      isLeaf,
      behind: behind.has(id),
      varies: gradStep !== null,
    });
  }
  const nodes = [...byId.values()];
  const output = byId.get(info.output);
  if (output === undefined) throw new Error('a graph has an output');
  return { nodes, output, seed: document.seed, title };
}

/** A nested list, rows of a matrix under one another. */
export function pythonLiteral(value: NestedNumbers, indent = ''): string {
  if (typeof value === 'number') return pythonNumber(value);
  const flat = value.every((inner) => typeof inner === 'number');
  const inner = value.map((each) => pythonLiteral(each, `${indent} `));
  return flat ? `[${inner.join(', ')}]` : `[${inner.join(`,\n${indent} `)}]`;
}

export const axesOf = (attrs: Attributes): string => {
  const axis = attrs['axis'];
  if (axis === undefined) return 'None';
  return typeof axis === 'object' ? `(${axis.join(', ')}${axis.length === 1 ? ',' : ''})` : String(axis);
};
export const flag = (attrs: Attributes, name: string, fallback: boolean): boolean => {
  const value = attrs[name];
  return typeof value === 'boolean' ? value : fallback;
};
export const count = (attrs: Attributes, name: string, fallback: number): number => {
  const value = attrs[name];
  return typeof value === 'number' ? value : fallback;
};
export const listOf = (value: Attributes[string] | undefined): readonly number[] | null =>
  typeof value === 'number' ? [value] : typeof value === 'object' ? value : null;
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);
