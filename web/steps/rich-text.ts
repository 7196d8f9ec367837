/** Text with meaning: sentences and clauses whose numbers carry their role. Pure. */
export type TextRole = 'plain' | 'lead' | 'marked' | 'fwd' | 'grad' | 'param' | 'loss';

export interface Part {
  readonly text: string;
  readonly role: TextRole;
}

export const plain = (text: string): Part => ({ text, role: 'plain' });
export const part = (text: string, role: TextRole): Part => ({ text, role });

type Filling = string | Part | readonly Part[];

/**
 * Fills `{name}` and marks `*word*`. A placeholder without a filling stays as it is, so that a mistake in a dictionary is seen
 * (and found by tests/web/i18n/templates.test.ts).
 */
export function fill(template: string, fillings: Readonly<Record<string, Filling>>): Part[] {
  const parts: Part[] = [];
  for (const piece of template.split(/(\{\w+\}|\*[^*]+\*)/)) {
    if (piece === '') continue;
    const filling = piece.startsWith('{') ? fillings[piece.slice(1, -1)] : undefined;
    if (piece.startsWith('*')) parts.push(part(piece.slice(1, -1), 'marked'));
    else if (filling === undefined) parts.push(plain(piece));
    else if (typeof filling === 'string') parts.push(plain(filling));
    else if ('text' in filling) parts.push(filling);
    else parts.push(...filling);
  }
  return merged(parts);
}

/** "A, B and C". */
export function join(items: readonly (readonly Part[])[], separator: string, last: string): Part[] {
  const parts = items.flatMap((item, i) => [
    ...(i === 0 ? [] : [plain(i === items.length - 1 ? last : separator)]),
    ...item,
  ]);
  return merged(parts);
}

export const textOf = (parts: readonly Part[]): string => parts.map(({ text }) => text).join('');

/** A sentence begins with a capital letter also where a placeholder came first. */
export function capitalised(parts: readonly Part[]): Part[] {
  const [first, ...rest] = parts;
  if (first === undefined || first.role !== 'plain') return [...parts];
  return [{ ...first, text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...rest];
}

function merged(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  for (const next of parts) {
    const previous = result.at(-1);
    if (previous?.role === 'plain' && next.role === 'plain') {
      result[result.length - 1] = plain(previous.text + next.text);
    } else {
      result.push(next);
    }
  }
  return result;
}
