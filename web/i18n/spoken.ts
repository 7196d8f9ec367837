import type { Language } from './types.ts';

interface SpokenWords {
  readonly product: (parts: Readonly<Record<'to' | 'upstream' | 'local' | 'sign' | 'product', string>>) => string;
}

/** What the step bar says beyond its sentence, for those who hear it. One line a language: too small for chunks of their own. */
export const spokenWords: Readonly<Record<Language, SpokenWords>> = {
  en: {
    product: ({ to, upstream, local, sign, product }) =>
      `To ${to}: upstream ${upstream} × local ${local} ${sign} ${product}.`,
  },
  zh: {
    product: ({ to, upstream, local, sign, product }) =>
      `传给${to}：上游 ${upstream} × 局部导数 ${local} ${sign} ${product}。`,
  },
  ja: {
    product: ({ to, upstream, local, sign, product }) =>
      `${to}へ：上流 ${upstream} × 局所的な微分 ${local} ${sign} ${product}。`,
  },
};
