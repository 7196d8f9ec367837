import { foldedSymbol } from '../figure/fold.ts';
import { formatNumber } from '../page/format.ts';
import type { OpInfo } from '../shared/api.ts';
import type { GraphInfo, NodeInfo } from '../shared/protocol.ts';

/** What the nodes of one graph are called in the reader's language. */
export interface NodeWords {
  /** Beside wires: "price of an apple". */
  readonly label: (id: string) => string;
  /** Inside sentences: "the price". */
  readonly phrase: (id: string) => string;
  /** Where an operator stands alone, in tables and lists: "× apples". */
  readonly full: (id: string) => string;
  /** As it stands in the circle or on the box: "×", "×2", "Affine". */
  readonly symbol: (id: string) => string;
  /** The catalogue entry; undefined for leaves that are not in it. */
  readonly op: (id: string) => OpInfo | undefined;
}

/** Words from outside the document, of a preset for example; undefined where there are none. */
export interface GivenNames {
  readonly label: (id: string) => string | undefined;
  readonly phrase: (id: string) => string | undefined;
  /** What an operator is called beside its symbol. */
  readonly operator: (id: string) => string | undefined;
}

const none: GivenNames = { label: () => undefined, phrase: () => undefined, operator: () => undefined };

/** Names of a graph: given ones first, then the document's labels, then ids. Pure. */
export function nodeWords(info: GraphInfo, ops: readonly OpInfo[], given: GivenNames = none): NodeWords {
  const nodes = new Map(info.nodes.map((node) => [node.id, node]));
  const catalogue = new Map(ops.map((op) => [op.name, op]));
  const symbols = new Map(info.nodes.map((node) => [node.id, symbolOf(node, info, catalogue, nodes)]));

  const label = (id: string): string => given.label(id) ?? nodes.get(id)?.label ?? id;
  const phrase = (id: string): string => given.phrase(id) ?? label(id);
  const symbol = (id: string): string => symbols.get(id) ?? id;
  return {
    label,
    phrase,
    symbol,
    full(id) {
      const name = given.operator(id) ?? label(id);
      const bare = catalogue.get(nodes.get(id)?.op ?? '')?.symbol ?? '';
      // "X · W" needs no second "·".
      const tells = nodes.get(id)?.kind !== 'operator' || (bare !== '' && name.includes(bare));
      return tells ? name : `${symbol(id)} ${name}`.trim();
    },
    op: (id) => catalogue.get(nodes.get(id)?.op ?? ''),
  };
}

function symbolOf(
  node: NodeInfo,
  info: GraphInfo,
  catalogue: ReadonlyMap<string, OpInfo>,
  nodes: ReadonlyMap<string, NodeInfo>,
): string {
  const op = catalogue.get(node.op);
  const bare = op === undefined ? node.op : op.symbol || op.title;
  if (op?.category !== 'arithmetic' || node.inputs.length !== 2) return bare;
  const slot = node.inputs.findIndex((id) => nodes.get(id)?.kind === 'constant');
  const constant = info.document.nodes.find(({ id }) => id === node.inputs[slot])?.value;
  if (typeof constant !== 'number' || node.op === 'pow') return bare;
  return foldedSymbol(node.op, slot, constant, formatNumber);
}
