import type { shell as en } from '../en/shell.ts';

export const shell: typeof en = {
  product: 'Backprop Playground',
  home: 'Backprop Playground、ホーム',
  skip: '本文へ移動',
  nav: 'ページ',
  menu: 'メニュー',
  views: { home: 'ホーム', graph: '計算グラフ', digits: '手書き数字', train: '学習' },
  tab: (view) => `${view} – Backprop Playground`,
  tabHome: 'Backprop Playground：勾配が逆にたどる道を見る',
  language: '言語',
  theme: 'テーマ',
  themes: { light: 'ライト', dark: 'ダーク', auto: '自動' },
  loading: '読み込み中…',
  notices: {
    label: 'お知らせ',
    close: '閉じる',
    retry: 'もう一度',
    restarted: '計算エンジンが止まったため、起動し直しました。書いた数字、グラフ、設定はそのまま残っています。',
    dead: '計算エンジンが続けて止まったため、停止したままにしています。書いた数字、グラフ、設定はページに残っています。ページを再読み込みすると、もう一度起動します。',
    unsupported:
      'このブラウザーには、エンジンに必要な WebAssembly SIMD がありません。Chrome 91、Firefox 89、Safari 16.4 以降で使えます。いずれかでこのページを開いてください。',
    notLoaded: '計算エンジンを読み込めませんでした。接続を確かめて、もう一度お試しください。',
    viewNotLoaded: (view) => `「${view}」を読み込めませんでした。接続を確かめて、もう一度お試しください。`,
    details: 'ブラウザーからのメッセージ',
    broken: 'このページの一部で問題が起きました。ほかの部分はそのまま使えます。',
  },
};
