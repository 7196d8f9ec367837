import { graph, symbol, words, type Preset } from './types.ts';

const matrix = { X: symbol('X'), W: symbol('W'), b: symbol('b'), t: symbol('t') };
const result = (en: string, zh: string, ja: string) => ({ label: words(en, zh, ja) });
const lossName = result('loss', '损失', '損失');

/** Two hidden units with sigmoid, one output: the four samples of exclusive or at once, with weights that almost solve it. */
export const xorNet: Preset = {
  id: 'xor',
  group: 'networks',
  section: null,
  title: words('A network for XOR', '学习 XOR 的网络', 'XOR のネットワーク'),
  caption: words(
    'Ask it: which of the two hidden units gets the larger gradient, and which of the four samples does it come from?',
    '问问它：两个隐藏单元中哪一个得到的梯度更大？它来自四个样本中的哪一个？',
    '聞いてみよう：2 つの隠れユニットのうち勾配が大きいのはどちらで、4 つのデータのどれから来ているか。',
  ),
  names: {
    X: matrix.X,
    W1: symbol('W1'),
    b1: symbol('b1'),
    W2: symbol('W2'),
    b2: symbol('b2'),
    t: matrix.t,
    a1: symbol('a1'),
    h: symbol('h'),
    a2: symbol('a2'),
    y: symbol('y'),
    loss: lossName,
  },
  document: graph([
    {
      id: 'X',
      op: 'input',
      value: [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ],
    },
    {
      id: 'W1',
      op: 'parameter',
      value: [
        [4, 4],
        [4, 4],
      ],
    },
    { id: 'b1', op: 'parameter', value: [-2, -6] },
    { id: 'a1', op: 'affine', inputs: ['X', 'W1', 'b1'] },
    { id: 'h', op: 'sigmoid', inputs: ['a1'] },
    { id: 'W2', op: 'parameter', value: [[5], [-5]] },
    { id: 'b2', op: 'parameter', value: [-2] },
    { id: 'a2', op: 'affine', inputs: ['h', 'W2', 'b2'] },
    { id: 'y', op: 'sigmoid', inputs: ['a2'] },
    { id: 't', op: 'constant', value: [[0], [1], [1], [0]] },
    { id: 'loss', op: 'mean_squared_error', inputs: ['y', 't'] },
  ]),
};

/** A line through three points (1, 2), (2, 4), (3, 6) with slope 1 and offset 0: the slope wants to grow. */
export const linearRegression: Preset = {
  id: 'linear-regression',
  group: 'networks',
  section: null,
  title: words('Linear regression', '线性回归', '線形回帰'),
  caption: words(
    'Ask it: the points lie on y = 2x. Which way does each gradient push w and b, and what if you set w = 2?',
    '问问它：这些点都在 y = 2x 上。两个梯度各把 w 和 b 推向哪边？设 w = 2 又会怎样？',
    '聞いてみよう：点は y = 2x の上にある。2 つの勾配は w と b をどちらへ押すか。w = 2 にしたらどうなるか。',
  ),
  names: {
    x: symbol('x'),
    w: symbol('w'),
    b: symbol('b'),
    wx: symbol('w x'),
    y: symbol('y'),
    t: matrix.t,
    error: result('error', '误差', '誤差'),
    squares: result('squares', '平方', '2 乗'),
    loss: lossName,
  },
  document: graph([
    { id: 'x', op: 'input', value: [1, 2, 3] },
    { id: 'w', op: 'parameter', value: 1 },
    { id: 'wx', op: 'mul', inputs: ['w', 'x'] },
    { id: 'b', op: 'parameter', value: 0 },
    { id: 'y', op: 'add', inputs: ['wx', 'b'] },
    { id: 't', op: 'input', value: [2, 4, 6] },
    { id: 'error', op: 'sub', inputs: ['y', 't'] },
    { id: 'squares', op: 'square', inputs: ['error'] },
    { id: 'loss', op: 'mean', inputs: ['squares'] },
  ]),
};

/** One sample (1, 2) with w = (0, 0): p = ½, and the gradient of the score is p − t = −½. */
export const logisticRegression: Preset = {
  id: 'logistic-regression',
  group: 'networks',
  section: null,
  title: words('Logistic regression', '逻辑回归', 'ロジスティック回帰'),
  caption: words(
    'Ask it: the loss is −log p. Sigmoid and logarithm are both bent, yet what reaches the score is just p − 1. Where does the rest go?',
    '问问它：损失是 −log p。Sigmoid 和对数都是弯的，到达得分的却恰好是 p − 1。其余的去哪儿了？',
    '聞いてみよう：損失は −log p。シグモイドも対数も曲がっているのに、スコアに届くのは p − 1 だけ。残りはどこへ消えたのか。',
  ),
  names: {
    x: symbol('x'),
    w: symbol('w'),
    b: symbol('b'),
    wx: symbol('w · x'),
    score: result('score', '得分', 'スコア'),
    p: symbol('p'),
    logp: symbol('log p'),
    loss: lossName,
  },
  document: graph([
    { id: 'x', op: 'input', value: [1, 2] },
    { id: 'w', op: 'parameter', value: [0, 0] },
    { id: 'wx', op: 'matmul', inputs: ['x', 'w'] },
    { id: 'b', op: 'parameter', value: 0 },
    { id: 'score', op: 'add', inputs: ['wx', 'b'] },
    { id: 'p', op: 'sigmoid', inputs: ['score'] },
    { id: 'logp', op: 'log', inputs: ['p'] },
    { id: 'loss', op: 'neg', inputs: ['logp'] },
  ]),
};

/** One query over three keys: softmax of the scores weighs the values. Scores (2, 0, 2), the first and the last key share the weight. */
export const attentionHead: Preset = {
  id: 'attention',
  group: 'networks',
  section: null,
  title: words('An attention head', '一个注意力头', 'アテンションヘッド'),
  caption: words(
    'Ask it: the query looks at three keys. Which key gets the largest gradient, and why does the one that is ignored get so little?',
    '问问它：一个查询看着三个键。哪个键得到的梯度最大？被忽略的那个为什么得到得那么少？',
    '聞いてみよう：クエリが 3 つのキーを見る。勾配が最大なのはどのキーか。無視されたキーにはなぜほとんど届かないのか。',
  ),
  names: {
    q: result('query', '查询', 'クエリ'),
    K: result('keys', '键', 'キー'),
    V: result('values', '值', 'バリュー'),
    scores: result('scores', '得分', 'スコア'),
    weights: result('weights', '权重', '重み'),
    out: result('what is read', '读出的内容', '読み出し'),
  },
  document: graph(
    [
      { id: 'q', op: 'input', value: [[1, 1]] },
      {
        id: 'K',
        op: 'parameter',
        value: [
          [1, 0, 2],
          [1, 0, 0],
        ],
      },
      { id: 'scores', op: 'matmul', inputs: ['q', 'K'] },
      { id: 'weights', op: 'softmax', inputs: ['scores'] },
      {
        id: 'V',
        op: 'parameter',
        value: [
          [1, 0],
          [0, 1],
          [3, 0],
        ],
      },
      { id: 'out', op: 'matmul', inputs: ['weights', 'V'] },
    ],
    [[1, 0]],
  ),
};
