import type { FigureModel } from './model';
import type { Columns, Item } from './order';
import { manyWays } from './ports';

/**
 * Which items share one height: an operator continues the line of its only computed input, a passing wire runs
 * straight, a label stands beside its wire. Returns a number (the line) for every item.
 */
export function joinLines(
  model: FigureModel,
  layer: ReadonlyMap<string, number>,
  { columns, carrier }: Columns,
): Map<Item, number> {
  const items = columns.flat();
  const parent = new Map<Item, Item>(items.map((item) => [item, item]));
  const root = (item: Item): Item => {
    let at = item;
    while (parent.get(at) !== at) at = parent.get(at)!;
    return at;
  };
  // Joins between two columns may not cross: curves that run from left to right without crossing always have an order
  // from top to bottom, so no line is ever asked to pass both above and below another one.
  const place = new Map<Item, number>();
  for (const column of columns) column.forEach((item, i) => place.set(item, i));
  const joined: (readonly [left: number, right: number])[][] = columns.map(() => []);
  const join = (left: Item | undefined, right: Item | undefined): void => {
    if (!left || !right) return;
    const [l, r] = [place.get(left)!, place.get(right)!];
    const others = joined[left.layer]!;
    if (others.some(([ol, or]) => (ol - l) * (or - r) <= 0)) return;
    others.push([l, r]);
    parent.set(root(right), root(left));
  };

  const labels = new Map(items.filter((item) => item.kind === 'label').map((item) => [item.id, item]));
  for (const [id, label] of labels) join(label, carrier(id, layer.get(id) ?? 0));
  const isLeaf = (id: string): boolean => model.byId.get(id)?.shape === 'leaf';
  for (const node of model.nodes) {
    if (node.shape === 'leaf') continue;
    // Into a box with many wires they all come in beside each other, none straight on.
    if (node.feeds.length >= manyWays) continue;
    const own = layer.get(node.id) ?? 0;
    const computed = [...new Set(node.feeds.map(({ from }) => from).filter((from) => !isLeaf(from)))];
    const sources = computed.length > 0 ? computed : [...new Set(node.feeds.map(({ from }) => from))];
    // The only computed input goes straight on; among an odd number of plain inputs, the middle one does.
    if (sources.length % 2 === 0 || computed.length > 1) continue;
    const source = sources[(sources.length - 1) / 2]!;
    const next = new Set(
      (model.byId.get(source)?.uses ?? []).filter(({ to }) => layer.get(to) === own).map(({ to }) => to),
    );
    // Where a value goes to several nodes of this column it comes out between them instead.
    if (next.size === 1) join(carrier(source, own - 1), carrier(node.id, own));
  }
  for (const node of model.nodes) {
    const own = layer.get(node.id) ?? 0;
    for (let l = own + 1; carrier(node.id, l); l += 1) {
      const used = node.uses.some(({ to }) => layer.get(to) === l);
      if (l > own + 1 || !used) join(carrier(node.id, l - 1), carrier(node.id, l));
    }
  }
  const index = new Map<Item, number>();
  const lines = new Map<Item, number>();
  for (const item of items) {
    const r = root(item);
    if (!index.has(r)) index.set(r, index.size);
    lines.set(item, index.get(r)!);
  }
  return lines;
}
