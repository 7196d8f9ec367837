import type { FigureLayout } from '../figure/layout.ts';
import type { Dictionary } from '../i18n/dictionary.ts';
import type { DocumentNode, NestedNumbers, OpInfo } from '../shared/api.ts';
import type { NodeWords } from '../steps/node-words.ts';
import { type Canvas, keptZoom } from './canvas.svelte.ts';
import { newNode } from './catalogue.ts';
import type { Gap } from './complete.ts';
import { slotNames } from './drawn.ts';
import { clipOf, pasteOf, printClip, readClip } from './clipboard.ts';
import { wishFor, type Refusal } from './connect.ts';
import { asDraft, type Draft, emptySlot, isLeaf, nodeOf, usesOf } from './draft.ts';
import type { Connection, Edit } from './edits.ts';
import type { Editor } from './editor.svelte.ts';
import { freeName, freshName, idsOf } from './names.ts';
import { freePlace } from './place-new.ts';

/** This tab, for copies that come back to it. */
const tab = Math.random().toString(36).slice(2);

/** What the actions act on. Everything is read when it is needed. */
export interface Workbench {
  readonly editor: Editor;
  readonly canvas: Canvas;
  readonly ops: () => readonly OpInfo[];
  readonly words: () => NodeWords | null;
  readonly dictionary: () => Dictionary;
  readonly layout: () => FigureLayout | null;
  /** Moves the keyboard's focus to a node once it is drawn. */
  readonly focus: (id: string | null) => void | Promise<void>;
  /** From px of the window to px of the sheet. */
  readonly toSheet: (clientX: number, clientY: number) => readonly [x: number, y: number];
  readonly scale: () => number;
  /** All positions as they are seen, for a document that has none of its own or is shown scaled to fit; null where they stand already. */
  readonly frozen: () => Readonly<Record<string, readonly [x: number, y: number]>> | null;
  /** Px of the sheet to px of the document, after `frozen`. */
  readonly toDocument: (place: readonly [x: number, y: number]) => readonly [x: number, y: number];
}

const full = (bench: Workbench, id: string): string => bench.words()?.full(id) ?? id;

export const list = (bench: Workbench, ids: readonly string[]): string => ids.map((id) => full(bench, id)).join(', ');

/** Why a node is not computed, in words. */
export function gapWords(bench: Workbench, id: string, gap: Gap): string {
  const { editor: t } = bench.dictionary();
  switch (gap.kind) {
    case 'slots': {
      const op = bench.ops().find(({ name }) => name === nodeOf(bench.editor.draft, id)?.op);
      return t.missing({ slots: slotNames(op, gap.slots) });
    }
    case 'waits':
      return t.waits({ nodes: list(bench, gap.for) });
    case 'refused':
      return gap.message;
  }
}

/** The same where the picture does not show that it was refused. */
export function spokenGap(bench: Workbench, id: string, gap: Gap): string {
  const text = gapWords(bench, id, gap);
  return gap.kind === 'refused' ? bench.dictionary().editor.refusedWhy({ message: text }) : text;
}

/** A refusal in the reader's language, with the names of the nodes. */
export function refusalWords(bench: Workbench, refusal: Refusal, to: string): string {
  const { editor: t } = bench.dictionary();
  const node = full(bench, to);
  switch (refusal.reason) {
    case 'leaf':
      return t.refusedLeaf({ node });
    case 'full':
      return t.refusedFull({ node, slots: refusal.slots });
    case 'cycle':
      return refusal.through.length < 2
        ? t.refusedSelf({ node })
        : t.refusedCycle({ path: refusal.through.map((id) => full(bench, id)).join(' → ') });
    case 'unknown':
      return t.refusedUnknown;
  }
}

/** What is to be added: an op of the catalogue, or a leaf that was typed. */
export interface Wanted {
  readonly op: OpInfo;
  readonly name?: string | null;
  readonly value?: NestedNumbers;
}

/**
 * Adds a node and connects it where that is plain: into an empty slot of the selected operator, or behind the selection. `at` is a place
 * in px of the window; without it the node stands beside the selection.
 */
export function addNode(
  bench: Workbench,
  wanted: Wanted,
  options: {
    readonly at?: readonly [number, number] | null;
    readonly from?: string | null;
    /** The keyboard's focus stays where it is. */
    readonly keepFocus?: boolean;
  } = {},
): string {
  const { editor } = bench;
  const { draft } = editor;
  const { editor: t } = bench.dictionary();
  const taken = idsOf(draft);
  const id = wanted.name ? freeName(taken, wanted.name) : freshName(taken, wanted.op.name);
  const node = newNode(wanted.op, id, wanted.value);
  const selected = editor.selection.size === 1 ? editor.focus : null;
  const near = options.from ?? (options.at ? null : selected);
  const other = near === null ? undefined : nodeOf(draft, near);
  const slot = other === undefined || options.from ? -1 : (other.inputs?.indexOf(emptySlot) ?? -1);
  const leaf = isLeaf(node);
  let wire: Connection | null = null;
  if (other !== undefined && slot >= 0) wire = { from: id, to: other.id, slot };
  else if (other !== undefined && !leaf && (node.inputs?.length ?? 0) > 0) wire = { from: other.id, to: id, slot: 0 };
  const placed = withPlace(bench, node, options.at ?? null, near, wire?.from === id ? 'left' : 'right');
  const words =
    wire === null
      ? t.added({ node: nodeWord(wanted.op, id) })
      : t.addedConnected({
          node: nodeWord(wanted.op, id),
          other: full(bench, wire.from === id ? wire.to : wire.from),
        });
  editor.do(
    {
      type: 'add',
      nodes: [placed.node],
      ...(wire === null ? {} : { connect: [wire] }),
      ...(placed.freeze === null ? {} : { positions: placed.freeze }),
    },
    words,
  );
  // The next one goes where something is missing: in the operator that was just given an input, or further on.
  const next = leaf && wire !== null ? openEnd(editor.draft, wire.to) : id;
  editor.select([next]);
  if (!(options.keepFocus ?? false)) void bench.focus(next);
  return id;
}

/** From a node along its first wires on: the first that has an empty slot, or the last. */
function openEnd(draft: Draft, from: string): string {
  let at = from;
  // A draft from elsewhere may go round in a circle.
  for (const seen = new Set<string>(); !seen.has(at);) {
    if (nodeOf(draft, at)?.inputs?.includes(emptySlot) ?? false) return at;
    seen.add(at);
    at = usesOf(draft, at)[0]?.to ?? at;
  }
  return at;
}

const nodeWord = (op: OpInfo, id: string): string => (op.category === 'leaf' ? id : `${op.symbol || op.title} ${id}`);

function withPlace(
  bench: Workbench,
  node: DocumentNode,
  at: readonly [number, number] | null,
  near: string | null,
  side: 'left' | 'right',
): { node: DocumentNode; freeze: Readonly<Record<string, readonly [number, number]>> | null } {
  const layout = bench.layout();
  // All that come into a figure that lays itself out need no place.
  if (layout === null || (at === null && !layout.stored)) return { node, freeze: null };
  if (at !== null && layout.nodes.length === 0) {
    // The first one on an empty canvas stands where it was put, at full size.
    const k = bench.scale();
    const [x, y] = bench.toDocument(bench.toSheet(...at));
    bench.canvas.zoom = 1;
    return { node: { ...node, position: [Math.round(x * k), Math.round(y * k)] }, freeze: null };
  }
  const sheet = at === null ? freePlace(layout, near, side) : bench.toSheet(...at);
  const freeze = bench.frozen();
  const [x, y] = bench.toDocument(sheet);
  if (freeze !== null) bench.canvas.zoom = keptZoom(bench.scale());
  return { node: { ...node, position: [Math.round(x), Math.round(y)] }, freeze };
}

/** With all members of the blocks that are folded: they are chosen as one. */
function expanded(bench: Workbench, ids: Iterable<string>): string[] {
  const { draft } = bench.editor;
  const chosen = new Set(ids);
  const blocks = new Set(
    draft.nodes.flatMap(({ id, group }) =>
      group !== undefined && chosen.has(id) && !bench.canvas.openBlocks.has(group) ? [group] : [],
    ),
  );
  return draft.nodes
    .filter(({ id, group }) => chosen.has(id) || (group !== undefined && blocks.has(group)))
    .map(({ id }) => id);
}

export function removeNodes(bench: Workbench, chosen: readonly string[]): void {
  if (chosen.length === 0) return;
  const { editor } = bench;
  const ids = expanded(bench, chosen);
  const layout = bench.layout();
  // The focus goes on to what stood before or behind.
  const gone = new Set(ids);
  const feeds = layout?.place.get(ids[0]!)?.node;
  const next =
    [...(feeds?.feeds.map(({ from }) => from) ?? []), ...(feeds?.uses.map(({ to }) => to) ?? [])].find(
      (id) => !gone.has(id),
    ) ??
    layout?.nodes.find(({ node }) => !gone.has(node.id))?.node.id ??
    null;
  editor.do({ type: 'remove', ids }, bench.dictionary().editor.removed({ nodes: list(bench, ids) }));
  editor.select([]);
  void bench.focus(next);
}

/** Draws a wire if it may be drawn; otherwise says why not. Resolves to what was said, or null. */
export async function connect(bench: Workbench, from: string, to: string, slot?: number): Promise<string | null> {
  const { editor } = bench;
  const { editor: t } = bench.dictionary();
  const wish = wishFor(editor.draft, from, to, slot);
  let why: string | null = null;
  if (wish.wire === null) why = refusalWords(bench, wish.refusal, to);
  else {
    const error = await editor.judge(wish.wire);
    if (error !== null) why = t.refusedShapes({ node: full(bench, to), message: error.message });
  }
  if (why !== null || wish.wire === null) {
    editor.say(t.notConnected({ why: why ?? '' }));
    return why;
  }
  const name = bench.ops().find(({ name: op }) => op === nodeOf(editor.draft, to)?.op)?.inputs[wish.wire.slot]?.name;
  editor.do(
    { type: 'connect', ...wish.wire },
    t.connected({ from: full(bench, from), to: full(bench, to), slot: name ?? String(wish.wire.slot + 1) }),
  );
  return null;
}

export function copyText(bench: Workbench): string | null {
  const { editor } = bench;
  if (editor.selection.size === 0) return null;
  editor.say(bench.dictionary().editor.copied({ count: editor.selection.size }));
  return printClip(clipOf(editor.draft, new Set(expanded(bench, editor.selection)), tab));
}

/** Puts copied nodes, or a whole document, in. False where the text is neither. */
export function pasteText(bench: Workbench, text: string): boolean {
  const { editor } = bench;
  const { editor: t } = bench.dictionary();
  const clip = readClip(text);
  if (clip === null) return false;
  // A whole document on an empty canvas stays the document that it is.
  const paste = pasteOf(editor.draft, clip, tab, [32, 32]);
  const layout = bench.layout();
  const edit =
    layout?.stored === true
      ? { ...paste.edit, nodes: positioned(bench, paste.edit.nodes, layout) }
      : { ...paste.edit, nodes: paste.edit.nodes.map(withoutPlace) };
  editor.do(edit, t.pasted({ count: paste.ids.length }));
  editor.select(paste.ids);
  void bench.focus(paste.ids[0] ?? null);
  return true;
}

const withoutPlace = ({ position: _, ...node }: DocumentNode): DocumentNode => node;

/** Copies without a place of their own stand below everything, in rows. */
function positioned(bench: Workbench, nodes: readonly DocumentNode[], layout: FigureLayout): DocumentNode[] {
  return nodes.map((node, i) => {
    if (node.position !== undefined) return node;
    const [x, y] = bench.toDocument([120 + (i % 6) * 150, layout.height + Math.floor(i / 6) * 96]);
    return { ...node, position: [Math.round(x), Math.round(y)] };
  });
}

export function duplicate(bench: Workbench): void {
  const { editor } = bench;
  if (editor.selection.size === 0) return;
  const text = printClip(clipOf(editor.draft, new Set(expanded(bench, editor.selection)), tab));
  pasteText(bench, text);
  editor.say(bench.dictionary().editor.duplicated({ count: editor.selection.size }));
}

/** The nodes that an edit is about; none where it is about all of them. */
function concerned(edit: Edit): readonly string[] {
  switch (edit.type) {
    case 'add':
      return edit.nodes.map(({ id }) => id);
    case 'remove':
    case 'group':
      return edit.ids;
    case 'connect':
    case 'disconnect':
      return [edit.to];
    case 'output':
    case 'note':
      return edit.id === null ? [] : [edit.id];
    case 'rename':
    case 'label':
    case 'value':
    case 'attrs':
    case 'kind':
      return [edit.id];
    case 'move':
    case 'arrange':
    case 'seed':
    case 'title':
    case 'replace':
      return [];
  }
}

/** More than this many are not named one by one. */
const mostNamed = 3;

/** What was done, with the nodes that it was done to: "add (× p)". Asked before the draft changes: what goes has its name then. */
export function editWords(bench: Workbench): (edit: Edit) => string {
  const before = bench.words();
  const had = idsOf(bench.editor.draft);
  return (edit) => {
    const { editor: t } = bench.dictionary();
    const ids = concerned(edit);
    const what = t.edits[edit.type];
    if (ids.length === 0 || ids.length > mostNamed) return what;
    const nodes = ids.map((id) => (had.has(id) ? (before?.full(id) ?? id) : full(bench, id)));
    return t.editOf({ edit: what, nodes: nodes.join(bench.dictionary().steps.list.separator) });
  };
}

export function undoWords(bench: Workbench): (edit: Edit) => string {
  const words = editWords(bench);
  return (edit) => bench.dictionary().editor.undone({ what: words(edit) });
}
export function redoWords(bench: Workbench): (edit: Edit) => string {
  const words = editWords(bench);
  return (edit) => bench.dictionary().editor.redone({ what: words(edit) });
}

/** Moves the selected nodes by px of the sheet; several moves in a row are one for undo. */
export function moveBy(bench: Workbench, ids: Iterable<string>, dx: number, dy: number): void {
  const layout = bench.layout();
  if (layout === null) return;
  const freeze = bench.frozen();
  if (freeze !== null) bench.canvas.zoom = keptZoom(bench.scale());
  const positions: Record<string, readonly [number, number]> = { ...freeze };
  const moved: string[] = [];
  for (const id of ids) {
    const node = nodeOf(bench.editor.draft, id);
    const at = node?.position ?? freeze?.[id];
    if (at === undefined) continue;
    positions[id] = [at[0] + dx, at[1] + dy];
    moved.push(id);
  }
  if (moved.length === 0) return;
  bench.editor.do({ type: 'move', positions }, bench.dictionary().editor.moved({ nodes: list(bench, moved) }), true);
}

export function arrange(bench: Workbench): void {
  bench.canvas.zoom = null;
  bench.editor.do({ type: 'arrange' }, bench.dictionary().editor.arranged);
}

/** Selected operators that can be one block: their names, or why not. */
export function blockOf(bench: Workbench, ids: ReadonlySet<string>): { readonly result: string } | null {
  const { draft } = bench.editor;
  const members = draft.nodes.filter(({ id }) => ids.has(id));
  if (members.filter((node) => !isLeaf(node)).length < 2) return null;
  const output = asDraft(bench.editor.document).output ?? bench.editor.document.output;
  const results = members.filter(
    ({ id }) => id === output || draft.nodes.some((node) => !ids.has(node.id) && node.inputs?.includes(id)),
  );
  const [result] = results;
  return results.length === 1 && result !== undefined ? { result: result.id } : null;
}
