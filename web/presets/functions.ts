import { graph, symbol, words, type Preset } from './types.ts';

/** y = 1/x: ∂y/∂x = −1/x² = −y². */
export const reciprocal: Preset = {
  id: 'reciprocal',
  group: 'functions',
  section: '5.5.2',
  title: words('The division node 1/x', '除法节点 1/x', '除算ノード 1/x'),
  caption: words(
    'The local derivative is −1/x², which is −y²: the value that came out forward is all the node has to remember.',
    '局部导数是 −1/x²，也就是 −y²：节点只需记住正向传播的输出。',
    '局所的な微分は −1/x²、つまり −y²。ノードは順伝播の出力だけを覚えていればよい。',
  ),
  names: { one: symbol('1'), x: symbol('x'), y: symbol('y') },
  document: graph([
    { id: 'one', op: 'constant', value: 1 },
    { id: 'x', op: 'input', value: 2 },
    { id: 'y', op: 'div', inputs: ['one', 'x'] },
  ]),
};

/** y = eˣ: ∂y/∂x = y. */
export const exp: Preset = {
  id: 'exp',
  group: 'functions',
  section: '5.5.2',
  title: words('The exp node', 'exp 节点', 'exp ノード'),
  caption: words(
    'The derivative of e to the power x is itself: the local derivative equals the value above the wire.',
    'e 的 x 次方的导数就是它自己：局部导数等于线上方的值。',
    'e の x 乗の微分は自分自身である。局所的な微分は線の上の値に等しい。',
  ),
  names: { x: symbol('x'), y: symbol('y') },
  document: graph([
    { id: 'x', op: 'input', value: 1 },
    { id: 'y', op: 'exp', inputs: ['x'] },
  ]),
};

/** x → × −1 → exp → + 1 → 1/·; the gradient of x is y(1 − y). */
export const sigmoidGraph: Preset = {
  id: 'sigmoid-graph',
  group: 'functions',
  section: '5.5.2',
  title: words('Sigmoid, opened', '展开的 Sigmoid', '展開した Sigmoid'),
  caption: words(
    'Four small rules, one after another: times −y², unchanged, times exp(−x), times −1. Together they give y(1 − y).',
    '四条小规则依次相乘：乘 −y²，原样传递，乘 exp(−x)，乘 −1。合起来就是 y(1 − y)。',
    '4 つの小さな規則を順に掛ける。−y² 倍、そのまま、exp(−x) 倍、−1 倍。合わせると y(1 − y) になる。',
  ),
  names: {
    x: symbol('x'),
    minusOne: symbol('−1'),
    // "×−1" says it all.
    negative: { ...symbol('−x'), operator: words('', '', '') },
    power: symbol('exp(−x)'),
    one: symbol('1'),
    numerator: symbol('1'),
    denominator: symbol('1 + exp(−x)'),
    y: symbol('y'),
  },
  document: graph([
    { id: 'x', op: 'input', value: 1 },
    { id: 'minusOne', op: 'constant', value: -1 },
    { id: 'negative', op: 'mul', inputs: ['x', 'minusOne'] },
    { id: 'power', op: 'exp', inputs: ['negative'] },
    { id: 'one', op: 'constant', value: 1 },
    { id: 'denominator', op: 'add', inputs: ['power', 'one'] },
    { id: 'numerator', op: 'constant', value: 1 },
    { id: 'y', op: 'div', inputs: ['numerator', 'denominator'] },
  ]),
};

/** The same, as one node: ∂y/∂x = y(1 − y). */
export const sigmoid: Preset = {
  id: 'sigmoid',
  group: 'functions',
  section: '5.5.2',
  title: words('Sigmoid, one node', '合成一个节点的 Sigmoid', '1 つのノードにした Sigmoid'),
  caption: words(
    'The four nodes folded into one. It needs only its own output: the local derivative is y(1 − y).',
    '把四个节点合成一个。它只需要自己的输出：局部导数是 y(1 − y)。',
    '4 つのノードを 1 つにまとめた。必要なのは自分の出力だけで、局所的な微分は y(1 − y) である。',
  ),
  names: { x: symbol('x'), y: symbol('y') },
  document: graph([
    { id: 'x', op: 'input', value: 1 },
    { id: 'y', op: 'sigmoid', inputs: ['x'] },
  ]),
};

/** x ≤ 0 is masked: [[1, −0.5], [−2, 3]] lets only 1 and 3, and their gradients, through. */
export const relu: Preset = {
  id: 'relu',
  group: 'functions',
  section: '5.5.1',
  title: words('ReLU and its mask', 'ReLU 与掩码', 'ReLU とマスク'),
  caption: words(
    'Where the input was 0 or less, nothing passes: 0 forward, 0 backward. Elsewhere both pass unchanged.',
    '输入小于等于 0 的地方什么也不通过：正向是 0，反向也是 0。其他地方都原样通过。',
    '入力が 0 以下の場所は何も通さない。順伝播も 0、逆伝播も 0。ほかの場所はどちらもそのまま通す。',
  ),
  names: { x: symbol('x'), y: symbol('y') },
  document: graph(
    [
      {
        id: 'x',
        op: 'input',
        value: [
          [1, -0.5],
          [-2, 3],
        ],
      },
      { id: 'y', op: 'relu', inputs: ['x'] },
    ],
    [
      [1, 2],
      [3, 4],
    ],
  ),
};
