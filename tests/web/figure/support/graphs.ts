import type { DocumentNode, GraphDocument, OpInfo } from '../../../../web/shared/api';
import type { GraphHandle, GraphInfo, NodeInfo } from '../../../../web/shared/protocol';

/** Just enough of the op catalogue to lay graphs out without the engine: name, symbol, title, slots. */
const catalogue: readonly (readonly [name: string, symbol: string, title: string, slots: string])[] = [
  ['input', '', 'Input', ''],
  ['parameter', '', 'Parameter', ''],
  ['constant', '', 'Constant', ''],
  ['add', '+', 'Add', 'x y'],
  ['sub', '−', 'Subtract', 'x y'],
  ['mul', '×', 'Multiply', 'x y'],
  ['div', '÷', 'Divide', 'x y'],
  ['neg', '−', 'Negate', 'x'],
  ['square', 'x²', 'Square', 'x'],
  ['exp', 'exp', 'Exp', 'x'],
  ['log', 'log', 'Log', 'x'],
  ['sum', 'Σ', 'Sum', 'x'],
  ['matmul', '·', 'MatMul', 'X W'],
  ['affine', '', 'Affine', 'X W b'],
  ['relu', '', 'ReLU', 'x'],
  ['sigmoid', '', 'Sigmoid', 'x'],
  ['softmax_with_loss', '', 'Softmax-with-Loss', 'x t!'],
];

export const ops: readonly OpInfo[] = catalogue.map(([name, symbol, title, slots]) => ({
  name,
  symbol,
  title,
  category: 'function',
  inputs: slots
    .split(' ')
    .filter(Boolean)
    .map((slot) => ({ name: slot.replace('!', ''), differentiable: !slot.endsWith('!'), kept: [] })),
  variadic: false,
  output: 'y',
  attributes: [],
  formulas: { value: '', local: [], backward: [] },
  kinks: '',
  keeps: '',
  opens: false,
}));

const shapeOf = (value: DocumentNode['value']): number[] => {
  const shape: number[] = [];
  for (let at = value; Array.isArray(at); at = at[0] as DocumentNode['value']) shape.push(at.length);
  return shape;
};

/**
 * What the engine would say of a graph, without values: shapes by the few rules these tests need, steps counted the
 * way architecture.md counts them.
 */
export function infoOf(
  nodes: readonly DocumentNode[],
  options: { shapes?: Record<string, readonly number[]>; output?: string } = {},
): GraphInfo {
  const document: GraphDocument = { format: 'backprop-graph', version: 1, nodes };
  const output = options.output ?? nodes[nodes.length - 1]!.id;
  const shapes = new Map<string, readonly number[]>();
  const operators = nodes.filter((node) => (node.inputs?.length ?? 0) > 0);
  const infos = nodes.map((node): NodeInfo => {
    const inputs = node.inputs ?? [];
    const from = inputs.map((id) => shapes.get(id) ?? []);
    const longest = from.reduce((a, b) => (b.length > a.length ? b : a), [] as readonly number[]);
    const ruled =
      inputs.length === 0
        ? shapeOf(node.value)
        : node.op === 'matmul' || node.op === 'affine'
          ? [...from[0]!.slice(0, -1), from[1]![1]!]
          : node.op === 'sum' || node.op === 'softmax_with_loss'
            ? []
            : longest;
    const shape = options.shapes?.[node.id] ?? ruled;
    shapes.set(node.id, shape);
    const place = operators.findIndex(({ id }) => id === node.id);
    const leaf = place < 0;
    return {
      id: node.id,
      op: node.op,
      kind: leaf ? (node.op as NodeInfo['kind']) : 'operator',
      inputs,
      label: node.label ?? null,
      group: null,
      shape,
      forwardStep: leaf ? null : place + 1,
      backwardStep: leaf ? null : 2 * operators.length + 1 - place,
      gradStep: null,
    };
  });
  return { graph: 1 as GraphHandle, document, output, steps: 2 * operators.length + 1, nodes: infos };
}

const input = (id: string, value: DocumentNode['value'], label?: string): DocumentNode => ({
  id,
  op: 'input',
  value: value!,
  ...(label ? { label } : {}),
});
const parameter = (id: string, value: DocumentNode['value']): DocumentNode => ({ id, op: 'parameter', value: value! });
const constant = (id: string, value: number): DocumentNode => ({ id, op: 'constant', value });
const op = (id: string, name: string, ...inputs: string[]): DocumentNode => ({ id, op: name, inputs });

export const apple = infoOf([
  input('apple', 100, 'price of an apple'),
  input('count', 2, 'number of apples'),
  op('price', 'mul', 'apple', 'count'),
  input('tax', 1.1, 'consumption tax'),
  { ...op('total', 'mul', 'price', 'tax'), label: 'to pay' },
]);

export const applesAndOranges = infoOf([
  input('apple', 100, 'price of an apple'),
  input('apples', 2, 'number of apples'),
  op('a', 'mul', 'apple', 'apples'),
  input('orange', 150, 'price of an orange'),
  input('oranges', 3, 'number of oranges'),
  op('o', 'mul', 'orange', 'oranges'),
  op('sum', 'add', 'a', 'o'),
  input('tax', 1.1, 'tax'),
  { ...op('total', 'mul', 'sum', 'tax'), label: 'to pay' },
]);

export const squareOfSum = infoOf([input('x', 1), input('y', 2), op('t', 'add', 'x', 'y'), op('z', 'square', 't')]);
export const twice = infoOf([input('x', 3), op('z', 'mul', 'x', 'x')]);

export const sharedPrice = infoOf([
  input('mine', 2),
  input('price', 100),
  input('yours', 3),
  op('a', 'mul', 'mine', 'price'),
  op('b', 'mul', 'price', 'yours'),
  op('total', 'add', 'a', 'b'),
]);

export const sigmoidGraph = infoOf([
  input('x', 0.5),
  constant('m', -1),
  op('n', 'mul', 'x', 'm'),
  op('e', 'exp', 'n'),
  constant('one', 1),
  op('p', 'add', 'e', 'one'),
  op('y', 'div', 'one', 'p'),
]);

export const affineParts = infoOf([
  input('X', [
    [0, 0],
    [1, 2],
  ]),
  parameter('W', [
    [0, 2, 4],
    [5, 4, 3],
  ]),
  op('XW', 'matmul', 'X', 'W'),
  parameter('B', [1, 2, 3]),
  op('Y', 'add', 'XW', 'B'),
]);

export const affineLayer = infoOf([
  input('X', [
    [0, 0],
    [1, 2],
  ]),
  parameter('W', [
    [0, 2, 4],
    [5, 4, 3],
  ]),
  parameter('B', [1, 2, 3]),
  op('Y', 'affine', 'X', 'W', 'B'),
]);

export const softmaxLoss = infoOf([
  input('a', [0.3, 0.2, 0.5]),
  input('t', [0, 1, 0]),
  op('L', 'softmax_with_loss', 'a', 't'),
]);

/** A residual connection: x passes by two nodes. */
export const skip = infoOf([
  input('x', 2),
  op('e', 'exp', 'x'),
  op('l', 'log', 'e'),
  op('s', 'square', 'l'),
  op('y', 'add', 's', 'x'),
]);

export const digits = infoOf(
  [
    input('x', 0),
    parameter('w1', 0),
    parameter('b1', 0),
    op('a1', 'affine', 'x', 'w1', 'b1'),
    op('h', 'relu', 'a1'),
    parameter('w2', 0),
    parameter('b2', 0),
    op('a2', 'affine', 'h', 'w2', 'b2'),
    input('t', 0),
    op('loss', 'softmax_with_loss', 'a2', 't'),
  ],
  {
    shapes: {
      x: [1, 784],
      w1: [784, 50],
      b1: [50],
      a1: [1, 50],
      h: [1, 50],
      w2: [50, 10],
      b2: [10],
      a2: [1, 10],
      t: [1, 10],
      loss: [],
    },
  },
);

/** Two results that share their inputs. */
export const twoResults = infoOf([
  input('x', 2),
  input('y', 3),
  op('p', 'mul', 'x', 'y'),
  op('q', 'add', 'x', 'y'),
  op('r', 'log', 'q'),
]);

export const balancedTree = (leaves: number): GraphInfo => {
  const nodes: DocumentNode[] = Array.from({ length: leaves }, (_, i) => input(`x${i}`, i));
  let level = nodes.map((node) => node.id);
  for (let depth = 0; level.length > 1; depth += 1) {
    const next: string[] = [];
    for (let i = 0; i + 1 < level.length; i += 2) {
      const id = `n${depth}_${i}`;
      nodes.push(op(id, i % 4 === 0 ? 'mul' : 'add', level[i]!, level[i + 1]!));
      next.push(id);
    }
    if (level.length % 2 === 1) next.push(level[level.length - 1]!);
    level = next;
  }
  return infoOf(nodes);
};

export const chain = (length: number): GraphInfo => {
  const nodes: DocumentNode[] = [input('x', 1)];
  for (let i = 0; i < length; i += 1) nodes.push(op(`n${i}`, i % 2 === 0 ? 'exp' : 'log', i === 0 ? 'x' : `n${i - 1}`));
  return infoOf(nodes);
};

/** A random graph with shared values and skipped columns; the same for the same seed. */
export const tangle = (count: number, seed: number): GraphInfo => {
  let state = seed >>> 0;
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const nodes: DocumentNode[] = [input('x0', 1), input('x1', 2), input('x2', 3)];
  for (let i = 0; i < count; i += 1) {
    const pick = (): string => nodes[Math.max(0, nodes.length - 1 - random(6))]!.id;
    if (random(4) === 0) nodes.push(input(`x${nodes.length}`, i));
    nodes.push(
      random(3) === 0
        ? op(`n${nodes.length}`, 'exp', pick())
        : op(`n${nodes.length}`, random(2) === 0 ? 'mul' : 'add', pick(), pick()),
    );
  }
  return infoOf(nodes);
};
