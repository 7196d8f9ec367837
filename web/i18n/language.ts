import { createSubscriber } from 'svelte/reactivity';
import type { FirstWords } from './dictionary';
import { LANGUAGES, type Language } from './types';

/** One chunk a language: a visitor fetches only the one that is read. */
const load: Record<Language, () => Promise<FirstWords>> = {
  en: async () => (await import('./en/first.ts')).first,
  zh: async () => (await import('./zh/first.ts')).first,
  ja: async () => (await import('./ja/first.ts')).first,
};

let current: Language = 'en';
let dictionary: FirstWords | null = null;
let wanted = 0;
/** The language that was asked for last; `current` follows. */
let goal: Language = 'en';
let changed = (): void => undefined;
/** Sections that were loaded later than the rest: a change of language brings theirs along. */
const lateSections = new Set<(next: Language) => Promise<() => void>>();
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
    goal = next;
    const ticket = wanted;
    const [words, ...late] = await Promise.all([load[next](), ...Array.from(lateSections, (prepare) => prepare(next))]);
    if (ticket !== wanted) return;
    current = next;
    dictionary = words;
    late.forEach((commit) => commit());
    changed();
  },
};

/** What every visitor fetches, in the current language; null before `language.set`. Reactive. */
export function firstWords(): FirstWords | null {
  subscribe();
  return dictionary;
}

export interface LateSection<S extends object> {
  /** Like `t`: reactive, and an error before `load` has resolved. */
  readonly words: S;
  /** The same, null before. Reactive. */
  readonly loaded: S | null;
  /** Fetches the section in the current language, once; from then on it follows the language. */
  load(): Promise<void>;
}

/** Words of a part of the page that is not needed at first: they come with that part, not with the page. */
export function lateSection<S extends object>(sections: Record<Language, () => Promise<S>>): LateSection<S> {
  let section: S | null = null;
  let loading: Promise<void> | null = null;
  const prepare = async (next: Language): Promise<() => void> => {
    const words = await sections[next]();
    return () => {
      section = words;
    };
  };
  const first = async (): Promise<void> => {
    lateSections.add(prepare);
    // The language may be changed while the words are on their way.
    for (let loaded: Language | null = null; loaded !== goal;) {
      loaded = goal;
      (await prepare(loaded))();
    }
    changed();
  };
  return {
    words: new Proxy({} as S, {
      get(_, key) {
        subscribe();
        if (section === null) throw new Error(`The words of "${String(key)}" were read before they were loaded.`);
        return Reflect.get(section, key) as unknown;
      },
    }),
    get loaded() {
      subscribe();
      return section;
    },
    load() {
      loading ??= first().catch((error: unknown) => {
        loading = null;
        throw error;
      });
      return loading;
    },
  };
}

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
