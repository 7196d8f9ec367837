import type { ops as en } from '../en/ops.ts';

const back = '{op} 从右边收到{g}，{list}。';

export const ops: typeof en = {
  add: {
    does: '{op} 做加法',
    forward: '{op} 把 {a} 和 {b} 相加，得到 {z}。',
    backward: '{op} 把{g}往回传：{list}。',
    rule: '每个输入*原样*得到上游的梯度。',
  },
  sub: {
    does: '{op} 做减法',
    forward: '{op} 从 {a} 中减去 {b}，得到 {z}。',
    backward: '{op} 把{g}往回传，减数一边变号：{list}。',
    rule: '被减数原样得到上游的梯度，减数得到的要*变号*。',
  },
  mul: {
    does: '{op} 做乘法',
    forward: '{op} 把 {a} 和 {b} 相乘，得到 {z}。',
    backward: back,
    rule: '每个输入得到上游的梯度乘以*另一个*输入。',
  },
  div: {
    does: '{op} 做除法',
    forward: '{op} 用 {a} 除以 {b}，得到 {z}。',
    backward: back,
    rule: '分子得到上游的梯度除以分母；分母得到的是它乘以负的商，再除以分母。',
  },
  neg: {
    does: '{op} 取相反数',
    forward: '{op} 把 {a} 变号，得到 {z}。',
    backward: '{op} 把{g}也变号，{list}。',
    rule: '输入得到变号后的上游梯度。',
  },
  pow: {
    does: '{op} 求幂',
    forward: '{op} 求 {a} 的 {b} 次方，得到 {z}。',
    backward: back,
    rule: '指数变成系数，次数减一。',
  },
  square: {
    does: '{op} 求平方',
    forward: '{op} 把 {a} 与自身相乘，得到 {z}。',
    backward: '{op} 把{g}乘以 2x，{list}。',
    rule: '输入得到上游的梯度乘以自身值的*两倍*。',
  },
  exp: {
    does: '{op} 求 e 的幂',
    forward: '{op} 求 e 的 {a} 次方，得到 {z}。',
    backward: '{op} 把{g}乘以自己的输出，{list}。',
    rule: '局部导数就是节点*自己的输出*。',
  },
  log: {
    does: '{op} 求对数',
    forward: '{op} 求 {a} 的自然对数，得到 {z}。',
    backward: '{op} 把{g}除以自己的输入，{list}。',
    rule: '输入得到上游的梯度除以自身的值。',
  },
  tanh: {
    does: '{op} 压缩到 −1 与 1 之间',
    forward: '{op} 把 {a} 压缩到 −1 与 1 之间，得到 {z}。',
    backward: '{op} 把{g}乘以 1 − y²，{list}。',
    rule: '局部导数 1 − y² 只需要节点自己的输出。',
  },
  sigmoid: {
    does: '{op} 压缩到 0 与 1 之间',
    forward: '{op} 把 {a} 压缩到 0 与 1 之间，得到 {z}。',
    backward: '{op} 把{g}乘以 y(1 − y)，{list}。',
    rule: '局部导数 y(1 − y) 只需要节点自己的输出。',
  },
  relu: {
    does: '{op} 只让大于 0 的数通过',
    forward: '{op} 让 {a} 中大于 0 的数通过，得到 {z}。',
    backward: '{op} 在输入大于 0 的地方让{g}通过，其余地方截断：{list}。',
    rule: '输入大于 0 的地方梯度通过，其余地方*截断*。',
  },
  sum: {
    does: '{op} 求和',
    forward: '{op} 把 {a} 中的数加起来，得到 {z}。',
    backward: '{op} 把{g}传给每个被加的数：{list}。',
    rule: '每个被加的数都得到上游的梯度。',
  },
  mean: {
    does: '{op} 求平均',
    forward: '{op} 求 {a} 的平均值，得到 {z}。',
    backward: '{op} 把{g}平均分给参与平均的数：{list}。',
    rule: 'n 个数各得到上游梯度的 n 分之一。',
  },
  matmul: {
    does: '{op} 做矩阵乘法',
    forward: '{op} 把矩阵 {a} 与 {b} 相乘，得到 {z}。',
    backward: '{op} 把{g}与另一个矩阵的转置相乘，{list}。',
    rule: '每个输入得到与*另一个*矩阵转置的乘积。形状决定了只有一种乘法。',
  },
  affine: {
    does: '{op} 乘以权重再加偏置',
    forward: '{op} 把 {a} 与 {b} 相乘，再加上 {c}，得到 {z}。',
    backward: back,
    rule: 'X 和 W 得到与*另一个*转置的乘积；B 得到上游的梯度沿批的方向之和。',
  },
  reshape: {
    does: '{op} 改变形状',
    forward: '{op} 重新排列 {a} 中的数，得到 {z}。',
    backward: '{op} 把{g}排回输入的形状，{list}。',
    rule: '梯度恢复成输入的形状。',
  },
  softmax: {
    does: '{op} 把得分变成概率',
    forward: '{op} 把得分 {a} 变成概率，得到 {z}。',
    backward: back,
    rule: '每个概率都依赖所有得分，所以每个得分都会得到所有上游梯度的一部分。',
  },
  softmax_with_loss: {
    does: '{op} 由得分求损失',
    forward: '{op} 把得分 {a} 变成概率，与标签 {b} 比较，得到损失 {z}。',
    backward: '{op} 从右边收到{g}，乘以 y − t，{list}。',
    rule: '得分得到 *y − t*：概率与标签之差，再除以批的大小。',
  },
  mean_squared_error: {
    does: '{op} 衡量误差',
    forward: '{op} 求 {a} 与 {b} 之差的平方的平均值，得到损失 {z}。',
    backward: back,
    rule: '每个数得到它与目标之差的两倍，再除以个数。',
  },
  other: {
    does: '{op} 做计算',
    forward: '{op} 算出 {z}。',
    backward: back,
    rule: '每个输入得到上游的梯度乘以局部导数。',
  },
};
