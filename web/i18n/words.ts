import type { Dictionary } from './dictionary.ts';
import { firstWords } from './language.ts';
import { late } from './late.ts';

/** The words of the current language: `t.shell.skip`. Reactive. `language.set` comes first, and `loadWords` where a section is late. */
export const t: Dictionary = new Proxy({} as Dictionary, {
  get(_, name) {
    const section: unknown = name in late ? late[name as keyof typeof late].loaded : null;
    if (section !== null) return section;
    const first = firstWords();
    if (first === null || !(name in first))
      throw new Error(
        `t.${String(name)} was read before its words were there. Await language.set(…) before mounting, and loadWords(…) for a late section.`,
      );
    return Reflect.get(first, name) as unknown;
  },
});
