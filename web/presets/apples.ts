import { appleCount, applePrice, apples, tax, toPay } from './apple.ts';
import { graph, words, type Preset } from './types.ts';

/** The same sum, drawn with one-input nodes: "× 2" and "× 1.1". */
export const appleOperators: Preset = {
  id: 'apple-operators',
  group: 'apples',
  section: '5.1.1',
  title: words('The same with fixed numbers', '把数字写进节点', '数をノードに書き込む'),
  caption: words(
    'The number of apples and the tax are part of the nodes, so a gradient reaches only the price.',
    '个数和消费税写在节点里，所以只有价格会得到梯度。',
    '個数と消費税はノードの一部なので、勾配が届くのは値段だけである。',
  ),
  names: {
    apple: applePrice,
    two: appleCount,
    price: apples,
    rate: tax,
    total: toPay,
  },
  document: graph([
    { id: 'apple', op: 'input', value: 100 },
    { id: 'two', op: 'constant', value: 2 },
    { id: 'price', op: 'mul', inputs: ['apple', 'two'] },
    { id: 'rate', op: 'constant', value: 1.1 },
    { id: 'total', op: 'mul', inputs: ['price', 'rate'] },
  ]),
};

/** Problem 2: (100 × 2 + 150 × 3) × 1.1 = 715; gradients 2.2, 110, 3.3, 165, 650. */
export const applesAndOranges: Preset = {
  id: 'apples-and-oranges',
  group: 'apples',
  section: '5.4.2',
  title: words('Apples and oranges', '苹果和橘子', 'リンゴとみかん'),
  caption: words(
    'Two apples at 100 yen and three oranges at 150 yen, 10% tax. The + node hands the gradient on unchanged; × swaps its inputs.',
    '两个苹果每个 100 日元，三个橘子每个 150 日元，消费税 10%。加法节点原样传递梯度，乘法节点交换两个输入。',
    '100 円のリンゴ 2 個と 150 円のみかん 3 個、消費税 10%。加算ノードは勾配をそのまま流し、乗算ノードは入力を入れ替える。',
  ),
  names: {
    apple: applePrice,
    appleCount,
    apples,
    orange: {
      label: words('price of an orange', '橘子价格', 'みかんの値段'),
      phrase: words('the price', '价格', '値段'),
    },
    orangeCount: {
      label: words('number of oranges', '橘子个数', 'みかんの個数'),
      phrase: words('the number', '个数', '個数'),
    },
    oranges: {
      label: words('oranges', '橘子', 'みかん'),
      phrase: words('the oranges', '橘子', 'みかん'),
    },
    fruit: { label: words('fruit', '水果', '果物'), phrase: words('the fruit', '水果', '果物') },
    tax,
    total: toPay,
  },
  document: graph([
    { id: 'apple', op: 'input', value: 100 },
    { id: 'appleCount', op: 'input', value: 2 },
    { id: 'orange', op: 'input', value: 150 },
    { id: 'orangeCount', op: 'input', value: 3 },
    { id: 'tax', op: 'input', value: 1.1 },
    { id: 'apples', op: 'mul', inputs: ['apple', 'appleCount'] },
    { id: 'oranges', op: 'mul', inputs: ['orange', 'orangeCount'] },
    { id: 'fruit', op: 'add', inputs: ['apples', 'oranges'] },
    { id: 'total', op: 'mul', inputs: ['fruit', 'tax'] },
  ]),
};

/** 2 × 100 + 4000 = 4200, with tax 4620: the + node need not know where 4000 came from. */
export const localComputation: Preset = {
  id: 'local-computation',
  group: 'apples',
  section: '5.1.2',
  title: words('Local computation', '局部计算', '局所的な計算'),
  caption: words(
    'The + node adds 4000 without knowing what was bought for it. Each node works only with what arrives at it.',
    '加法节点只把 4000 加上，不必知道它买了什么。每个节点只处理到达自己的数。',
    '加算ノードは 4000 が何の代金かを知らずに足す。どのノードも、自分に届いた数だけで計算する。',
  ),
  names: {
    apple: applePrice,
    count: appleCount,
    apples,
    others: {
      label: words('many other things', '其他很多东西', 'その他たくさんの買い物'),
      phrase: words('the other things', '其他东西', 'その他の買い物'),
    },
    sum: { label: words('everything', '合计', '合計'), phrase: words('the total of both', '合计', '合計') },
    tax,
    total: toPay,
  },
  document: graph([
    { id: 'apple', op: 'input', value: 100 },
    { id: 'count', op: 'input', value: 2 },
    { id: 'apples', op: 'mul', inputs: ['apple', 'count'] },
    { id: 'others', op: 'input', value: 4000 },
    { id: 'sum', op: 'add', inputs: ['others', 'apples'] },
    { id: 'tax', op: 'input', value: 1.1 },
    { id: 'total', op: 'mul', inputs: ['sum', 'tax'] },
  ]),
};
