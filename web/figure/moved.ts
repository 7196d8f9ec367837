import { gridOf, type FigureLayout, type PlacedNode, type Run } from './layout';
import { routeWires, type End, type Wire } from './route';

const sameRun = (a: Run, b: Run): boolean =>
  a.y === b.y && a.x0 === b.x0 && a.x1 === b.x1 && a.tip === b.tip && a.tail === b.tail && a.middle === b.middle;
const sameEnd = (a: End, b: End): boolean => a.x === b.x && a.y === b.y;

/** The new map with the old objects wherever they say the same. */
function kept<T>(
  old: ReadonlyMap<string, T>,
  next: ReadonlyMap<string, T>,
  same: (a: T, b: T) => boolean,
): Map<string, T> {
  return new Map(
    [...next].map(([id, item]) => {
      const before = old.get(id);
      return [id, before !== undefined && same(before, item) ? before : item];
    }),
  );
}

/**
 * The picture while nodes are dragged: some of them stand elsewhere (in px of the sheet), everything else stays, objects included, so that
 * only the wires that are touched are drawn again. Sizes, texts and columns are not worked out anew. Pure.
 */
export function movedLayout(
  layout: FigureLayout,
  moves: ReadonlyMap<string, readonly [x: number, y: number]>,
  last: FigureLayout = layout,
): FigureLayout {
  const at = new Map(layout.nodes.map(({ node, x, y }) => [node.id, moves.get(node.id) ?? ([x, y] as const)]));
  const { runs, wires, ends, ...routes } = routeWires(layout.model, gridOf(layout.model, at), last.ways, true);
  const nodes = layout.nodes.map((placed, i): PlacedNode => {
    const [x, y] = at.get(placed.node.id)!;
    const before = last.nodes[i];
    if (before?.node === placed.node && before.x === x && before.y === y) return before;
    return placed.x === x && placed.y === y ? placed : { node: placed.node, x, y };
  });
  const old = new Map(last.wires.map((wire) => [`${wire.to} ${wire.slot}`, wire]));
  return {
    ...layout,
    ...routes,
    nodes,
    place: new Map(nodes.map((placed) => [placed.node.id, placed])),
    runs: kept(last.runs, runs, sameRun),
    ends: kept(last.ends, ends, sameEnd),
    wires: wires.map((wire): Wire => {
      const before = old.get(`${wire.to} ${wire.slot}`);
      return before !== undefined && before.d === wire.d && before.from === wire.from ? before : wire;
    }),
  };
}
