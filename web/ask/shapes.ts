import type { GraphInfo, NodeInfo } from '../shared/protocol.ts';

/** A matrix as a block with its two extents; a transpose has them the other way round. */
export interface Tile {
  /** `dY`, `X`, `W`: the matrix itself. */
  readonly of: 'dY' | 'X' | 'W';
  readonly isTransposed: boolean;
  readonly rows: number;
  readonly columns: number;
}

/** A product of two matrices in the graph, with the blocks that its gradients could be made of. */
export interface Puzzle {
  readonly node: string;
  readonly tiles: readonly Tile[];
  /** Rows and columns of ∂L/∂X and ∂L/∂W. */
  readonly wanted: { readonly X: Extents; readonly W: Extents };
}
type Extents = readonly [rows: number, columns: number];

export type Verdict =
  /** The columns of the left and the rows of the right differ: there is no such product. */
  | { readonly kind: 'inner'; readonly columns: number; readonly rows: number }
  /** A product, of another shape than the gradient. */
  | { readonly kind: 'outer'; readonly got: Extents; readonly wanted: Extents }
  /** `count` products of these blocks have the shape. */
  | { readonly kind: 'fits'; readonly count: number };

/** Products whose inputs and result are matrices; a vector X is a row, a vector W a column, as everywhere here. Pure. */
export function puzzles(info: GraphInfo): Puzzle[] {
  const shapes = new Map(info.nodes.map(({ id, shape }) => [id, shape]));
  return info.nodes.flatMap((node) => puzzleOf(node, shapes) ?? []);
}

function puzzleOf(node: NodeInfo, shapes: ReadonlyMap<string, readonly number[]>): Puzzle | null {
  if (node.op !== 'matmul' && node.op !== 'affine') return null;
  const [x, w] = node.inputs.map((id) => shapes.get(id));
  if (!x || !w || ![1, 2].includes(x.length) || ![1, 2].includes(w.length)) return null;
  const X: Extents = x.length === 2 ? [x[0] ?? 1, x[1] ?? 1] : [1, x[0] ?? 1];
  const W: Extents = w.length === 2 ? [w[0] ?? 1, w[1] ?? 1] : [w[0] ?? 1, 1];
  const all = [
    ['dY', [X[0], W[1]]],
    ['X', X],
    ['W', W],
  ] as const;
  const tiles = all.flatMap(([of, [rows, columns]]): Tile[] => [
    { of, isTransposed: false, rows, columns },
    { of, isTransposed: true, rows: columns, columns: rows },
  ]);
  return { node: node.id, tiles, wanted: { X, W } };
}

/** What shapes alone say about left · right as the gradient of X or of W. Pure. */
export function judge({ tiles, wanted }: Puzzle, of: 'X' | 'W', left: Tile, right: Tile): Verdict {
  const shape = wanted[of];
  if (left.columns !== right.rows) return { kind: 'inner', columns: left.columns, rows: right.rows };
  if (!fits(shape, left, right)) return { kind: 'outer', got: [left.rows, right.columns], wanted: shape };
  return { kind: 'fits', count: tiles.flatMap((a) => tiles.filter((b) => fits(shape, a, b))).length };
}

/** A gradient is made of the upstream and one other matrix: dY · dY would be none. */
const fits = ([rows, columns]: Extents, left: Tile, right: Tile): boolean =>
  left.columns === right.rows &&
  left.rows === rows &&
  right.columns === columns &&
  (left.of === 'dY') !== (right.of === 'dY');
