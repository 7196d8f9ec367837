import { graph, words, type NodeName, type Preset } from './types.ts';

export const applePrice: NodeName = {
  label: words('price of an apple', '苹果价格', 'リンゴの値段'),
  phrase: words('the price', '价格', '値段'),
};
export const appleCount: NodeName = {
  label: words('number of apples', '苹果个数', 'リンゴの個数'),
  phrase: words('the number', '个数', '個数'),
};
export const apples: NodeName = {
  label: words('apples', '苹果', 'リンゴ'),
  phrase: words('the apples', '苹果', 'リンゴ'),
};
export const tax: NodeName = { label: words('tax', '消费税', '消費税'), phrase: words('the tax', '消费税', '消費税') };
export const toPay: NodeName = {
  label: words('to pay', '支付金额', '支払い金額'),
  phrase: words('the sum to pay', '支付金额', '支払い金額'),
  operator: tax.label,
};

/** Problem 1: 100 × 2 × 1.1 = 220; gradients 2.2, 110, 200. */
export const apple: Preset = {
  id: 'apple',
  group: 'apples',
  section: '5.3.3',
  title: words('Two apples with tax', '买两个苹果', 'リンゴを 2 個買う'),
  caption: words(
    'Two apples at 100 yen, 10% tax. Each gradient says how much the sum to pay grows when that input grows by 1.',
    '两个苹果，每个 100 日元，消费税 10%。每个梯度表示：该输入增加 1 时，支付金额增加多少。',
    '1 個 100 円のリンゴを 2 個、消費税 10%。勾配は、その入力が 1 増えると支払い金額がいくら増えるかを表す。',
  ),
  names: { apple: applePrice, count: appleCount, price: apples, tax, total: toPay },
  document: graph([
    { id: 'apple', op: 'input', value: 100 },
    { id: 'count', op: 'input', value: 2 },
    { id: 'price', op: 'mul', inputs: ['apple', 'count'] },
    { id: 'tax', op: 'input', value: 1.1 },
    { id: 'total', op: 'mul', inputs: ['price', 'tax'] },
  ]),
};
