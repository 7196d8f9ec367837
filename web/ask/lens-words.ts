import type { OpInfo } from '../shared/api.ts';
import type { GraphInfo } from '../shared/protocol.ts';
import { type NodeWords, nodeWords } from '../steps/node-words.ts';
import { type Element, elementOf, elementText } from './lens-path.ts';

/** What the numbers of a lens are called: elements by their node's name, products by their factors, sums by how far they have come. Pure. */
export function lensWords(params: {
  /** The graph of scalars. */
  readonly lens: GraphInfo;
  readonly element: Element;
  /** The graph that was looked into, and its names. */
  readonly base: GraphInfo;
  readonly names: NodeWords;
  readonly ops: readonly OpInfo[];
}): NodeWords {
  const { lens, element, base, names, ops } = params;
  const nodes = new Map(lens.nodes.map((node) => [node.id, node]));
  const leaf = (id: string): string => {
    const found = elementOf(id, base);
    return found === null ? (nodes.get(id)?.label ?? id) : elementText(found, names.label);
  };
  const operator = (id: string): string | undefined => {
    const node = nodes.get(id);
    if (node === undefined || node.kind !== 'operator') return undefined;
    const inputs = node.inputs.map((input) => nodes.get(input));
    if (node.op === 'mul' && inputs.every((input) => input !== undefined && input.kind !== 'operator')) {
      return node.inputs.map(leaf).join(' × ');
    }
    const number = /\d+$/.exec(id)?.[0] ?? '';
    return node.op === 'add' ? `∑${number}` : undefined;
  };
  const result = elementText(element, names.label);
  const label = (id: string): string | undefined =>
    id === lens.output ? result : nodes.get(id)?.kind === 'operator' ? operator(id) : leaf(id);
  return nodeWords(lens, ops, {
    label,
    phrase: label,
    operator: (id) => (id === lens.output ? (operator(id) ?? result) : operator(id)),
  });
}
