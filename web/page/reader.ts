import { language, parseLanguage, preferredLanguage, type Language } from '../i18n/index.ts';
import { recall, remember } from './storage.ts';

const KEY = 'language';

/** Takes up the language of an earlier visit, else the first of the browser's languages that the page speaks. */
export async function chooseLanguage(): Promise<void> {
  await showLanguage(parseLanguage(recall(KEY)) ?? preferredLanguage(navigator.languages));
}

/** Switches and remembers. */
export async function setLanguage(next: Language): Promise<void> {
  remember(KEY, next);
  await showLanguage(next);
}

/** Switches without remembering: an embedded figure speaks the language of its host. */
export async function showLanguage(next: Language): Promise<void> {
  await language.set(next);
  document.documentElement.lang = next === 'zh' ? 'zh-Hans' : next;
}
