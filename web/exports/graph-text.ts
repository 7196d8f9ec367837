import { formatNumber, formatShape } from '../page/format.ts';
import type { Frame, GraphInfo, NodeInfo, TensorView } from '../shared/protocol.ts';
import type { NodeWords } from '../steps/node-words.ts';

/** What exports of the figure as text are made of. */
export interface PictureRequest {
  readonly title: string;
  readonly info: GraphInfo;
  readonly frame: Frame | null;
  readonly words: NodeWords;
}

/** A tensor in a few characters: its numbers where they are few, else its shape. */
export function shortTensor(tensor: TensorView | null | undefined): string | null {
  if (!tensor) return null;
  const { data, shape } = tensor;
  if (data === null || data.length > 4 || (shape.length > 1 && data.length > 1)) return formatShape(shape);
  const numbers = Array.from(data, formatNumber);
  return data.length === 1 ? (numbers[0] ?? '') : `(${numbers.join(', ')})`;
}

export const isBox = (node: NodeInfo, words: NodeWords): boolean =>
  node.kind === 'operator' && (words.op(node.id)?.symbol ?? '') === '';

/** Value of a node, and what flows back along a wire, as the frame has them; null where it is not there yet. */
export interface Numbers {
  readonly value: (id: string) => string | null;
  readonly grad: (id: string) => string | null;
  readonly contribution: (to: string, slot: number) => string | null;
}

export function numbersOf({ info, frame }: PictureRequest): Numbers {
  const at = new Map(info.nodes.map(({ id }, i) => [id, frame?.nodes[i]]));
  const wires = new Map((frame?.edges ?? []).map((edge) => [`${edge.to} ${edge.slot}`, edge.contribution]));
  return {
    value: (id: string): string | null => shortTensor(at.get(id)?.value),
    grad: (id: string): string | null => shortTensor(at.get(id)?.grad),
    contribution: (to: string, slot: number): string | null => shortTensor(wires.get(`${to} ${slot}`)),
  };
}
