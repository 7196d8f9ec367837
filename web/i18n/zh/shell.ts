import type { shell as en } from '../en/shell.ts';

export const shell: typeof en = {
  product: 'Backprop Playground',
  home: 'Backprop Playground，首页',
  skip: '跳到正文',
  nav: '页面',
  menu: '菜单',
  views: { home: '首页', graph: '计算图', digits: '手写数字', train: '训练' },
  tab: (view) => `${view} – Backprop Playground`,
  tabHome: 'Backprop Playground：看梯度怎样一步步往回走',
  language: '语言',
  theme: '主题',
  themes: { light: '浅色', dark: '深色', auto: '自动' },
  loading: '正在载入…',
  notices: {
    label: '消息',
    close: '关闭',
    retry: '再试一次',
    restarted: '计算引擎停止了，已重新启动。你的手写、计算图和设置都还在。',
    dead: '计算引擎接连停止了几次，现已关闭。你的手写、计算图和设置还在页面上；重新载入页面可再次启动引擎。',
    unsupported:
      '这个浏览器没有引擎所需的 WebAssembly SIMD。Chrome 91、Firefox 89、Safari 16.4 及更新的版本都支持；请换用其中之一打开本页。',
    notLoaded: '计算引擎没能载入。请检查网络连接，然后再试一次。',
    viewNotLoaded: (view) => `“${view}”页面没能载入。请检查网络连接，然后再试一次。`,
    details: '浏览器给出的信息',
    broken: '这个页面里有一处出错了。其余部分不受影响。',
  },
};
