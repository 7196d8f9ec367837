import type { OpInfo } from '../shared/api.ts';
import type { Frame, GraphHandle, GraphInfo, NodeInfo, NodeState } from '../shared/protocol.ts';
import { type Draft, emptySlot, isLeaf, outputOf } from './draft.ts';

const nothing: NodeState = { value: null, grad: null };
const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each, i) => each === b[i]);

/** Ids such that every node comes after what it uses, as near to the given order as that allows. */
function inOrder(ids: readonly string[], inputs: (id: string) => readonly string[]): string[] {
  const done = new Set<string>([emptySlot]);
  const order: string[] = [];
  for (const root of ids) {
    const stack = [root];
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      const next = done.has(top) ? undefined : inputs(top).find((id) => !done.has(id) && !stack.includes(id));
      if (next !== undefined) {
        stack.push(next);
        continue;
      }
      stack.pop();
      if (done.has(top)) continue;
      done.add(top);
      order.push(top);
    }
  }
  return order;
}

/**
 * A draft as the figure draws it: what the engine knows of it, which may be a part of it or a moment older, and beside that what is not
 * whole yet. Pure. Gives the engine's own objects back where they say the same, so that nothing is drawn anew.
 */
export function drawnInfo(draft: Draft, known: GraphInfo | null): GraphInfo {
  const byId = new Map(draft.nodes.map((node) => [node.id, node]));
  const place = new Map((known?.nodes ?? []).map((node, i) => [node.id, i]));
  const kindOf = (op: string): NodeInfo['kind'] =>
    op === 'input' || op === 'parameter' || op === 'constant' ? op : 'operator';
  const infoOf = (id: string): NodeInfo => {
    const node = byId.get(id)!;
    const own = known?.nodes[place.get(id) ?? -1];
    const label = node.label || null;
    const group = node.group || null;
    if (own?.op === node.op && same(own.inputs, node.inputs ?? []))
      return own.label === label && own.group === group ? own : { ...own, label, group };
    return {
      id,
      op: node.op,
      kind: kindOf(node.op),
      inputs: node.inputs ?? [],
      label,
      group,
      shape: own?.op === node.op ? own.shape : [],
      forwardStep: null,
      backwardStep: null,
      gradStep: null,
    };
  };
  const first = (known?.nodes ?? []).map(({ id }) => id).filter((id) => byId.has(id));
  const rest = draft.nodes.map(({ id }) => id).filter((id) => !place.has(id));
  const order = inOrder([...first, ...rest], (id) => (byId.get(id)?.inputs ?? []).filter((from) => byId.has(from)));
  const nodes = order.map(infoOf);
  const output = outputOf(draft) ?? '';
  const whole = known !== null && rest.length === 0 && nodes.length === known.nodes.length;
  return {
    graph: known?.graph ?? (0 as GraphHandle),
    document: { ...draft, output },
    // While its end is not whole, the result is the one that the engine computes.
    output:
      known !== null && place.has(known.output) && byId.has(known.output) && !place.has(output) ? known.output : output,
    steps: known?.steps ?? 0,
    nodes: whole && known.nodes.every((node, i) => node === nodes[i]) ? known.nodes : nodes,
  };
}

const sameNode = (a: NodeInfo, b: NodeInfo | undefined): boolean =>
  a === b ||
  (a.id === b?.id &&
    a.op === b.op &&
    a.label === b.label &&
    a.group === b.group &&
    a.forwardStep === b.forwardStep &&
    a.backwardStep === b.backwardStep &&
    a.gradStep === b.gradStep &&
    same(a.inputs, b.inputs) &&
    a.shape.length === b.shape.length &&
    a.shape.every((n, axis) => n === b.shape[axis]));

/**
 * `before` where `next` draws the same graph: values of inputs are numbers of the frame, and typing one lays nothing out again. Pure.
 */
export function keptInfo(before: GraphInfo | undefined, next: GraphInfo): GraphInfo {
  if (before === undefined || before.graph !== next.graph || before.output !== next.output) return next;
  const [old, now] = [before.document.nodes, next.document.nodes];
  if (before.steps !== next.steps || before.nodes.length !== next.nodes.length || old.length !== now.length)
    return next;
  if (!next.nodes.every((node, i) => sameNode(node, before.nodes[i]))) return next;
  const stands = now.every((node, i) => {
    const was = old[i]!;
    if (node === was) return true;
    // Constants are written into the operators that they feed.
    const written = node.op === 'constant' && node.value !== was.value;
    return node.id === was.id && !written && String(node.position) === String(was.position);
  });
  return stands ? before : next;
}

/** The engine's frame of `known` as `info` shows it: nothing of nodes that are gone, no numbers at those that are new. Pure. */
export function drawnFrame(info: GraphInfo, known: GraphInfo | null, frame: Frame | null): Frame | null {
  if (frame === null || known === null) return null;
  if (info.nodes === known.nodes) return frame;
  const place = new Map(known.nodes.map((node, i) => [node.id, i]));
  const alive = new Map(info.nodes.map((node) => [node.id, node]));
  return {
    ...frame,
    nodes: info.nodes.map(({ id }) => frame.nodes[place.get(id) ?? -1] ?? nothing),
    edges: frame.edges.filter(({ from, to, slot }) => alive.get(to)?.inputs[slot] === from && alive.has(from)),
    records: frame.records.filter(({ node, to }) => alive.has(node) && alive.has(to)),
  };
}

/** Names of the empty slots of a node, as the formulas have them. */
export const slotNames = (op: OpInfo | undefined, slots: readonly number[]): string =>
  slots.map((slot) => op?.inputs[slot]?.name ?? String(slot + 1)).join(', ');

export const leafIds = (draft: Draft): readonly string[] => draft.nodes.filter(isLeaf).map(({ id }) => id);
