import type { exports as english } from './en/exports.ts';
import { lateSection } from './language.ts';
import type { Section } from './types.ts';

export type ExportsWords = Section<typeof english>;

/** Words of sharing and exporting: fetched when one of them is opened. */
export const exportsWords = lateSection<ExportsWords>({
  en: async () => (await import('./en/exports.ts')).exports,
  zh: async () => (await import('./zh/exports.ts')).exports,
  ja: async () => (await import('./ja/exports.ts')).exports,
});
