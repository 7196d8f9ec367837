import type { EdgeState, Frame, GraphInfo, NodeState, TensorView } from '../shared/protocol';
import type { FigureModel, FigureNode } from './model';

/** A gradient that comes back along one wire. */
export interface Part {
  readonly to: string;
  readonly slot: number;
  readonly tensor: TensorView;
  readonly active: boolean;
}

/** What stands on the run of a node's outgoing wire after a step. */
export interface RunState {
  readonly value: TensorView | null;
  readonly valueActive: boolean;
  readonly arrow: 'none' | 'pending' | 'done' | 'active';
  /** Gradients that have come back, in order of arrival. */
  readonly parts: readonly Part[];
  /** Sum of several parts, once all of them are there. */
  readonly total: TensorView | null;
  readonly totalActive: boolean;
}

export type Activity = 'idle' | 'forward' | 'backward' | 'seed';

export interface FigureState {
  readonly runs: ReadonlyMap<string, RunState>;
  readonly active: { readonly id: string; readonly activity: Activity } | null;
  readonly node: (id: string) => NodeState | null;
  /** Gradient of a node; null where it has none yet. */
  readonly grad: (id: string) => TensorView | null;
  readonly activity: (id: string) => Activity;
}

const nothing: RunState = {
  value: null,
  valueActive: false,
  arrow: 'none',
  parts: [],
  total: null,
  totalActive: false,
};

function runState(
  node: FigureNode,
  frame: Frame,
  own: NodeState,
  incoming: readonly EdgeState[],
  isOutput: boolean,
  back: boolean,
): RunState {
  const [record] = frame.records;
  const valueActive = record?.phase === 'forward' && record.node === node.id;
  const base = { ...nothing, value: own.value, valueActive };
  if (isOutput && own.grad && incoming.length === 0) {
    const active = record?.phase === 'seed';
    return { ...base, arrow: active ? 'active' : 'done', parts: [{ to: node.id, slot: -1, tensor: own.grad, active }] };
  }
  if (incoming.length === 0 && !isOutput) return base;
  const parts = incoming
    .filter((edge) => edge.contribution !== null)
    .map((edge) => ({
      to: edge.to,
      slot: edge.slot,
      tensor: edge.contribution!,
      active: edge.step === frame.step,
      step: edge.step ?? 0,
    }))
    .sort((a, b) => a.step - b.step);
  const complete = incoming.length > 0 && parts.length === incoming.length;
  const active = parts.some((part) => part.active);
  return {
    ...base,
    arrow: active ? 'active' : parts.length > 0 ? 'done' : back ? 'pending' : 'none',
    parts,
    total: complete && parts.length > 1 ? own.grad : null,
    totalActive: complete && active,
  };
}

const samePart = (a: Part, b: Part | undefined): boolean =>
  a.to === b?.to && a.slot === b.slot && a.tensor === b.tensor && a.active === b.active;

const sameRun = (a: RunState, b: RunState): boolean =>
  a.value === b.value &&
  a.valueActive === b.valueActive &&
  a.arrow === b.arrow &&
  a.total === b.total &&
  a.totalActive === b.totalActive &&
  a.parts.length === b.parts.length &&
  a.parts.every((part, i) => samePart(part, b.parts[i]));

/**
 * What the figure shows after a step: who is active, and which numbers stand where. Pure. Runs that are as they were in `before` stay the same
 * objects, so that they are not drawn again.
 */
export function figureState(
  model: FigureModel,
  info: GraphInfo,
  frame: Frame | null,
  before?: FigureState,
): FigureState {
  const place = new Map(info.nodes.map((node, i) => [node.id, i]));
  const node = (id: string): NodeState | null => frame?.nodes[place.get(id) ?? -1] ?? null;
  const grad = (id: string): TensorView | null => node(id)?.grad ?? null;
  if (!frame) return { runs: new Map(), active: null, node, grad, activity: () => 'idle' };
  const incoming = new Map<string, EdgeState[]>();
  for (const edge of frame.edges) {
    if (edge.step === null) continue;
    const list = incoming.get(edge.from);
    if (list) list.push(edge);
    else incoming.set(edge.from, [edge]);
  }
  // Waiting gradients are announced only once the way back has begun.
  const back = node(info.output)?.grad !== null;
  const runs = new Map<string, RunState>();
  for (const drawn of model.nodes) {
    const own = node(drawn.id);
    if (!own) continue;
    const run = runState(drawn, frame, own, incoming.get(drawn.id) ?? [], drawn.id === info.output, back);
    const old = before?.runs.get(drawn.id);
    runs.set(drawn.id, old !== undefined && sameRun(run, old) ? old : run);
  }
  const [record] = frame.records;
  const active = record ? { id: record.node, activity: record.phase } : null;
  return { runs, active, node, grad, activity: (id) => (active?.id === id ? active.activity : 'idle') };
}
