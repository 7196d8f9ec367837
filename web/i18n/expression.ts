import type { expression as english } from './en/expression.ts';
import { lateSection } from './language.ts';
import type { Section } from './types.ts';

export type ExpressionWords = Section<typeof english>;

/** Words of the expression bar: fetched with it. */
export const expressionWords = lateSection<ExpressionWords>({
  en: async () => (await import('./en/expression.ts')).expression,
  zh: async () => (await import('./zh/expression.ts')).expression,
  ja: async () => (await import('./ja/expression.ts')).expression,
});
