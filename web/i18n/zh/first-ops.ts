import type { firstOps as en } from '../en/first-ops.ts';

export const back = '{op} 从右边收到{g}，{list}。';

export const firstOps: typeof en = {
  add: {
    does: '{op} 做加法',
    forward: '{op} 把 {a} 和 {b} 相加，得到 {z}。',
    backward: '{op} 把{g}往回传：{list}。',
    rule: '每个输入*原样*得到上游的梯度。',
  },
  mul: {
    does: '{op} 做乘法',
    forward: '{op} 把 {a} 和 {b} 相乘，得到 {z}。',
    backward: back,
    rule: '每个输入得到上游的梯度乘以*另一个*输入。',
  },
  other: {
    does: '{op} 做计算',
    forward: '{op} 算出 {z}。',
    backward: back,
    rule: '每个输入得到上游的梯度乘以局部导数。',
  },
};
