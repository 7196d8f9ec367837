import { createSubscriber } from 'svelte/reactivity';

/** What the address says, all of it in the hash so that any static host serves every link: `#/graph?example=apple&step=4`. */
export const VIEWS = ['home', 'graph', 'digits', 'train'] as const;
export type ViewName = (typeof VIEWS)[number];
export type Params = Readonly<Record<string, string>>;
export interface Route {
  readonly view: ViewName;
  readonly params: Params;
}

/** An unknown view leads home: an old link should not end in nothing. */
export function parseRoute(hash: string): Route {
  // Short forms, as an embedded figure has them: `#g=…`, `#expr=…`.
  if (/^#(g|expr)=/.test(hash)) return parseRoute(`#/graph?${hash.slice(1)}`);
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const view = VIEWS.find((known) => known !== 'home' && known === path.replace(/\/$/, '')) ?? 'home';
  return { view, params: Object.fromEntries(new URLSearchParams(query)) };
}

/** The link of a view; parameters that are undefined are left out. */
export function hrefFor(view: ViewName, params: Readonly<Record<string, string | number | undefined>> = {}): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) if (value !== undefined) query.set(key, String(value));
  const text = query.toString();
  return `#/${view === 'home' ? '' : view}${text === '' ? '' : `?${text}`}`;
}

const subscribe = createSubscriber((update) => {
  window.addEventListener('hashchange', update);
  window.addEventListener(REPLACED, update);
  window.addEventListener('pagehide', flush);
  return () => {
    window.removeEventListener('hashchange', update);
    window.removeEventListener(REPLACED, update);
    window.removeEventListener('pagehide', flush);
  };
});
const REPLACED = 'backprop-route-replaced';

export const route = {
  /** Reactive. */
  get current(): Route {
    subscribe();
    return parseRoute(window.location.hash);
  },
};

/** Goes to a view; the browser's back button comes back here. */
export function navigate(view: ViewName, params: Parameters<typeof hrefFor>[1] = {}): void {
  window.location.hash = hrefFor(view, params);
}

/**
 * Writes the state of the open view into the address without a new entry in the history: for steps and choices that come many a second.
 * Browsers allow about 100 changes in 30 s, and a long address costs milliseconds, so bursts are written once they rest.
 */
export function replaceParams(params: Parameters<typeof hrefFor>[1]): void {
  wanted = { from: window.location.hash, params };
  due ??= performance.now() + LONGEST;
  clearTimeout(timer);
  timer = setTimeout(flush, Math.min(REST, Math.max(0, due - performance.now())));
}

/** Milliseconds without a change after which the address is written, and the longest that it waits. */
const REST = 300;
const LONGEST = 1500;

/** `from` is the address that `params` are to stand for. */
let wanted: { from: string; params: Parameters<typeof hrefFor>[1] } | null = null;
let due: number | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

function flush(): void {
  clearTimeout(timer);
  due = null;
  const target = wanted;
  wanted = null;
  const { hash } = window.location;
  // The reader may have gone elsewhere meanwhile, to another view or another example: that must not be undone.
  if (target === null || hash !== target.from) return;
  const href = hrefFor(parseRoute(hash).view, target.params);
  if (href === hash) return;
  try {
    window.history.replaceState(window.history.state, '', href);
    window.dispatchEvent(new Event(REPLACED));
  } catch {
    // A sandboxed frame may refuse; the address then stays as it was.
  }
}
