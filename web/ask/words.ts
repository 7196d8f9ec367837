import { lateSection } from '../i18n/index.ts';
import type { ask } from '../i18n/en/ask.ts';

/** The words of this room. They come with its parts: whoever opens one goes through `withWords`. */
const section = lateSection<typeof ask>({
  en: async () => (await import('../i18n/en/ask.ts')).ask,
  zh: async () => (await import('../i18n/zh/ask.ts')).ask,
  ja: async () => (await import('../i18n/ja/ask.ts')).ask,
});

export const words = section.words;

/** A part of this room, and the words that it needs. */
export async function withWords<T>(part: () => Promise<T>): Promise<T> {
  const [loaded] = await Promise.all([part(), section.load()]);
  return loaded;
}
