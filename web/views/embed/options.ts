import { parseLanguage, type Language } from '../../i18n/index.ts';
import { parseTheme, type ThemeChoice } from '../../page/theme.ts';
import type { Source } from '../../shared/embed.ts';

/** What the address of an embedded figure asks for. */
export interface EmbedOptions {
  readonly source: Source;
  readonly step: number;
  /** Null: the reader's own. */
  readonly language: Language | null;
  readonly theme: ThemeChoice;
  readonly readonly: boolean;
  /** The host fixed the height: none is reported. */
  readonly fixedHeight: boolean;
}

const FIRST_EXAMPLE = 'apple';

/**
 * Reads the query and the fragment of an address; the fragment, which no server sees, has the last word. What cannot be read is as if
 * it were not there; whether the example exists, the figure says. Pure.
 */
export function parseOptions(search: string, hash: string): EmbedOptions {
  const parameters = new URLSearchParams(search);
  for (const [name, value] of new URLSearchParams(hash.replace(/^#/, ''))) parameters.set(name, value);
  const get = (name: string): string | null => parameters.get(name) || null;
  return {
    source: sourceOf(get('example'), get('graph'), get('g'), get('expr')),
    step: /^\d{1,9}$/.test(get('step') ?? '') ? Number(get('step')) : 0,
    language: parseLanguage(get('lang')),
    theme: parseTheme(get('theme')) ?? 'auto',
    readonly: parameters.has('readonly') && !['0', 'false'].includes(parameters.get('readonly') ?? ''),
    fixedHeight: Number(get('height') ?? 0) > 0,
  };
}

function sourceOf(example: string | null, graph: string | null, g: string | null, expr: string | null): Source {
  if (g !== null) return { g };
  if (expr !== null) return { expr };
  if (graph !== null) return { graph };
  return { example: example ?? FIRST_EXAMPLE };
}
