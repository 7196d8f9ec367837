import type { embed as en } from '../en/embed.ts';

export const embed: typeof en = {
  reset: 'リセット',
  resetLong: '図を最初の状態に戻す',
  openFull: '全画面版で開く',
  openFullLong: 'この図を新しいタブの Backprop Playground で開く',
  tellAuthor: 'このページの作者に知らせてください。用意された図は全画面版にあります。',
};
