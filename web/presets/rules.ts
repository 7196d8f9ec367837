import { graph, symbol, words, type Preset } from './types.ts';

/** y = f(x) with an upstream signal E: here f = x², x = 5, E = 0.3, so ∂L/∂x = E · 2x = 3. */
export const genericNode: Preset = {
  id: 'generic-node',
  group: 'rules',
  section: '5.2.1',
  title: words('One node, upstream signal E', '一个节点与上游信号 E', 'ノード 1 つと上流の信号 E'),
  caption: words(
    'y = x². The node multiplies the signal E = 0.3 that comes from the right by its local derivative 2x.',
    'y = x²。节点把右边传来的信号 E = 0.3 乘以局部导数 2x。',
    'y = x²。ノードは右から届く信号 E = 0.3 に局所的な微分 2x を掛ける。',
  ),
  names: { x: symbol('x'), y: symbol('y') },
  document: graph(
    [
      { id: 'x', op: 'input', value: 5 },
      { id: 'y', op: 'square', inputs: ['x'] },
    ],
    0.3,
  ),
};

/** z = (x + y)², t = x + y: ∂z/∂x = ∂z/∂y = 2(x + y). */
export const squareOfSum: Preset = {
  id: 'square-of-sum',
  group: 'rules',
  section: '5.2.3',
  title: words('The chain rule on (x + y)²', '(x + y)² 的链式法则', '(x + y)² の連鎖律'),
  caption: words(
    'z = t² with t = x + y. The chain rule is a product along the wires: 1, then 2t, then 2t times 1.',
    'z = t²，t = x + y。链式法则就是沿着线相乘：先是 1，然后是 2t，再乘以 1。',
    'z = t²、t = x + y。連鎖律は線に沿った掛け算である。まず 1、次に 2t、そして 2t に 1 を掛ける。',
  ),
  names: { x: symbol('x'), y: symbol('y'), t: symbol('t'), z: symbol('z') },
  document: graph([
    { id: 'x', op: 'input', value: 2 },
    { id: 'y', op: 'input', value: 3 },
    { id: 't', op: 'add', inputs: ['x', 'y'] },
    { id: 'z', op: 'square', inputs: ['t'] },
  ]),
};

/** 10 + 5 = 15, upstream 1.3: both inputs receive 1.3. */
export const add: Preset = {
  id: 'add',
  group: 'rules',
  section: '5.3.1',
  title: words('The addition node', '加法节点', '加算ノード'),
  caption: words(
    'The gradient 1.3 from the right goes to both inputs unchanged.',
    '右边传来的梯度 1.3 原样传给两个输入。',
    '右から届いた勾配 1.3 が、そのまま両方の入力へ流れる。',
  ),
  names: { x: symbol('x'), y: symbol('y'), z: symbol('z') },
  document: graph(
    [
      { id: 'x', op: 'input', value: 10 },
      { id: 'y', op: 'input', value: 5 },
      { id: 'z', op: 'add', inputs: ['x', 'y'] },
    ],
    1.3,
  ),
};

/** 10 × 5 = 50, upstream 1.3: 1.3 × 5 = 6.5 and 1.3 × 10 = 13. */
export const mul: Preset = {
  id: 'mul',
  group: 'rules',
  section: '5.3.2',
  title: words('The multiplication node', '乘法节点', '乗算ノード'),
  caption: words(
    'Each input receives the gradient 1.3 times the other input: the forward values trade places.',
    '每个输入得到梯度 1.3 乘以另一个输入：正向的值交换了位置。',
    '各入力は、勾配 1.3 にもう一方の入力を掛けた値を受け取る。順伝播の値が入れ替わる。',
  ),
  names: { x: symbol('x'), y: symbol('y'), z: symbol('z') },
  document: graph(
    [
      { id: 'x', op: 'input', value: 10 },
      { id: 'y', op: 'input', value: 5 },
      { id: 'z', op: 'mul', inputs: ['x', 'y'] },
    ],
    1.3,
  ),
};
