import type { home as en } from '../en/home.ts';

export const home: typeof en = {
  headline: '勾配が逆にたどる道を見る。',
  lead: '計算グラフを順伝播させたら、ノードを一つずつ逆にたどります。計算はすべてこのページの中で行います。',
  graph: {
    figure: '図 1',
    caption:
      '1 個 100 円のリンゴを 2 個、消費税 10%。値は線の上、勾配は線の下にあります。枠の中の数を変えると計算し直します。',
    label: '図 1：リンゴ 2 個と消費税、1 ステップずつ動かせます',
  },
  digits: {
    figure: '図 2',
    captionBefore: '数字を書いてください。',
    captionAfter: 'を押すと、勾配をピクセルまで逆にたどります。',
    label: '図 2：数字を書く',
    clear: '消す',
    undo: '元に戻す',
    why: 'なぜ？',
    whyLabel: 'なぜ？ 書いた数字の勾配をピクセルまでたどる',
  },
  contents: 'ここにあるもの',
  about: {
    graph: 'ノードと線で組み立てるか、式を書いて、1 ステップずつ動かします。',
    digits: '数字を書き、勾配が層を逆にたどる様子を追います。',
    train: 'その場で作られる数字をネットワークが学ぶ様子を見ます。',
  },
};
