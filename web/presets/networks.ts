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

/** A 2 × 2 filter on a 3 × 3 image: four windows, dW = (12, 16, 24, 28), and the middle pixel receives 1 + 2 + 3 + 4 = 10. */
export const convWindow: Preset = {
  id: 'conv-window',
  group: 'networks',
  section: '7.2',
  title: words('A window slides over an image', '窗口在图像上滑动', '画像の上を窓が滑る'),
  caption: words(
    'Ask it: every output sends back 1. The middle pixel lies in four windows, a corner in one: which weights does each of them hear of?',
    '问问它：每个输出都传回 1。中间的像素在四个窗口里，角上的只在一个里：它们各会听到哪些权重？',
    '聞いてみよう：どの出力も 1 を返す。中央の画素は 4 つの窓に、角の画素は 1 つの窓に入る。それぞれどの重みが届くのか。',
  ),
  names: {
    X: result('image', '图像', '画像'),
    W: result('filter', '滤波器', 'フィルター'),
    B: symbol('B'),
    Y: symbol('Y'),
  },
  document: graph(
    [
      {
        id: 'X',
        op: 'input',
        value: [
          [
            [
              [1, 2, 3],
              [4, 5, 6],
              [7, 8, 9],
            ],
          ],
        ],
      },
      {
        id: 'W',
        op: 'parameter',
        value: [
          [
            [
              [1, 2],
              [3, 4],
            ],
          ],
        ],
      },
      { id: 'B', op: 'parameter', value: [0] },
      { id: 'Y', op: 'conv2d', inputs: ['X', 'W', 'B'] },
    ],
    [
      [
        [
          [1, 1],
          [1, 1],
        ],
      ],
    ],
  ),
};

/** Two columns, the second ten times the first: both come out as (−1.34, −0.45, 0.45, 1.34). */
export const batchNorm: Preset = {
  id: 'batch-norm',
  group: 'networks',
  section: '6.3',
  title: words('Batch normalisation', '批归一化', 'バッチ正規化'),
  caption: words(
    'Ask it: the second column is ten times the first, yet both come out the same. Whose gradients are smaller, and why does each column of them add up to 0?',
    '问问它：第二列是第一列的十倍，输出却一样。哪一列的梯度更小？为什么每一列的梯度加起来都是 0？',
    '聞いてみよう：2 列目は 1 列目の 10 倍なのに、出てくる値は同じ。勾配が小さいのはどちらか。なぜ各列の勾配の和は 0 になるのか。',
  ),
  names: {
    X: symbol('X'),
    gamma: symbol('γ'),
    beta: symbol('β'),
    mean: result('running mean', '滑动均值', '移動平均'),
    variance: result('running variance', '滑动方差', '移動分散'),
    Y: symbol('Y'),
  },
  document: graph(
    [
      {
        id: 'X',
        op: 'input',
        value: [
          [1, 10],
          [3, 30],
          [5, 50],
          [7, 70],
        ],
      },
      { id: 'gamma', op: 'parameter', value: [1, 1] },
      { id: 'beta', op: 'parameter', value: [0, 0] },
      { id: 'mean', op: 'constant', value: [0, 0] },
      { id: 'variance', op: 'constant', value: [1, 1] },
      { id: 'Y', op: 'batch_norm', inputs: ['X', 'gamma', 'beta', 'mean', 'variance'] },
    ],
    [
      [1, 1],
      [0, 0],
      [0, 0],
      [0, 0],
    ],
  ),
};
