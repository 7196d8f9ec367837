import type { GraphDocument } from '../shared/api.ts';
import { graph, symbol, words, type Preset } from './types.ts';

const layer = { X: symbol('X'), W: symbol('W'), B: symbol('B'), Y: symbol('Y') };
const names = { ...layer, XW: symbol('X · W') };

/** Y = X · W + B as two nodes, one sample. With dY = (1, 2, 3): dX = dY · Wᵀ = (22, 28), dW = Xᵀ · dY. */
export const affine: Preset = {
  id: 'affine',
  group: 'layers',
  section: '5.6.1',
  title: words('Affine, one sample', 'Affine，一个样本', 'Affine、データ 1 つ'),
  caption: words(
    'dX has the shape of X and dW the shape of W. Matching shapes is enough to find the transposes.',
    'dX 与 X 形状相同，dW 与 W 形状相同。只要对齐形状，就能找到该转置的矩阵。',
    'dX の形状は X と同じ、dW の形状は W と同じ。形状を合わせるだけで、どこを転置すればよいか分かる。',
  ),
  names,
  document: graph(
    [
      { id: 'X', op: 'input', value: [1, 2] },
      {
        id: 'W',
        op: 'parameter',
        value: [
          [1, 3, 5],
          [2, 4, 6],
        ],
      },
      { id: 'XW', op: 'matmul', inputs: ['X', 'W'] },
      { id: 'B', op: 'parameter', value: [1, 2, 3] },
      { id: 'Y', op: 'add', inputs: ['XW', 'B'] },
    ],
    [1, 2, 3],
  ),
};

const batch: Pick<GraphDocument, 'seed'> & { leaves: GraphDocument['nodes'] } = {
  leaves: [
    {
      id: 'X',
      op: 'input',
      value: [
        [0, 0],
        [5, 5],
      ],
    },
    {
      id: 'W',
      op: 'parameter',
      value: [
        [1, 1, 1],
        [1, 1, 1],
      ],
    },
    { id: 'B', op: 'parameter', value: [1, 2, 3] },
  ],
  seed: [
    [1, 2, 3],
    [4, 5, 6],
  ],
};

/** A batch of two: X · W = [[0, 0, 0], [10, 10, 10]], Y = [[1, 2, 3], [11, 12, 13]], dB = (5, 7, 9). */
export const affineBatch: Preset = {
  id: 'affine-batch',
  group: 'layers',
  section: '5.6.2',
  title: words('Affine, a batch of two', 'Affine，两个样本的批', 'Affine、2 つのデータのバッチ'),
  caption: words(
    'B was added to every row, so its gradient is the sum of the rows of dY: (5, 7, 9).',
    'B 加到了每一行上，所以它的梯度是 dY 各行之和：(5, 7, 9)。',
    'B はすべての行に足されたので、その勾配は dY の行の和 (5, 7, 9) になる。',
  ),
  names,
  document: graph(
    [...batch.leaves, { id: 'XW', op: 'matmul', inputs: ['X', 'W'] }, { id: 'Y', op: 'add', inputs: ['XW', 'B'] }],
    batch.seed,
  ),
};

/** The same batch through one Affine layer. */
export const affineLayer: Preset = {
  id: 'affine-layer',
  group: 'layers',
  section: '5.6.2',
  title: words('Affine as one layer', '作为一层的 Affine', '1 つのレイヤにした Affine'),
  caption: words(
    'The product and the sum folded into one layer: the same three gradients in a single step.',
    '把乘积与加法合成一层：一步得到同样的三个梯度。',
    '積と和を 1 つのレイヤにまとめた。同じ 3 つの勾配が 1 ステップで得られる。',
  ),
  names: layer,
  document: graph([...batch.leaves, { id: 'Y', op: 'affine', inputs: ['X', 'W', 'B'] }], batch.seed),
};
