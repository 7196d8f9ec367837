import type { OpInfo, StepRecord } from '../shared/api.ts';
import type { GraphInfo } from '../shared/protocol.ts';
import { indexAt } from './cells.ts';
import { derivative, type MathNode, mi, transposed } from './math.ts';
import { type AnyTensor, count } from './numbers.ts';
import type { Source } from './panel-model.ts';
import type { TextRole } from './rich-text.ts';

/** A matrix of a product: a vector is one row, or one column. */
export interface Factor {
  readonly name: MathNode;
  readonly tensor: AnyTensor;
  readonly role: TextRole;
  readonly rows: number;
  readonly columns: number;
  /** Whose element a cell is, where it can be unfolded. */
  readonly pick: Source | null;
}

/** left · right (+ bias, the same in every row) = result: element (i, j) is where row i and column j meet. */
export interface Product {
  readonly left: Factor;
  readonly right: Factor;
  readonly bias: Factor | null;
  readonly result: Factor;
}

interface Part {
  readonly name: MathNode;
  readonly tensor: AnyTensor | null;
  readonly role: TextRole;
  readonly pick: Source | null;
}

const withData = (part: Part): part is Part & { tensor: AnyTensor } => Boolean(part.tensor?.data);

/** Rows and columns of three matrices follow from their numbers of elements: (n p)(p m) / (n m) = p². */
function product(left: Part, right: Part, result: Part, bias: Part | null): Product | null {
  if (!withData(left) || !withData(right) || !withData(result) || (bias !== null && !withData(bias))) return null;
  const parts = [left, right, result];
  if (parts.some(({ tensor }) => tensor.shape.length > 2 || count(tensor.shape) === 0)) return null;
  const [a, b, c] = [count(left.tensor.shape), count(right.tensor.shape), count(result.tensor.shape)];
  const inner = Math.sqrt((a * b) / c);
  if (!Number.isInteger(inner) || a % inner !== 0 || b % inner !== 0) return null;
  const [n, m] = [a / inner, b / inner];
  if (n * m !== c || (n === 1 && m === 1 && inner === 1)) return null;
  return {
    left: { ...left, rows: n, columns: inner },
    right: { ...right, rows: inner, columns: m },
    bias: bias === null ? null : { ...bias, rows: 1, columns: m },
    result: { ...result, rows: n, columns: m },
  };
}

const shapeOf = (info: GraphInfo, id: string): readonly number[] =>
  info.nodes.find((node) => node.id === id)?.shape ?? [];

const pickOf = (info: GraphInfo, id: string | undefined, of: Source['of'], isTransposed = false): Source | null =>
  id === undefined ? null : { id, of, shape: shapeOf(info, id), transposed: isTransposed };

/** What a product of matrices sends back: dX = dY · Wᵀ, dW = Xᵀ · dY. Null for other rules, and where it is too large to show. Pure. */
export function backwardProduct(info: GraphInfo, op: OpInfo | undefined, record: StepRecord): Product | null {
  const { combine, upstream, local, contribution } = record;
  if (combine !== 'left' && combine !== 'right') return null;
  const node = info.nodes.find(({ id }) => id === record.node);
  const other = node?.inputs[1 - record.slot];
  const isParameter = info.nodes.find(({ id }) => id === other)?.kind === 'parameter';
  const up: Part = {
    name: derivative('L', op?.output ?? 'y'),
    tensor: upstream,
    role: 'grad',
    pick: pickOf(info, record.node, 'grad'),
  };
  const factor: Part = {
    name: transposed(mi(op?.inputs[1 - record.slot]?.name ?? 'x')),
    tensor: local,
    role: isParameter ? 'param' : 'fwd',
    pick: pickOf(info, other, 'value', true),
  };
  const sent: Part = {
    name: derivative('L', op?.inputs[record.slot]?.name ?? 'x'),
    tensor: contribution,
    role: 'grad',
    pick: pickOf(info, record.to, 'grad'),
  };
  return combine === 'right' ? product(up, factor, sent, null) : product(factor, up, sent, null);
}

/** X · W, or X · W + B. `operands` are the values of the inputs, in slot order. Pure. */
export function forwardProduct(
  info: GraphInfo,
  op: OpInfo | undefined,
  record: StepRecord,
  operands: readonly { readonly id: string; readonly value: AnyTensor | null; readonly role: TextRole }[],
): Product | null {
  if (op?.name !== 'matmul' && op?.name !== 'affine') return null;
  const part = (slot: number): Part => ({
    name: mi(op.inputs[slot]?.name ?? ''),
    tensor: operands[slot]?.value ?? null,
    role: operands[slot]?.role ?? 'fwd',
    pick: pickOf(info, operands[slot]?.id, 'value'),
  });
  const result: Part = {
    name: mi(op.output),
    tensor: record.after,
    role: 'fwd',
    pick: pickOf(info, record.node, 'value'),
  };
  return product(part(0), part(1), result, op.name === 'affine' ? part(2) : null);
}

/** The numbers that meet in element (row, column): pairs of factors in order, the bias, and the result as the engine gave it. */
export interface Meeting {
  readonly pairs: readonly (readonly [number, number])[];
  readonly bias: number | null;
  readonly result: number;
}

export function meeting({ left, right, bias, result }: Product, row: number, column: number): Meeting {
  const at = ({ tensor, columns }: Factor, r: number, c: number): number => tensor.data?.[r * columns + c] ?? NaN;
  return {
    pairs: Array.from({ length: left.columns }, (_, k) => [at(left, row, k), at(right, k, column)] as const),
    bias: bias === null ? null : at(bias, 0, count(bias.tensor.shape) === 1 ? 0 : column),
    result: at(result, row, column),
  };
}

/** Index of the element that a cell of a drawn matrix shows, in the node's own shape. */
export function pickedIndex(pick: Source, row: number, column: number, rows: number, columns: number): number[] {
  return indexAt(pick.shape, pick.transposed ? column * rows + row : row * columns + column);
}
