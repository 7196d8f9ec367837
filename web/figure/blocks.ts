import type { EdgeState, Frame, GraphInfo, NodeInfo } from '../shared/protocol';
import { blockOp } from './fold';

/** A graph with some of its nodes folded into blocks. */
export interface Folded {
  readonly info: GraphInfo;
  /** A frame of the graph as one of the folded graph. */
  readonly frame: (frame: Frame | null) => Frame | null;
  /** Name of the block, by the node that stands for it: its result. */
  readonly names: ReadonlyMap<string, string>;
}

interface BlockPlan {
  readonly name: string;
  readonly result: string;
  /** Wires that come in from outside, in the order of the members and their slots. */
  readonly feeds: readonly { readonly from: string; readonly to: string; readonly slot: number }[];
}

/** The operators of a group as one block, or null: they are fewer than two, not whole, or have more than one result that leads out. */
function plan(info: GraphInfo, name: string, members: readonly NodeInfo[]): BlockPlan | null {
  const inside = new Set(members.map(({ id }) => id));
  if (members.length < 2 || members.some(({ inputs }) => inputs.includes(''))) return null;
  const used = new Set(info.nodes.flatMap((node) => (inside.has(node.id) ? [] : node.inputs)));
  const results = members.filter(({ id }) => used.has(id) || id === info.output);
  const [result] = results;
  if (results.length !== 1 || result === undefined) return null;
  const feeds = members.flatMap(({ id, inputs }) =>
    inputs.flatMap((from, slot) => (inside.has(from) ? [] : [{ from, to: id, slot }])),
  );
  // A block may not be computed from itself by way of a node outside.
  const before = new Set<string>();
  const waiting = feeds.map(({ from }) => from);
  const byId = new Map(info.nodes.map((node) => [node.id, node]));
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (inside.has(id)) return null;
    if (before.has(id)) continue;
    before.add(id);
    waiting.push(...(byId.get(id)?.inputs ?? []));
  }
  return { name, result: result.id, feeds };
}

/**
 * Draws every group of operators that is not in `open` as one box: the node of its result, fed by all wires that come in. Values and
 * gradients are those of the graph; what happens inside shows at the box. Pure.
 */
export function foldBlocks(info: GraphInfo, open: ReadonlySet<string>): Folded {
  const groups = new Map<string, NodeInfo[]>();
  for (const node of info.nodes) {
    if (node.group === null || node.kind !== 'operator' || open.has(node.group)) continue;
    const list = groups.get(node.group);
    if (list) list.push(node);
    else groups.set(node.group, [node]);
  }
  const plans = [...groups].flatMap(([name, members]) => plan(info, name, members) ?? []);
  if (plans.length === 0) return { info, frame: (frame) => frame, names: new Map() };

  const planOf = new Map(
    plans.flatMap((block) => (groups.get(block.name) ?? []).map(({ id }) => [id, block] as const)),
  );
  // A block comes after all that feed it: it stands where its last member stood, which is its result.
  const nodes = info.nodes.flatMap((node): NodeInfo[] => {
    const block = planOf.get(node.id);
    if (block === undefined) return [node];
    if (block.result !== node.id) return [];
    return [{ ...node, op: blockOp, inputs: block.feeds.map(({ from }) => from) }];
  });
  return {
    info: { ...info, nodes },
    names: new Map(plans.map(({ result, name }) => [result, name])),
    frame: (frame) => frame && foldFrame(frame, info, planOf),
  };
}

function foldFrame(frame: Frame, info: GraphInfo, planOf: ReadonlyMap<string, BlockPlan>): Frame {
  const stays = (id: string): boolean => (planOf.get(id)?.result ?? id) === id;
  return {
    ...frame,
    nodes: frame.nodes.filter((_, i) => stays(info.nodes[i]?.id ?? '')),
    edges: frame.edges.flatMap((edge): EdgeState[] => {
      const to = planOf.get(edge.to);
      if (to === undefined) return stays(edge.from) ? [edge] : [];
      const slot = to.feeds.findIndex((feed) => feed.to === edge.to && feed.slot === edge.slot);
      return slot < 0 ? [] : [{ ...edge, to: to.result, slot }];
    }),
    records: frame.records.map((record) => {
      const block = planOf.get(record.node);
      return block === undefined ? record : { ...record, node: block.result };
    }),
  };
}
