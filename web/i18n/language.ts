import { createSubscriber } from 'svelte/reactivity';
import type { Dictionary } from './dictionary';
import { LANGUAGES, type Language } from './types';

/** One chunk a language: a visitor fetches only the one that is read. */
const load: Record<Language, () => Promise<Dictionary>> = {
  en: async () => (await import('./en')).en,
  zh: async () => (await import('./zh')).zh,
  ja: async () => (await import('./ja')).ja,
};

let current: Language = 'en';
let dictionary: Dictionary | null = null;
let wanted = 0;
let changed = (): void => undefined;
const subscribe = createSubscriber((update) => {
  changed = update;
});

export const language = {
  /** Reactive. */
  get current(): Language {
    subscribe();
    return current;
  },
  /** Loads the words, then switches everything at once. Of two calls in flight the later one wins. */
  async set(next: Language): Promise<void> {
    wanted += 1;
    const ticket = wanted;
    const words = await load[next]();
    if (ticket !== wanted) return;
    current = next;
    dictionary = words;
    changed();
  },
};

/** The words of the current language: `t.graph.title`. Reactive; `language.set` comes first. */
export const t: Dictionary = new Proxy({} as Dictionary, {
  get(_, section) {
    subscribe();
    if (dictionary === null)
      throw new Error(
        `t.${String(section)} was read before a language was set. Await language.set(…) before mounting.`,
      );
    return Reflect.get(dictionary, section) as unknown;
  },
});

/** `zh-Hans-CN` → zh; null where the page does not speak it. */
export function parseLanguage(tag: string | null | undefined): Language | null {
  const primary = tag?.toLowerCase().split(/[-_]/)[0];
  return LANGUAGES.find((known) => known === primary) ?? null;
}

/** The first of a reader's languages that the page speaks; English without any. */
export function preferredLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    const known = parseLanguage(tag);
    if (known !== null) return known;
  }
  return 'en';
}
