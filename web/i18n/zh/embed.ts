import type { embed as en } from '../en/embed.ts';

export const embed: typeof en = {
  reset: '重置',
  resetLong: '把图恢复到最初的状态',
  openFull: '在完整页面打开',
  openFullLong: '在新标签页中用 Backprop Playground 打开这个图',
  tellAuthor: '请告知本页作者。现有的图都在完整页面里。',
};
