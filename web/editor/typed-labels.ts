import { formatNumber } from '../page/format.ts';
import type { DocumentNode } from '../shared/api.ts';
import { type Draft, usesOf } from './draft.ts';
import type { Edit } from './edits.ts';

/**
 * Labels that say what a node is computed from, `apple × n`, as a typed expression leaves them, and of constants that say their value. When
 * what they tell changes they follow, or go: a label never tells what is no longer so. Labels without signs are names, and stay.
 */
export function keepLabelsTrue(before: Draft, after: Draft, edit: Edit): Draft {
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- other edits change nothing that a label tells
  switch (edit.type) {
    case 'value': {
      const old = before.nodes.find(({ id }) => id === edit.id);
      if (typeof old?.value !== 'number' || old.label !== formatNumber(old.value)) return after;
      const { value } = edit;
      const label = typeof value === 'number' ? formatNumber(value) : undefined;
      const next = relabelled(after, new Map([[edit.id, label]]));
      return withTold(next, [old.label], label ?? null, descendantsOf(next, edit.id), true);
    }
    case 'rename': {
      const old = before.nodes.find(({ id }) => id === edit.id);
      return old?.label === undefined ? withTold(after, [edit.id], edit.name) : after;
    }
    case 'connect':
      return rewired(before, after, edit.to);
    case 'disconnect':
      return rewired(before, after, edit.to);
    case 'remove':
      return before.nodes
        .filter(({ inputs = [] }) => inputs.some((from) => edit.ids.includes(from)))
        .reduce((draft, { id }) => rewired(before, draft, id), after);
    default:
      return after;
  }
}

/** The label of a node with other inputs goes, and with it all that repeat it. */
function rewired(before: Draft, after: Draft, id: string): Draft {
  const old = before.nodes.find((node) => node.id === id);
  const now = after.nodes.find((node) => node.id === id);
  if (old === undefined || now === undefined || old.inputs?.join('\n') === now.inputs?.join('\n')) return after;
  if (!tellsExpression(old)) return after;
  const label = old.label ?? '';
  return withTold(relabelled(after, new Map([[id, undefined]])), [label], null, descendantsOf(after, id));
}

const tellsExpression = ({ label, inputs }: DocumentNode): boolean =>
  inputs !== undefined && label !== undefined && /[×+−·/@^²³()]|^[\d.]+\p{ID_Start}\p{ID_Continue}*$/u.test(label);

/**
 * Expressions among `of` that contain one of `texts` as a whole word: with `by` in its place, or without a label. Where a word stands more
 * than once, as 3 in `3x + 3`, it is not sure which is meant: `once` then takes the label away.
 */
function withTold(
  draft: Draft,
  texts: readonly string[],
  by: string | null,
  of?: ReadonlySet<string>,
  once = false,
): Draft {
  const changed = new Map<string, string | undefined>();
  const gone = [...texts];
  for (const text of gone) {
    const escaped = text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    // After a number a name may follow: 3x.
    const end = /^[−\d.]+$/.test(text) ? '(?![\\d.])' : '(?!\\p{ID_Continue})';
    const word = new RegExp(`(?<![\\p{ID_Continue}.])${escaped}${end}`, 'gu');
    for (const node of draft.nodes) {
      const label = changed.has(node.id) ? changed.get(node.id) : node.label;
      if (of?.has(node.id) === false || label === undefined || !tellsExpression({ ...node, label })) continue;
      const found = label.match(word)?.length ?? 0;
      if (found === 0) continue;
      const drop = by === null || (once && found > 1);
      changed.set(node.id, drop ? undefined : label.replace(word, () => by));
      if (drop) gone.push(label);
    }
  }
  return changed.size === 0 ? draft : relabelled(draft, changed);
}

/** Everything that is computed from a node. */
function descendantsOf(draft: Draft, id: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const waiting = [id]; waiting.length > 0;) {
    for (const { to } of usesOf(draft, waiting.pop() ?? '')) {
      if (found.has(to)) continue;
      found.add(to);
      waiting.push(to);
    }
  }
  return found;
}

function relabelled(draft: Draft, labels: ReadonlyMap<string, string | undefined>): Draft {
  const nodes = draft.nodes.map((node) => {
    if (!labels.has(node.id)) return node;
    const { label: _, ...rest } = node;
    const label = labels.get(node.id);
    return label === undefined ? rest : { ...rest, label };
  });
  return { ...draft, nodes };
}
