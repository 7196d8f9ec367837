import { language } from './language.ts';
import type { Words } from './types.ts';

export { loadWords } from './late.ts';
export { lateSection, language, parseLanguage, preferredLanguage } from './language.ts';
export { t } from './words.ts';
export { LANGUAGES, type Language, type Section, type Words } from './types.ts';

/** The current language's one of three texts. Reactive. */
export function pick(words: Words): string {
  return words[language.current];
}
