import type { ExportsWords } from '../exports.ts';

export const exports: ExportsWords = {
  title: '書き出し',
  note: ({ step }) => `${step}のグラフを、その数とともに書き出します。`,
  theme: '画像',
  light: 'ライト',
  dark: 'ダーク',
  copy: 'コピー',
  copyImage: '画像としてコピー',
  save: '保存',
  print: '1 ページに印刷',
  close: '閉じる',
  kinds: {
    svg: { name: 'SVG', what: 'どの大きさでも鮮明な画像' },
    png: { name: 'PNG', what: '2 倍の大きさの画像' },
    mermaid: { name: 'Mermaid', what: 'Markdown のページ用' },
    tikz: { name: 'TikZ', what: 'LaTeX のグラフ' },
    derivation: { name: '導出', what: '連鎖律の全ステップをこの数とともに LaTeX で' },
    numpy: { name: 'NumPy', what: '順伝播と逆伝播を手で書いたプログラム' },
    notebook: { name: 'Jupyter ノートブック', what: 'NumPy のプログラムをセルに分け、一言ずつ説明を付けたもの' },
    pytorch: { name: 'PyTorch', what: 'autograd が勾配を求めるプログラム' },
    tensorflow: { name: 'TensorFlow.js', what: 'プログラム：tf.grads が勾配を求める' },
    program: { name: 'プログラム', what: '式の欄の文を、すべての値とともに' },
  },
  notebook: {
    intro:
      'NumPy で書いた計算グラフ。順伝播と逆伝播を手で書いたもので、Backprop Playground のステップと同じ順に計算する。セルを上から順に実行する。',
    given: '入力とパラメータ。',
    forward: '順伝播：各ノードが入力から値を計算する。',
    backward:
      '逆伝播：結果から入力へ向かって、各ノードは右から来た勾配（上流）に局所的な微分を掛けて渡す。`d_x` は `x` の勾配で、複数の勾配が届けば足し合わせる。',
    result: '各ノードの名前、値、勾配。',
  },
  working: '作成中…',
  saved: ({ name }) => `${name} を保存しました。`,
  copied: ({ name }) => `${name} をコピーしました。`,
  copyFailed: 'ブラウザーがコピーを許可しません。代わりに保存してください。',
  failed: ({ name }) => `このグラフから ${name} は作れませんでした。`,
  unsupported: ({ name, op }) => `${name} には「${op}」の書き方がまだありません。`,
  tooLarge: ({ name }) => `このグラフは ${name} には大きすぎます。`,

  code: {
    note: '同じ流れを NumPy の行で、順伝播も逆伝播も手書きしたものです。いまのステップの行に印が付き、行を押すとそのステップへ移ります。',
    given: '与えられた値',
    forward: '順伝播',
    backward: '逆伝播',
    tooLong: 'このグラフはノードが多く、コードとして読むには長すぎます。「書き出し」に全体のプログラムがあります。',
  },

  share: '共有',
  shareNote: 'リンクにはグラフ全体が入っています。サーバーには何も送られません。',
  link: 'リンク',
  atStep: ({ step }) => `ステップ ${step} で開く`,
  copyLink: 'リンクをコピー',
  linkCopied: 'リンクをコピーしました。',
  linkTooLong: ({ limit }) =>
    `このグラフには ${limit} 文字を超える長さが必要で、リンクに収まりません。ファイルに保存して送ってください。`,
  qr: 'リンクの QR コード',
  qrTooLong: ({ length, limit }) =>
    `リンクは ${length} 文字あります。スマートフォンで読める QR コードに入るのは ${limit} 文字までなので、リンクそのものを送ってください。`,
  saveQr: 'QR コードを保存',
  embed: '自分のページ用',
  copyEmbed: 'コードをコピー',
  embedCopied: 'コードをコピーしました。',
};
