import type { en } from './en';
import type { Section } from './types';

/** All words of the page in one language. */
export type Dictionary = Section<typeof en>;
