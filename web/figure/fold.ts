import type { OpInfo } from '../shared/api';
import type { GraphInfo, NodeInfo } from '../shared/protocol';

/** Operators into whose circle a constant is written, as the book does. */
const foldable = new Set(['add', 'sub', 'mul', 'div']);

/** Stands in a node's `op` where several nodes are folded into one, see blocks.ts. */
export const blockOp = 'block';

/** Ops drawn as boxes with their names, whatever the catalogue's symbol. */
export const boxed = new Set([
  'affine',
  'conv2d',
  'max_pool2d',
  'avg_pool2d',
  'batch_norm',
  'layer_norm',
  'dropout',
  'relu',
  'leaky_relu',
  'softplus',
  'gelu',
  'sigmoid',
  'tanh',
  'softmax',
  'log_softmax',
  'softmax_with_loss',
  'sigmoid_with_loss',
  'mean_squared_error',
  'reshape',
  'flatten',
  'transpose',
  'concat',
  'one_hot',
  blockOp,
]);

/** What a constant makes of the operator that it is folded into: `×2`, `−1` of `x − 1`, `1−` of `1 − x`, `/` of `1 / x`. */
export function foldedSymbol(op: string, slot: number, value: number, formatNumber: (x: number) => string): string {
  const number = formatNumber(value);
  if (op === 'mul') return `×${number}`;
  if (op === 'add') return value < 0 ? `+(${number})` : `+${number}`;
  if (op === 'sub') return slot === 1 ? (value < 0 ? `−(${number})` : `−${number}`) : `${number}−`;
  if (slot === 1) return `÷${number}`;
  return value === 1 ? '/' : `${number}/`;
}

/**
 * Inputs that are not drawn on their own: constants written into the operators they feed and, with `parameters`, weights
 * and targets that live in the boxes of their layers. An input disappears only where every use of it folds; otherwise
 * it would be drawn at one place and missing at another.
 */
export function foldedLeaves(info: GraphInfo, ops: readonly OpInfo[], parameters: boolean): ReadonlySet<string> {
  const byId = new Map(info.nodes.map((node) => [node.id, node]));
  const values = new Map(info.document.nodes.map((node) => [node.id, node.value]));
  const catalogue = new Map(ops.map((op) => [op.name, op]));
  const folds = (node: NodeInfo, slot: number): boolean => {
    const leaf = byId.get(node.inputs[slot] ?? '');
    if (!leaf || leaf.kind === 'operator' || leaf.id === info.output) return false;
    if (leaf.kind === 'constant') {
      const other = byId.get(node.inputs[1 - slot] ?? '');
      return (
        foldable.has(node.op) &&
        typeof values.get(leaf.id) === 'number' &&
        other !== undefined &&
        other.kind !== 'constant'
      );
    }
    if (!parameters || !boxed.has(node.op)) return false;
    return leaf.kind === 'parameter' || catalogue.get(node.op)?.inputs[slot]?.differentiable === false;
  };
  const folded = new Set<string>();
  const kept = new Set<string>();
  for (const node of info.nodes) {
    node.inputs.forEach((id, slot) => (folds(node, slot) ? folded : kept).add(id));
  }
  for (const id of kept) folded.delete(id);
  return folded;
}
