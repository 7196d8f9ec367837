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

/** A row, and what it was made of. */
interface Made {
  readonly row: Row;
  readonly operands: readonly (AnyTensor | null)[];
}

/**
 * Rows of a table: inputs first, then the operators in the order in which they run; constants are part of their operators. It remembers
 * the rows that it gave last, and gives those that say the same again, so that only what a step changes is written anew.
 */
export function rowMemory(): (info: GraphInfo, frame: Frame | null, words: NodeWords) => Row[] {
  let before: { readonly info: GraphInfo; readonly words: NodeWords; readonly made: readonly Made[] } | null = null;
  return (info, frame, words) => {
    const old = before?.info === info && before.words === words ? before.made : [];
    const made = rowsOf(info, frame, words, old);
    before = { info, words, made };
    const isShown = ({ kind, shape }: NodeInfo): boolean => kind !== 'constant' || shape.length > 0;
    const rows = (wanted: (node: NodeInfo) => boolean): Row[] =>
      info.nodes.flatMap((node, i) => (wanted(node) ? [made[i]!.row] : []));
    return [...rows((node) => node.kind !== 'operator' && isShown(node)), ...rows(({ kind }) => kind === 'operator')];
  };
}

function rowsOf(info: GraphInfo, frame: Frame | null, words: NodeWords, old: readonly Made[]): Made[] {
  const running = frame?.records[0]?.node ?? null;
  const received = new Set(frame?.records.filter(({ phase }) => phase === 'backward').map(({ to }) => to));
  const values = new Map(info.nodes.map(({ id }, i) => [id, frame?.nodes[i]?.value ?? null]));
  return info.nodes.map((node, i): Made => {
    const value = frame?.nodes[i]?.value ?? null;
    const grad = frame?.nodes[i]?.grad ?? null;
    const now = node.id === running ? 'running' : received.has(node.id) ? 'received' : null;
    const operands = node.inputs.map((id) => values.get(id) ?? null);
    const was = old[i];
    if (
      was?.row.value === value &&
      was.row.grad === grad &&
      was.row.now === now &&
      was.operands.every((operand, slot) => operand === operands[slot])
    )
      return was;
    const slots = words.op(node.id)?.inputs.map(({ name }) => name) ?? [];
    const given = node.inputs.map((id, slot) => ({
      id,
      name: words.full(id),
      value: operands[slot] ?? null,
      role: 'plain' as const,
    }));
    return {
      operands,
      row: {
        id: node.id,
        name: words.full(node.id),
        from: node.kind === 'operator' && value !== null ? expression(node.op, given, slots) : null,
        value,
        grad,
        isParameter: node.kind === 'parameter',
        now,
        pending: value === null && node.kind === 'operator' ? node.forwardStep : grad === null ? node.gradStep : null,
        noGradient: node.gradStep === null,
      },
    };
  });
}
