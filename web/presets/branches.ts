import { graph, symbol, words, type Preset } from './types.ts';

/** One price, two baskets: 100 × 2 + 100 × 3 = 500; the price receives 2 + 3 = 5. */
export const sharedPrice: Preset = {
  id: 'shared-price',
  group: 'branches',
  section: null,
  title: words('One price, two baskets', '一个价格，两个篮子', '値段は 1 つ、かごは 2 つ'),
  caption: words(
    'The price is used twice, so two gradients come back to it. They add up: 2 + 3 = 5.',
    '价格用了两次，所以有两个梯度传回来。它们相加：2 + 3 = 5。',
    '値段は 2 回使われるので、2 つの勾配が戻ってくる。それらは足し合わされる。2 + 3 = 5。',
  ),
  names: {
    price: {
      label: words('price of an apple', '苹果价格', 'リンゴの値段'),
      phrase: words('the price', '价格', '値段'),
    },
    mine: {
      label: words('apples for me', '我的个数', '自分の個数'),
      phrase: words('my number', '我的个数', '自分の個数'),
    },
    yours: {
      label: words('apples for you', '你的个数', 'あなたの個数'),
      phrase: words('your number', '你的个数', 'あなたの個数'),
    },
    myApples: { label: words('mine', '我的', '自分'), phrase: words('my apples', '我的苹果', '自分のリンゴ') },
    yourApples: { label: words('yours', '你的', 'あなた'), phrase: words('your apples', '你的苹果', 'あなたのリンゴ') },
    total: {
      label: words('to pay', '支付金额', '支払い金額'),
      phrase: words('the sum to pay', '支付金额', '支払い金額'),
      operator: words('both', '合计', '合計'),
    },
  },
  document: graph([
    { id: 'mine', op: 'input', value: 2 },
    { id: 'price', op: 'input', value: 100 },
    { id: 'yours', op: 'input', value: 3 },
    { id: 'myApples', op: 'mul', inputs: ['mine', 'price'] },
    { id: 'yourApples', op: 'mul', inputs: ['price', 'yours'] },
    { id: 'total', op: 'add', inputs: ['myApples', 'yourApples'] },
  ]),
};

/** z = x · x: the same value in both slots; 3 + 3 = 6. */
export const sameTwice: Preset = {
  id: 'same-twice',
  group: 'branches',
  section: null,
  title: words('x times x', 'x 乘以 x', 'x 掛ける x'),
  caption: words(
    'Both inputs of × are the same x. Each sends back 3, and the sum 6 is the derivative 2x of x².',
    '× 的两个输入是同一个 x。每条线各传回 3，和 6 正是 x² 的导数 2x。',
    '× の 2 つの入力は同じ x である。それぞれ 3 が戻り、和の 6 は x² の微分 2x になる。',
  ),
  names: { x: symbol('x'), z: symbol('z') },
  document: graph([
    { id: 'x', op: 'input', value: 3 },
    { id: 'z', op: 'mul', inputs: ['x', 'x'] },
  ]),
};
