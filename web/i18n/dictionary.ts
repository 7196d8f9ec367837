import type { en } from './en';
import type { firstOps } from './en/first-ops.ts';
import type { Section } from './types';

/** All words of the page in one language. */
export type Dictionary = Section<typeof en>;

/** Sections that come with the views that need them; `ops` holds those of the first figure before. */
export type LateName = 'graph' | 'editor' | 'train' | 'embed' | 'errors' | 'ops';

/** What every visitor fetches. */
export type FirstWords = Omit<Dictionary, LateName> & { readonly ops: Section<typeof firstOps> };
