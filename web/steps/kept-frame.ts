import type { EdgeState, Frame, NodeState, TensorView } from '../shared/protocol.ts';

const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((n, axis) => n === b[axis]);

/** Bit for bit the same numbers, NaN and the sign of zero included. */
function sameTensor(a: TensorView, b: TensorView): boolean {
  if (!Object.is(a.min, b.min) || !Object.is(a.max, b.max) || !sameShape(a.shape, b.shape)) return false;
  if (a.data === null || b.data === null) return a.data === b.data;
  if (a.data.length !== b.data.length) return false;
  for (let i = 0; i < a.data.length; i += 1) if (!Object.is(a.data[i], b.data[i])) return false;
  return true;
}

const keptTensor = (before: TensorView | null | undefined, next: TensorView | null): TensorView | null =>
  before && next && sameTensor(before, next) ? before : next;

function keptNode(before: NodeState | undefined, next: NodeState): NodeState {
  const value = keptTensor(before?.value, next.value);
  const grad = keptTensor(before?.grad, next.grad);
  return before && value === before.value && grad === before.grad ? before : { value, grad };
}

function keptEdge(before: EdgeState | undefined, next: EdgeState): EdgeState {
  if (before?.from !== next.from || before.to !== next.to || before.slot !== next.slot) return next;
  const contribution = keptTensor(before.contribution, next.contribution);
  return contribution === before.contribution && before.step === next.step ? before : { ...next, contribution };
}

/**
 * The frame with the objects of the one before it wherever they say the same: a step changes one node, and only that one is drawn again.
 * Frames come as copies from the worker, so without this every number and every heat map of the graph would be new. Pure.
 */
export function keptFrame(before: Frame | null, next: Frame): Frame {
  if (before === null || before.nodes.length !== next.nodes.length) return next;
  return {
    ...next,
    nodes: next.nodes.map((node, i) => keptNode(before.nodes[i], node)),
    edges: next.edges.map((edge, i) => keptEdge(before.edges[i], edge)),
  };
}
