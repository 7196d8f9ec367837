import type { ops as en } from '../en/ops.ts';

const back = '{op} は右から{g}を受け取り、{list} を送る。';

export const ops: typeof en = {
  add: {
    does: '{op} は足し算をする',
    forward: '{op} は {a} と {b} を足して {z} を出す。',
    backward: '{op} は{g}を流す。{list}。',
    rule: '各入力は上流の勾配を*そのまま*受け取る。',
  },
  sub: {
    does: '{op} は引き算をする',
    forward: '{op} は {a} から {b} を引いて {z} を出す。',
    backward: '{op} は{g}を流し、引いた側では符号を変える。{list}。',
    rule: '引かれる側は上流の勾配をそのまま、引く側は*符号を変えて*受け取る。',
  },
  mul: {
    does: '{op} は掛け算をする',
    forward: '{op} は {a} と {b} を掛けて {z} を出す。',
    backward: back,
    rule: '各入力は、上流の勾配に*もう一方*の入力を掛けた値を受け取る。',
  },
  div: {
    does: '{op} は割り算をする',
    forward: '{op} は {a} を {b} で割って {z} を出す。',
    backward: back,
    rule: '分子は上流の勾配を分母で割った値を、分母はそれに商の符号を変えたものを掛けて分母で割った値を受け取る。',
  },
  neg: {
    does: '{op} は符号を変える',
    forward: '{op} は {a} の符号を変えて {z} を出す。',
    backward: '{op} は{g}の符号も変えて、{list} を送る。',
    rule: '入力は上流の勾配の符号を変えて受け取る。',
  },
  pow: {
    does: '{op} は累乗を求める',
    forward: '{op} は {a} の {b} 乗を求めて {z} を出す。',
    backward: back,
    rule: '指数が係数として前に出て、次数が 1 つ下がる。',
  },
  square: {
    does: '{op} は 2 乗する',
    forward: '{op} は {a} に自分自身を掛けて {z} を出す。',
    backward: '{op} は{g}に 2x を掛けて、{list} を送る。',
    rule: '入力は、上流の勾配に自分の値の *2 倍*を掛けた値を受け取る。',
  },
  exp: {
    does: '{op} は e の累乗を求める',
    forward: '{op} は e の {a} 乗を求めて {z} を出す。',
    backward: '{op} は{g}に自分の出力を掛けて、{list} を送る。',
    rule: '局所的な微分はノード*自身の出力*である。',
  },
  log: {
    does: '{op} は対数を求める',
    forward: '{op} は {a} の自然対数を求めて {z} を出す。',
    backward: '{op} は{g}を自分の入力で割って、{list} を送る。',
    rule: '入力は、上流の勾配を自分の値で割った値を受け取る。',
  },
  tanh: {
    does: '{op} は −1 と 1 の間に収める',
    forward: '{op} は {a} を −1 と 1 の間に収めて {z} を出す。',
    backward: '{op} は{g}に 1 − y² を掛けて、{list} を送る。',
    rule: '局所的な微分 1 − y² に必要なのは自分の出力だけである。',
  },
  sigmoid: {
    does: '{op} は 0 と 1 の間に収める',
    forward: '{op} は {a} を 0 と 1 の間に収めて {z} を出す。',
    backward: '{op} は{g}に y(1 − y) を掛けて、{list} を送る。',
    rule: '局所的な微分 y(1 − y) に必要なのは自分の出力だけである。',
  },
  relu: {
    does: '{op} は 0 より大きい数を通す',
    forward: '{op} は {a} のうち 0 より大きい数を通して {z} を出す。',
    backward: '{op} は入力が 0 より大きかった場所で{g}を通し、ほかでは止める。{list}。',
    rule: '入力が 0 より大きかった場所では勾配が通り、ほかでは*止まる*。',
  },
  sum: {
    does: '{op} は合計を求める',
    forward: '{op} は {a} の数を足し合わせて {z} を出す。',
    backward: '{op} は足したすべての数に{g}を渡す。{list}。',
    rule: '足されたどの数も上流の勾配を受け取る。',
  },
  mean: {
    does: '{op} は平均を求める',
    forward: '{op} は {a} の平均を求めて {z} を出す。',
    backward: '{op} は平均した数に{g}を等しく分ける。{list}。',
    rule: 'n 個の数それぞれが、上流の勾配の n 分の 1 を受け取る。',
  },
  matmul: {
    does: '{op} は行列の積を求める',
    forward: '{op} は行列 {a} と {b} の積を求めて {z} を出す。',
    backward: '{op} は{g}と、もう一方の行列の転置との積を求め、{list} を送る。',
    rule: '各入力は、*もう一方*の転置との積を受け取る。形状が合う掛け方は 1 つしかない。',
  },
  affine: {
    does: '{op} は重みを掛けてバイアスを足す',
    forward: '{op} は {a} と {b} の積に {c} を足して {z} を出す。',
    backward: back,
    rule: 'X と W は*もう一方*の転置との積を受け取る。B は上流の勾配をバッチ方向に足した値を受け取る。',
  },
  reshape: {
    does: '{op} は形状を変える',
    forward: '{op} は {a} の数を並べ直して {z} を出す。',
    backward: '{op} は{g}を入力の形状に並べ直し、{list} を送る。',
    rule: '勾配は入力の形状に戻る。',
  },
  softmax: {
    does: '{op} はスコアを確率にする',
    forward: '{op} はスコア {a} を確率にして {z} を出す。',
    backward: back,
    rule: 'どの確率もすべてのスコアに依存するので、各スコアはすべての上流の勾配の一部を受け取る。',
  },
  softmax_with_loss: {
    does: '{op} はスコアから損失を求める',
    forward: '{op} はスコア {a} を確率にし、ラベル {b} と比べて損失 {z} を出す。',
    backward: '{op} は右から{g}を受け取り、y − t を掛けて、{list} を送る。',
    rule: 'スコアは *y − t*、つまり確率とラベルの差をバッチの大きさで割った値を受け取る。',
  },
  mean_squared_error: {
    does: '{op} は誤差を測る',
    forward: '{op} は {a} と {b} の差の 2 乗の平均を求め、損失 {z} を出す。',
    backward: back,
    rule: '各数は、目標との差の 2 倍を個数で割った値を受け取る。',
  },
  other: {
    does: '{op} は計算する',
    forward: '{op} は {z} を出す。',
    backward: back,
    rule: '各入力は、上流の勾配に局所的な微分を掛けた値を受け取る。',
  },
};
