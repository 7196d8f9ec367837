import type { Attributes, DocumentNode, GraphDocument, NestedNumbers } from '../shared/api.ts';
import { type Draft, emptySlot } from './draft.ts';
import { keepLabelsTrue } from './typed-labels.ts';

/** Everything that can be done to a draft, as plain data: recorded, undone, told. */
export type Edit =
  /** `positions`: where the others stand, for a graph that laid itself out so far. */
  | {
      readonly type: 'add';
      readonly nodes: readonly DocumentNode[];
      readonly connect?: readonly Connection[];
      readonly positions?: Positions;
    }
  | { readonly type: 'remove'; readonly ids: readonly string[] }
  | ({ readonly type: 'connect' } & Connection)
  | { readonly type: 'disconnect'; readonly to: string; readonly slot: number }
  /** Another id. Who names the node by its id follows. */
  | { readonly type: 'rename'; readonly id: string; readonly name: string }
  | { readonly type: 'label'; readonly id: string; readonly label: string }
  | { readonly type: 'value'; readonly id: string; readonly value: NestedNumbers }
  | { readonly type: 'attrs'; readonly id: string; readonly attrs: Attributes }
  /** Another kind of leaf: input, parameter or constant. */
  | { readonly type: 'kind'; readonly id: string; readonly op: string }
  | { readonly type: 'move'; readonly positions: Positions }
  /** Forgets all positions: the figure lays itself out. */
  | { readonly type: 'arrange' }
  | { readonly type: 'output'; readonly id: string | null }
  /** Gradient that enters at the output; null: ones. */
  | { readonly type: 'seed'; readonly seed: NestedNumbers | null }
  /** `id` null: of the whole graph. An empty text takes the note away. */
  | { readonly type: 'note'; readonly id: string | null; readonly text: string }
  /** `name` null takes the nodes out of their blocks. */
  | { readonly type: 'group'; readonly ids: readonly string[]; readonly name: string | null }
  | { readonly type: 'title'; readonly title: string }
  | { readonly type: 'replace'; readonly document: GraphDocument };

/** Of circles and boxes the centre, of inputs the start of the wire; px at scale 1. */
export type Positions = Readonly<Record<string, readonly [x: number, y: number]>>;

export interface Connection {
  readonly from: string;
  readonly to: string;
  readonly slot: number;
}

const without = <T extends object, K extends keyof T>(object: T, key: K): Omit<T, K> => {
  const { [key]: _, ...rest } = object;
  return rest;
};

/** The draft with some of its nodes changed; the same draft where nothing changes. */
function change(draft: Draft, ids: readonly string[], to: (node: DocumentNode) => DocumentNode): Draft {
  const chosen = new Set(ids);
  let changed = false;
  const nodes = draft.nodes.map((node) => {
    if (!chosen.has(node.id)) return node;
    const next = to(node);
    changed ||= next !== node;
    return next;
  });
  return changed ? { ...draft, nodes } : draft;
}

const withInput = (node: DocumentNode, slot: number, from: string): DocumentNode => {
  const inputs = node.inputs ?? [];
  if (slot < 0 || slot >= inputs.length || inputs[slot] === from) return node;
  return { ...node, inputs: inputs.map((old, i) => (i === slot ? from : old)) };
};

function remove(draft: Draft, ids: readonly string[]): Draft {
  const gone = new Set(ids);
  const nodes = draft.nodes
    .filter(({ id }) => !gone.has(id))
    .map((node) =>
      node.inputs?.some((from) => gone.has(from))
        ? { ...node, inputs: node.inputs.map((from) => (gone.has(from) ? emptySlot : from)) }
        : node,
    );
  if (nodes.length === draft.nodes.length) return draft;
  const kept = draft.output !== undefined && gone.has(draft.output) ? without(draft, 'output') : draft;
  return { ...kept, nodes };
}

function rename(draft: Draft, id: string, typed: string): Draft {
  const name = whole(typed);
  if (id === name || draft.nodes.some((node) => node.id === name) || !draft.nodes.some((node) => node.id === id))
    return draft;
  const nodes = draft.nodes.map((node) => {
    const { inputs, closed } = node;
    const renamed = (ids: readonly string[]): string[] => ids.map((from) => (from === id ? name : from));
    const next =
      inputs?.includes(id) || closed?.inputs.includes(id)
        ? {
            ...node,
            ...(inputs === undefined ? {} : { inputs: renamed(inputs) }),
            ...(closed === undefined ? {} : { closed: { ...closed, inputs: renamed(closed.inputs) } }),
          }
        : node;
    return node.id === id ? { ...next, id: name } : next;
  });
  return { ...draft, nodes, ...(draft.output === id ? { output: name } : {}) };
}

/** Half a character, as a cut in the middle of an emoji leaves it, is no text that JSON could carry. */
const whole = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd');

const textField = <K extends 'label' | 'note' | 'group'>(node: DocumentNode, key: K, typed: string): DocumentNode => {
  const text = whole(typed);
  if ((node[key] ?? '') === text) return node;
  return text === '' ? (without(node, key) as DocumentNode) : { ...node, [key]: text };
};

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** The draft after an edit; the very same object where the edit changes nothing or has nothing to act on. Pure. */
export function applyEdit(draft: Draft, edit: Edit): Draft {
  const after = applied(draft, edit);
  return after === draft ? draft : keepLabelsTrue(draft, after, edit);
}

function applied(draft: Draft, edit: Edit): Draft {
  switch (edit.type) {
    case 'add': {
      const taken = new Set(draft.nodes.map(({ id }) => id));
      const nodes = edit.nodes.filter(({ id }) => id !== '' && !taken.has(id));
      if (nodes.length === 0) return draft;
      const placed = applyEdit(draft, { type: 'move', positions: edit.positions ?? {} });
      return (edit.connect ?? []).reduce<Draft>((now, wire) => applyEdit(now, { type: 'connect', ...wire }), {
        ...placed,
        nodes: [...placed.nodes, ...nodes],
      });
    }
    case 'remove':
      return remove(draft, edit.ids);
    case 'connect':
      if (!draft.nodes.some(({ id }) => id === edit.from)) return draft;
      return change(draft, [edit.to], (node) => withInput(node, edit.slot, edit.from));
    case 'disconnect':
      return change(draft, [edit.to], (node) => withInput(node, edit.slot, emptySlot));
    case 'rename':
      return rename(draft, edit.id, edit.name);
    case 'label':
      return change(draft, [edit.id], (node) => textField(node, 'label', edit.label));
    case 'value':
      return change(draft, [edit.id], (node) =>
        node.value === undefined || same(node.value, edit.value) ? node : { ...node, value: edit.value },
      );
    case 'attrs':
      return change(draft, [edit.id], (node) => {
        if (same(node.attrs ?? {}, edit.attrs)) return node;
        return Object.keys(edit.attrs).length === 0 ? without(node, 'attrs') : { ...node, attrs: edit.attrs };
      });
    case 'kind':
      return change(draft, [edit.id], (node) =>
        node.value === undefined || node.op === edit.op ? node : { ...node, op: edit.op },
      );
    case 'move':
      return change(draft, Object.keys(edit.positions), (node) => {
        const position = Object.hasOwn(edit.positions, node.id) ? edit.positions[node.id] : undefined;
        return position === undefined || same(position, node.position) ? node : { ...node, position };
      });
    case 'arrange':
      return change(
        draft,
        draft.nodes.map(({ id }) => id),
        (node) => (node.position === undefined ? node : without(node, 'position')),
      );
    case 'output': {
      if (edit.id === null) return draft.output === undefined ? draft : without(draft, 'output');
      if (draft.output === edit.id || !draft.nodes.some(({ id }) => id === edit.id)) return draft;
      return { ...draft, output: edit.id };
    }
    case 'seed':
      if (edit.seed === null) return draft.seed === undefined ? draft : without(draft, 'seed');
      return same(draft.seed, edit.seed) ? draft : { ...draft, seed: edit.seed };
    case 'note':
      if (edit.id !== null) return change(draft, [edit.id], (node) => textField(node, 'note', edit.text));
      if ((draft.note ?? '') === whole(edit.text)) return draft;
      return edit.text === '' ? without(draft, 'note') : { ...draft, note: whole(edit.text) };
    case 'group':
      return change(draft, edit.ids, (node) => textField(node, 'group', edit.name ?? ''));
    case 'title':
      if ((draft.title ?? '') === whole(edit.title)) return draft;
      return edit.title === '' ? without(draft, 'title') : { ...draft, title: whole(edit.title) };
    case 'replace':
      return same(draft, edit.document) ? draft : edit.document;
  }
}
