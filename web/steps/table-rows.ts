import type { Frame, GraphInfo, NodeInfo } from '../shared/protocol.ts';
import { expression } from './expression.ts';
import type { MathNode } from './math.ts';
import type { NodeWords } from './node-words.ts';
import type { AnyTensor } from './numbers.ts';

/** One row of the table of values. */
export interface Row {
  readonly id: string;
  readonly name: string;
  readonly from: MathNode | null;
  readonly value: AnyTensor | null;
  readonly grad: AnyTensor | null;
  readonly isParameter: boolean;
  /** Where this step stands to the row: it runs the node, or has just given it its value or gradient. */
  readonly now: 'running' | 'received' | null;
  /** The step that brings what is still missing; null where nothing is, or nothing ever comes. */
  readonly pending: number | null;
  /** No gradient ever arrives here. */
  readonly noGradient: boolean;
}

/** Inputs first, then the operators in the order in which they run; constants are part of their operators. Pure. */
export function tableRows(info: GraphInfo, frame: Frame | null, words: NodeWords): Row[] {
  const running = frame?.records[0]?.node ?? null;
  const received = new Set(frame?.records.filter(({ phase }) => phase === 'backward').map(({ to }) => to));
  const rows = info.nodes.map((node, i) => rowOf(node, i, info, frame, words, running, received));
  const isShown = (node: NodeInfo | undefined): boolean => node?.kind !== 'constant' || node.shape.length > 0;
  const leaves = rows.filter((_, i) => info.nodes[i]?.kind !== 'operator' && isShown(info.nodes[i]));
  return [...leaves, ...rows.filter((_, i) => info.nodes[i]?.kind === 'operator')];
}

function rowOf(
  node: NodeInfo,
  i: number,
  info: GraphInfo,
  frame: Frame | null,
  words: NodeWords,
  running: string | null,
  received: ReadonlySet<string>,
): Row {
  const state = frame?.nodes[i];
  const value = state?.value ?? null;
  const grad = state?.grad ?? null;
  const op = words.op(node.id);
  const slots = op?.inputs.map(({ name }) => name) ?? [];
  const waits = value === null && node.kind === 'operator' ? node.forwardStep : grad === null ? node.gradStep : null;
  return {
    id: node.id,
    name: words.full(node.id),
    from:
      node.kind === 'operator' && value !== null
        ? expression(node.op, operandsOf(node, info, frame, words), slots)
        : null,
    value,
    grad,
    isParameter: node.kind === 'parameter',
    now: node.id === running ? 'running' : received.has(node.id) ? 'received' : null,
    pending: waits,
    noGradient: node.gradStep === null,
  };
}

const operandsOf = (node: NodeInfo, info: GraphInfo, frame: Frame | null, words: NodeWords) =>
  node.inputs.map((id) => ({
    id,
    name: words.full(id),
    value: frame?.nodes[info.nodes.findIndex((other) => other.id === id)]?.value ?? null,
    role: 'plain' as const,
  }));
