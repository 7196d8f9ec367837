import type { errors as en } from '../en/errors.ts';

export const errors: typeof en = {
  MalformedDocument: 'これはグラフの文書ではない。詳細に示された場所を確かめる。',
  MalformedFile: 'ファイルの内容が合わない。途中で切れた可能性がある。もう一度入手する。',
  UnknownOp: '存在しない演算が使われている。名前を確かめる。',
  UnknownNode: 'グラフにないノードが入力に指定されている。ノードを加えるか、名前を直す。',
  DuplicateNode: '2 つのノードの id が同じである。片方を変える。',
  WrongArity: '入力の数が多すぎるか少なすぎるノードがある。',
  Cycle: 'ノードが輪になっていて、互いに待っている。接続を 1 つ外す。',
  ShapeMismatch: '形状が合わない。',
  InvalidAttribute: 'ノードの設定が未知か、足りないか、範囲の外にある。',
  InvalidValue: 'ここでは意味のない数である。',
  NotALeaf: '値を与えられるのは入力、パラメータ、定数だけである。',
  NotComputed: 'この値はまだない。計算されるまで進む。',
  NotFinite: '損失が有限の数でなくなった。学習率を小さくする。',
  OutOfRange: '範囲の外の数がある。',
  TooLarge: 'このページの上限を超えるメモリが要る。小さいものにする。',
  Unsupported: 'ここではできない。',
  Disposed: 'すでに閉じられている。もう一度開く。',
  other: '問題が起きた。',
  details: ({ message }) => `${message}`,
};
