import type { firstOps as en } from '../en/first-ops.ts';

export const back = '{op} は右から{g}を受け取り、{list} を送る。';

export const firstOps: typeof en = {
  add: {
    does: '{op} は足し算をする',
    forward: '{op} は {a} と {b} を足して {z} を出す。',
    backward: '{op} は{g}を流す。{list}。',
    rule: '各入力は上流の勾配を*そのまま*受け取る。',
  },
  mul: {
    does: '{op} は掛け算をする',
    forward: '{op} は {a} と {b} を掛けて {z} を出す。',
    backward: back,
    rule: '各入力は、上流の勾配に*もう一方*の入力を掛けた値を受け取る。',
  },
  other: {
    does: '{op} は計算する',
    forward: '{op} は {z} を出す。',
    backward: back,
    rule: '各入力は、上流の勾配に局所的な微分を掛けた値を受け取る。',
  },
};
