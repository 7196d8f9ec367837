export const LANGUAGES = ['en', 'zh', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The words of one thing that is not in the dictionaries, a preset's labels for example. Chosen with `pick`. */
export type Words = Readonly<Record<Language, string>>;

/**
 * The shape of a section, taken from the English one: same keys, same parameters, any text. A missing or a
 * misspelt key does not compile.
 */
export type Section<T> = T extends string
  ? string
  : T extends (...args: infer A) => infer R
    ? (...args: A) => Section<R>
    : { readonly [K in keyof T]: Section<T[K]> };
