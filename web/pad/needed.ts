/**
 * A network's graph carries its prediction `y` beside the loss. A walk is about the loss: what the loss does not depend
 * on is left out of the figure.
 */
import type { Frame, GraphInfo } from '../shared/protocol';

/** The graph without the nodes that its output does not depend on; the very same object when there are none. */
export function neededInfo(info: GraphInfo): GraphInfo {
  const byId = new Map(info.nodes.map((node) => [node.id, node]));
  const needed = new Set<string>();
  const open = [info.output];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (needed.has(id)) continue;
    needed.add(id);
    open.push(...(byId.get(id)?.inputs ?? []));
  }
  if (needed.size === info.nodes.length) return info;
  return { ...info, nodes: info.nodes.filter((node) => needed.has(node.id)) };
}

/** The frame that runs parallel to `part`, a part of `whole`. */
export function neededFrame(whole: GraphInfo, part: GraphInfo, frame: Frame): Frame {
  if (part === whole) return frame;
  const kept = new Set(part.nodes.map((node) => node.id));
  return {
    ...frame,
    nodes: frame.nodes.filter((_, i) => kept.has(whole.nodes[i]?.id ?? '')),
    edges: frame.edges.filter((edge) => kept.has(edge.from) && kept.has(edge.to)),
  };
}
