import type { Tensor } from '../shared/api';
import type { Frame, GraphInfo, TensorView } from '../shared/protocol';
import { matrixSize, numberSize } from './measures';
import type { MeasureText } from './text-width';
import { blockFor } from './tensor-block';
import { printedRows } from './tensor-text';

/**
 * Widths that the numbers of a graph need on their runs. It remembers the widest ones seen of one graph, so that a
 * figure may grow while it is stepped, but never jumps back and forth.
 */
export function runWidths(): (
  info: GraphInfo,
  frame: Frame | null,
  maps: boolean,
  measure: MeasureText,
) => ReadonlyMap<string, number> {
  let graph: GraphInfo['graph'] | null = null;
  let memory: ReadonlyMap<string, number> = new Map();
  /** Tensors that were measured: a step leaves most of them as they were. */
  let known = new WeakSet<TensorView>();
  return (info, frame, maps, measure) => {
    if (info.graph !== graph) [graph, memory, known] = [info.graph, new Map(), new WeakSet()];
    if (!frame || frame.graph !== graph) return memory;
    const grown = new Map(memory);
    let changed = false;
    const see = (id: string, tensor: TensorView | null, matrix: boolean): void => {
      if (!tensor?.data || known.has(tensor)) return;
      known.add(tensor);
      const width = printedWidth(tensor, matrix, measure);
      // Steps of 8 px: a digit more seldom moves anything.
      const rounded = Math.ceil(width / 8) * 8;
      if (rounded > (grown.get(id) ?? 0)) {
        grown.set(id, rounded);
        changed = true;
      }
    };
    const blocks = new Map<string, 'number' | 'matrix'>();
    info.nodes.forEach((node, i) => {
      const { kind } = blockFor(node.shape, maps);
      if (kind !== 'number' && kind !== 'matrix') return;
      blocks.set(node.id, kind);
      see(node.id, frame.nodes[i]?.value ?? null, kind === 'matrix');
      see(node.id, frame.nodes[i]?.grad ?? null, kind === 'matrix');
    });
    for (const edge of frame.edges) {
      const kind = blocks.get(edge.from);
      if (kind !== undefined) see(edge.from, edge.contribution, kind === 'matrix');
    }
    if (changed) memory = grown;
    return memory;
  };
}

/** Width that a printed tensor takes, brackets or frame included. */
export function printedWidth(tensor: Tensor | TensorView, matrix: boolean, measure: MeasureText): number {
  const rows = printedRows(tensor);
  if (!matrix) return measure(rows[0]?.[0] ?? '', numberSize, 'math') + 16;
  const columns = rows[0]?.length ?? 0;
  let width = 30 + 14 * Math.max(0, columns - 1);
  for (let c = 0; c < columns; c += 1)
    width += Math.max(...rows.map((row) => measure(row[c] ?? '', matrixSize, 'math')));
  return width;
}
