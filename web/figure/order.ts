import type { FigureModel } from './model';

/**
 * Something that takes a place in a column: a node, the lane of a wire that passes by (`lane`), or the room of an
 * input's label that reaches into the column before it (`label`).
 */
export interface Item {
  readonly kind: 'node' | 'lane' | 'label';
  readonly id: string;
  readonly layer: number;
}

/** Joins neighbours in adjacent columns. `port` orders the wires that enter one node: its slot, 0…1 from top to bottom. */
interface Link {
  readonly left: Item;
  readonly right: Item;
  readonly port: number;
}

export interface Columns {
  readonly columns: readonly (readonly Item[])[];
  /** The item that carries the value of `id` through column `layer`. */
  readonly carrier: (id: string, layer: number) => Item | undefined;
}

function buildItems(model: FigureModel, layer: ReadonlyMap<string, number>, labelsLeft: boolean) {
  const last = Math.max(0, ...layer.values());
  const columns: Item[][] = Array.from({ length: last + 1 }, () => []);
  const carriers = new Map<string, Map<number, Item>>();
  const links: Link[] = [];
  const add = (item: Item): Item => {
    columns[item.layer]?.push(item);
    return item;
  };
  for (const node of model.nodes) {
    const own = layer.get(node.id) ?? 0;
    const chain = new Map<number, Item>([[own, add({ kind: 'node', id: node.id, layer: own })]]);
    carriers.set(node.id, chain);
    const reach = Math.max(own, ...node.uses.map(({ to }) => (layer.get(to) ?? own + 1) - 1));
    for (let l = own + 1; l <= reach; l += 1) {
      const lane = add({ kind: 'lane', id: node.id, layer: l });
      const before = chain.get(l - 1);
      if (before) links.push({ left: before, right: lane, port: 0.5 });
      chain.set(l, lane);
    }
    const start = chain.get(own);
    if (labelsLeft && node.shape === 'leaf' && own > 0 && start) {
      links.push({ left: add({ kind: 'label', id: node.id, layer: own - 1 }), right: start, port: 0.5 });
    }
  }
  for (const node of model.nodes) {
    const own = layer.get(node.id) ?? 0;
    const right = carriers.get(node.id)?.get(own);
    node.feeds.forEach(({ from }, place) => {
      const left = carriers.get(from)?.get(own - 1);
      if (left && right) links.push({ left, right, port: (place + 1) / (node.feeds.length + 1) });
    });
  }
  return { columns, links, carriers };
}

/** Reading order: from each result back through the slots in turn, as the formula would be written. */
function readingRanks(model: FigureModel): Map<string, number> {
  const rank = new Map<string, number>();
  const visiting = new Set<string>();
  let next = 0;
  const visit = (root: string): void => {
    // An explicit stack: a chain of some hundred nodes must not overflow the call stack.
    const stack: { id: string; place: number }[] = [{ id: root, place: 0 }];
    visiting.add(root);
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      const feeds = model.byId.get(top.id)?.feeds ?? [];
      const feed = feeds[top.place];
      if (feed) {
        top.place += 1;
        if (!visiting.has(feed.from)) {
          visiting.add(feed.from);
          stack.push({ id: feed.from, place: 0 });
        }
        continue;
      }
      const ranks = feeds.map(({ from }) => rank.get(from)).filter((r) => r !== undefined);
      rank.set(top.id, ranks.length === 0 ? next++ : ranks.reduce((a, b) => a + b, 0) / ranks.length);
      stack.pop();
    }
  };
  const sinks = model.nodes.filter((node) => node.uses.length === 0 && node.shape !== 'leaf').map((node) => node.id);
  for (const id of [model.output, ...sinks, ...model.nodes.map((node) => node.id)])
    if (model.byId.has(id) && !visiting.has(id)) visit(id);
  return rank;
}

function countCrossings(columns: readonly (readonly Item[])[], linksByLayer: readonly (readonly Link[])[]): number {
  const place = new Map<Item, number>();
  for (const column of columns) column.forEach((item, i) => place.set(item, i));
  let crossings = 0;
  for (const links of linksByLayer) {
    const ends = links
      .map((link) => ({ l: place.get(link.left) ?? 0, r: (place.get(link.right) ?? 0) + link.port * 0.9 }))
      .sort((a, b) => a.l - b.l || a.r - b.r);
    for (let i = 0; i < ends.length; i += 1) {
      for (let j = i + 1; j < ends.length; j += 1)
        if (ends[i]!.l < ends[j]!.l && ends[i]!.r > ends[j]!.r) crossings += 1;
    }
  }
  return crossings;
}

const sweeps = 8;

/**
 * Orders every column from top to bottom. It starts from the reading order, which draws every tree without a crossing
 * and keeps slot 0 above slot 1, and then lets neighbours pull (barycentres, to and fro); the order with the fewest
 * crossings wins, the reading order on a tie.
 */
export function orderColumns(model: FigureModel, layer: ReadonlyMap<string, number>, labelsLeft: boolean): Columns {
  const { columns, links, carriers } = buildItems(model, layer, labelsLeft);
  const rank = readingRanks(model);
  const linksByLayer: Link[][] = columns.map(() => []);
  const toLeft = new Map<Item, Link[]>();
  const toRight = new Map<Item, Link[]>();
  const push = (map: Map<Item, Link[]>, item: Item, link: Link): void =>
    void (map.get(item)?.push(link) ?? map.set(item, [link]));
  for (const link of links) {
    linksByLayer[link.left.layer]?.push(link);
    push(toRight, link.left, link);
    push(toLeft, link.right, link);
  }
  // A lane starts where it is wanted: between its source and the slot it ends in.
  const wanted = (item: Item): number => {
    const own = rank.get(item.id) ?? 0;
    if (item.kind !== 'lane') return own;
    const node = model.byId.get(item.id);
    const last = node?.uses[node.uses.length - 1];
    const consumer = last ? model.byId.get(last.to) : undefined;
    if (!consumer || !last) return own;
    const others = consumer.feeds.filter(({ from }) => from !== item.id);
    const above = others.every(({ slot }) => slot > last.slot);
    const below = others.every(({ slot }) => slot < last.slot);
    const ranks = others.map(({ from }) => rank.get(from) ?? own);
    if (above && ranks.length > 0) return Math.min(own, ...ranks) - 0.01;
    if (below && ranks.length > 0) return Math.max(own, ...ranks) + 0.01;
    return own;
  };
  const sortBy = (column: readonly Item[], key: (item: Item) => number): Item[] => {
    const keys = new Map(column.map((item, i) => [item, [key(item), i] as const]));
    return column.slice().sort((a, b) => keys.get(a)![0] - keys.get(b)![0] || keys.get(a)![1] - keys.get(b)![1]);
  };
  let current = columns.map((column) => sortBy(column, wanted));
  let best = current;
  let fewest = countCrossings(current, linksByLayer);
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep += 1) {
    const rightward = sweep % 2 === 1;
    const next = current.map((column) => column.slice());
    for (let step = 1; step < next.length; step += 1) {
      const at = rightward ? step : next.length - 1 - step;
      const place = new Map((next[rightward ? at - 1 : at + 1] ?? []).map((item, i) => [item, i]));
      const column = next[at] ?? [];
      const own = new Map(column.map((item, i) => [item, i]));
      next[at] = sortBy(column, (item) => {
        const neighbours = (rightward ? toLeft : toRight).get(item);
        if (!neighbours || neighbours.length === 0) return own.get(item) ?? 0;
        const sum = neighbours.reduce(
          (s, link) => s + (rightward ? (place.get(link.left) ?? 0) : (place.get(link.right) ?? 0) + link.port * 0.9),
          0,
        );
        return sum / neighbours.length;
      });
    }
    current = next;
    const crossings = countCrossings(current, linksByLayer);
    if (crossings < fewest) [best, fewest] = [current, crossings];
  }
  return { columns: best, carrier: (id, l) => carriers.get(id)?.get(l) };
}
