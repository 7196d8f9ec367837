import type { StepRecord } from '../../../../web/shared/api';
import type { EdgeState, Frame, GraphInfo, TensorView } from '../../../../web/shared/protocol';
import { elements } from '../../../../web/figure/tensor-block';

export const view = (shape: readonly number[], data: readonly number[] | Float32Array): TensorView => ({
  shape,
  data: Float64Array.from(data),
  min: Math.min(...data),
  max: Math.max(...data),
});

/** Known numbers of a graph: a value for every node, a contribution for every wire (`from>to:slot`) that gets one. */
export interface Known {
  readonly values: Readonly<Record<string, number | readonly number[]>>;
  readonly back: Readonly<Record<string, number | readonly number[]>>;
  readonly seed?: number | readonly number[];
}

const list = (x: number | readonly number[]): readonly number[] => (typeof x === 'number' ? [x] : x);

/** The frame after `step`, put together from known numbers in the order in which the engine would produce them. */
export function frameOf(info: GraphInfo, known: Known, step: number): Frame {
  const operators = info.nodes.filter((node) => node.kind === 'operator');
  const n = operators.length;
  const shapeOf = (id: string): readonly number[] => info.nodes.find((node) => node.id === id)!.shape;
  const tensor = (id: string, x: number | readonly number[]): TensorView => view(shapeOf(id), list(x));
  const backStep = (id: string): number => 2 * n + 1 - operators.findIndex((node) => node.id === id);
  const edges: EdgeState[] = operators.flatMap((node) =>
    node.inputs.map((from, slot): EdgeState => {
      const numbers = known.back[`${from}>${node.id}:${slot}`];
      const arrives = numbers === undefined ? null : backStep(node.id);
      return {
        from,
        to: node.id,
        slot,
        step: arrives,
        contribution: numbers !== undefined && arrives !== null && arrives <= step ? tensor(from, numbers) : null,
      };
    }),
  );
  const grad = (id: string): TensorView | null => {
    const parts = edges.filter((edge) => edge.from === id && edge.contribution).map((edge) => edge.contribution!.data!);
    if (id === info.output && step > n)
      parts.push(tensor(id, known.seed ?? new Array<number>(elements(shapeOf(id))).fill(1)).data!);
    if (parts.length === 0) return null;
    return tensor(
      id,
      Array.from(parts[0]!, (_, i) => parts.reduce((sum, part) => sum + part[i]!, 0)),
    );
  };
  const record = (phase: StepRecord['phase'], node: string): StepRecord => ({
    phase,
    node,
    from: null,
    to: node,
    slot: -1,
    combine: null,
    upstream: null,
    local: null,
    contribution: null,
    before: null,
    after: null,
  });
  const at =
    step === 0 ? null : step <= n ? operators[step - 1]! : step === n + 1 ? null : operators[2 * n + 1 - step]!;
  return {
    graph: info.graph,
    step,
    records: step === 0 ? [] : at ? [record(step <= n ? 'forward' : 'backward', at.id)] : [record('seed', info.output)],
    nodes: info.nodes.map((node) => ({
      value:
        node.kind !== 'operator' || operators.indexOf(node) < step ? tensor(node.id, known.values[node.id]!) : null,
      grad: grad(node.id),
    })),
    edges,
  };
}

export const appleNumbers: Known = {
  values: { apple: 100, count: 2, price: 200, tax: 1.1, total: 220.00000000000003 },
  back: { 'price>total:0': 1.1, 'tax>total:1': 200, 'apple>price:0': 2.2, 'count>price:1': 110.00000000000001 },
};

export const applesAndOrangesNumbers: Known = {
  values: { apple: 100, apples: 2, a: 200, orange: 150, oranges: 3, o: 450, sum: 650, tax: 1.1, total: 715 },
  back: {
    'sum>total:0': 1.1,
    'tax>total:1': 650,
    'a>sum:0': 1.1,
    'o>sum:1': 1.1,
    'orange>o:0': 3.3000000000000003,
    'oranges>o:1': 165,
    'apple>a:0': 2.2,
    'apples>a:1': 110,
  },
};

export const twiceNumbers: Known = { values: { x: 3, z: 9 }, back: { 'x>z:0': 3, 'x>z:1': 3 } };
