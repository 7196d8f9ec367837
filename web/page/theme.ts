import { createSubscriber } from 'svelte/reactivity';
import { recall, remember } from './storage.ts';

export const THEMES = ['light', 'dark', 'auto'] as const;
export type ThemeChoice = (typeof THEMES)[number];
export type Theme = 'light' | 'dark';

const KEY = 'theme';
let choice: ThemeChoice = 'auto';
let changed = (): void => undefined;
const subscribe = createSubscriber((update) => {
  changed = update;
});

export const theme = {
  /** What the reader chose. Reactive. */
  get choice(): ThemeChoice {
    subscribe();
    return choice;
  },
  /** What is shown. Reactive. */
  get shown(): Theme {
    subscribe();
    return resolve();
  },
  /** Chooses and remembers. */
  set(next: ThemeChoice): void {
    remember(KEY, next);
    this.show(next);
  },
  /** Shows without remembering: an embedded figure follows its host. */
  show(next: ThemeChoice): void {
    choice = next;
    apply();
  },
};

export function parseTheme(text: string | null | undefined): ThemeChoice | null {
  return THEMES.find((known) => known === text) ?? null;
}

/** Takes up the remembered choice and follows the system while it is `auto`. */
export function startTheme(initial: ThemeChoice = parseTheme(recall(KEY)) ?? 'auto'): void {
  choice = initial;
  darkSystem()?.addEventListener('change', apply);
  apply();
}

function darkSystem(): MediaQueryList | undefined {
  return typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : undefined;
}

function resolve(): Theme {
  if (choice !== 'auto') return choice;
  return darkSystem()?.matches ? 'dark' : 'light';
}

function apply(): void {
  document.documentElement.dataset['theme'] = resolve();
  changed();
}
