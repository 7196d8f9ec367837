import { parseDraft } from '../../editor/read-draft.ts';
import type { Draft } from '../../editor/draft.ts';
import { forget, recall, remember } from '../../page/storage.ts';

/** What was being edited when the page was left, closed or lost. */
export interface Saved {
  readonly draft: Draft;
  readonly step: number;
  /** The example that it was made from. */
  readonly example: string | null;
  /** The address at that time. */
  readonly hash: string;
}

const key = 'graph.draft';

/** False where the browser keeps nothing, or not that much. */
export const save = ({ draft, ...rest }: Saved): boolean =>
  remember(key, JSON.stringify({ ...rest, draft: JSON.stringify(draft) }));

export const discard = (): void => forget(key);

export function saved(): Saved | null {
  const text = recall(key);
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<Record<string, unknown>> | null;
    const draft = typeof value?.['draft'] === 'string' ? parseDraft(value['draft']) : null;
    if (value === null || draft === null) return null;
    const { step, example, hash } = value;
    return {
      draft,
      step: typeof step === 'number' ? step : 0,
      example: typeof example === 'string' ? example : null,
      hash: typeof hash === 'string' ? hash : '',
    };
  } catch {
    return null;
  }
}
