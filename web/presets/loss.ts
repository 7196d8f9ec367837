import { graph, symbol, words, type Preset } from './types.ts';

const names = { a: symbol('a'), t: symbol('t'), L: symbol('L') };
const loss = (a: readonly number[], t: readonly number[]) =>
  graph([
    { id: 'a', op: 'input', value: a },
    { id: 't', op: 'constant', value: t },
    { id: 'L', op: 'softmax_with_loss', inputs: ['a', 't'] },
  ]);

/** Scores (0.3, 2.9, 4.0): softmax gives (0.0182, 0.2452, 0.7366); the gradient is y − t. */
export const softmaxWithLoss: Preset = {
  id: 'softmax-with-loss',
  group: 'loss',
  section: '5.6.3',
  title: words('Softmax-with-Loss', 'Softmax-with-Loss', 'Softmax-with-Loss'),
  caption: words(
    'Scores become probabilities y, the loss compares them with the label t, and what flows back is simply y − t.',
    '得分变成概率 y，损失把它与标签 t 比较，而反向传播的就是 y − t。',
    'スコアが確率 y になり、損失は y をラベル t と比べる。逆伝播で流れるのは単に y − t である。',
  ),
  names,
  document: loss([0.3, 2.9, 4], [0, 0, 1]),
};

/** y = (0.3, 0.2, 0.5), t = (0, 1, 0): gradient (0.3, −0.8, 0.5), loss 1.609. */
export const wrongPrediction: Preset = {
  id: 'softmax-with-loss-wrong',
  group: 'loss',
  section: '5.6.3',
  title: words('A wrong prediction', '预测错误', '予測が外れたとき'),
  caption: words(
    'y = (0.3, 0.2, 0.5), but the label is the second class: the large error (0.3, −0.8, 0.5) flows back.',
    'y = (0.3, 0.2, 0.5)，而标签是第二类：很大的误差 (0.3, −0.8, 0.5) 反向传播。',
    'y = (0.3, 0.2, 0.5) だが正解は 2 番目のクラス。大きな誤差 (0.3, −0.8, 0.5) が逆伝播する。',
  ),
  names,
  document: loss([Math.log(0.3), Math.log(0.2), Math.log(0.5)], [0, 1, 0]),
};

/** y = (0.01, 0.99, 0), t = (0, 1, 0): gradient (0.01, −0.01, 0), loss 0.01005. −1000 stands for ln 0: softmax makes it exactly 0. */
export const goodPrediction: Preset = {
  id: 'softmax-with-loss-good',
  group: 'loss',
  section: '5.6.3',
  title: words('A good prediction', '预测正确', '予測が当たったとき'),
  caption: words(
    'y = (0.01, 0.99, 0) and the label is the second class: only the small error (0.01, −0.01, 0) flows back.',
    'y = (0.01, 0.99, 0)，标签是第二类：只有很小的误差 (0.01, −0.01, 0) 反向传播。',
    'y = (0.01, 0.99, 0) で正解は 2 番目のクラス。小さな誤差 (0.01, −0.01, 0) だけが逆伝播する。',
  ),
  names,
  document: loss([Math.log(0.01), Math.log(0.99), -1000], [0, 1, 0]),
};
