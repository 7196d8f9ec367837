import type { FigureModel } from './model';

/**
 * The column of every node: operators right of everything they use, inputs in the column just before their first use,
 * results in the last column. Operators move right as far as that makes no wire longer than it makes others shorter.
 */
export function assignLayers(model: FigureModel): Map<string, number> {
  const layer = new Map<string, number>();
  const isLeaf = (id: string): boolean => model.byId.get(id)?.shape === 'leaf';
  for (const node of model.nodes) {
    if (node.shape === 'leaf') continue;
    const before = node.feeds.filter(({ from }) => !isLeaf(from)).map(({ from }) => layer.get(from) ?? 0);
    layer.set(node.id, 1 + Math.max(0, ...before));
  }
  const last = Math.max(0, ...layer.values());
  for (const node of model.nodes.slice().reverse()) {
    if (node.shape === 'leaf') continue;
    const after = new Set(node.uses.map(({ to }) => to));
    const before = new Set(node.feeds.map(({ from }) => from).filter((from) => !isLeaf(from)));
    const latest = after.size === 0 ? last : Math.min(...[...after].map((to) => layer.get(to) ?? last)) - 1;
    if (latest > (layer.get(node.id) ?? 0) && before.size <= Math.max(1, after.size)) layer.set(node.id, latest);
  }
  for (const node of model.nodes) {
    if (node.shape !== 'leaf') continue;
    const uses = node.uses.map(({ to }) => layer.get(to) ?? 1);
    layer.set(node.id, uses.length === 0 ? 0 : Math.max(0, Math.min(...uses) - 1));
  }
  return layer;
}
