import type { Dictionary, LateName } from './dictionary.ts';
import { lateSection, type LateSection } from './language.ts';

/** Sections of `t` that are not fetched with the page. A chunk each, and one language of it. */
export const late: { readonly [K in LateName]: LateSection<Dictionary[K]> } = {
  ops: lateSection<Dictionary['ops']>({
    en: async () => (await import('./en/ops.ts')).ops,
    zh: async () => (await import('./zh/ops.ts')).ops,
    ja: async () => (await import('./ja/ops.ts')).ops,
  }),
  graph: lateSection<Dictionary['graph']>({
    en: async () => (await import('./en/graph.ts')).graph,
    zh: async () => (await import('./zh/graph.ts')).graph,
    ja: async () => (await import('./ja/graph.ts')).graph,
  }),
  errors: lateSection<Dictionary['errors']>({
    en: async () => (await import('./en/errors.ts')).errors,
    zh: async () => (await import('./zh/errors.ts')).errors,
    ja: async () => (await import('./ja/errors.ts')).errors,
  }),
  editor: lateSection<Dictionary['editor']>({
    en: async () => (await import('./en/editor.ts')).editor,
    zh: async () => (await import('./zh/editor.ts')).editor,
    ja: async () => (await import('./ja/editor.ts')).editor,
  }),
  train: lateSection<Dictionary['train']>({
    en: async () => (await import('./en/train.ts')).train,
    zh: async () => (await import('./zh/train.ts')).train,
    ja: async () => (await import('./ja/train.ts')).train,
  }),
  embed: lateSection<Dictionary['embed']>({
    en: async () => (await import('./en/embed.ts')).embed,
    zh: async () => (await import('./zh/embed.ts')).embed,
    ja: async () => (await import('./ja/embed.ts')).embed,
  }),
};

/** Fetches sections in the current language; from then on they follow it. Before a part that reads them is shown. */
export async function loadWords(...names: LateName[]): Promise<void> {
  await Promise.all(names.map((name) => late[name].load()));
}
