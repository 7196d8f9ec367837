export const shell = {
  product: 'Backprop Playground',
  home: 'Backprop Playground, home',
  skip: 'Skip to the content',
  nav: 'Views',
  menu: 'Menu',
  views: { home: 'Home', graph: 'Graph', digits: 'Digits', train: 'Train' },
  /** Title of the browser tab. */
  tab: (view: string) => `${view} – Backprop Playground`,
  tabHome: 'Backprop Playground: see how a gradient finds its way back',
  language: 'Language',
  theme: 'Theme',
  themes: { light: 'Light', dark: 'Dark', auto: 'Auto' },
  loading: 'Loading …',
  notices: {
    label: 'Messages',
    close: 'Close',
    retry: 'Try again',
    restarted: 'The engine stopped and was started again. Your drawing, graph and settings are still here.',
    dead: 'The engine stopped several times in a row and stays off. Your drawing, graph and settings are still on the page; reload it to start the engine again.',
    unsupported:
      'This browser has no WebAssembly SIMD, which the engine needs. Chrome 91, Firefox 89 and Safari 16.4 and their successors have it; open the page in one of them.',
    notLoaded: 'The engine could not be loaded. Check the connection and try again.',
    viewNotLoaded: (view: string) => `The view “${view}” could not be loaded. Check the connection and try again.`,
    details: 'What the browser said',
    /** The page itself failed: a fault of ours. */
    broken: 'Something in this view failed. The rest of the page goes on.',
  },
};
