import {
  arrange,
  copyText,
  duplicate,
  moveBy,
  pasteText,
  redoWords,
  removeNodes,
  undoWords,
  type Workbench,
} from './actions.ts';
import { keptZoom, zoomStep } from './canvas.svelte.ts';
import { isLeaf, nodeOf } from './draft.ts';

const isField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;

/** How far a key moves nodes, in px of the sheet. */
const moveStep = 8;
const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-moveStep, 0],
  ArrowRight: [moveStep, 0],
  ArrowUp: [0, -moveStep],
  ArrowDown: [0, moveStep],
};

export function zoomBy(bench: Workbench, factor: number): void {
  const next = keptZoom(bench.scale() * factor);
  bench.canvas.zoom = next;
  bench.editor.say(bench.dictionary().editor.zoomed({ percent: Math.round(next * 100) }));
}

/**
 * Keys of the canvas. Letters act only while the focus is in it; those with Ctrl act wherever no field wants them. `root` holds the
 * figure. True where the key was used.
 */
export function canvasKey(bench: Workbench, event: KeyboardEvent, root: HTMLElement): boolean {
  if (event.defaultPrevented || isField(event.target)) return false;
  const { editor, canvas } = bench;
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (command && !event.altKey) {
    if (key === 'z') (event.shiftKey ? redo : undo)(bench);
    else if (key === 'y') redo(bench);
    else if (!inCanvas(event.target, root)) return false;
    else if (key === 'd') duplicate(bench);
    else if (key === 'a') {
      editor.select(editor.draft.nodes.map(({ id }) => id));
      editor.say(bench.dictionary().editor.selectedCount({ count: editor.selection.size }));
    } else return false;
    return used(event);
  }
  if (event.altKey || !inCanvas(event.target, root)) return false;
  const focused =
    event.target instanceof Element ? (event.target.closest('[data-node]')?.getAttribute('data-node') ?? null) : null;
  if (event.shiftKey && Object.hasOwn(moves, event.key)) {
    const [dx, dy] = moves[event.key]!;
    const ids = editor.selection.size > 0 ? editor.selection : focused === null ? [] : [focused];
    moveBy(bench, ids, dx, dy);
    return used(event);
  }
  if (event.shiftKey && event.key === 'Enter' && focused !== null) {
    editor.toggle(focused);
    editor.say(bench.dictionary().editor.selectedCount({ count: editor.selection.size }));
    return used(event);
  }
  /** Keys act on the selection; without one, on the node with the focus. */
  const take = (): boolean => {
    if (focused !== null && !editor.selection.has(focused)) editor.select([focused]);
    return editor.selection.size > 0;
  };
  switch (key) {
    case 'a':
      if (focused !== null) editor.select([focused]);
      // The palette that is open is where one types.
      if (canvas.palette) root.querySelector<HTMLElement>('[data-add] input')?.focus();
      else canvas.adding = { at: null, from: null };
      break;
    case 'c':
      if (take()) canvas.dialog = 'connect';
      break;
    case 'F2':
    case 'r':
      if (take()) canvas.dialog = 'rename';
      break;
    case 'n':
      if (take()) canvas.dialog = 'note';
      break;
    case 'b':
      if (take()) canvas.dialog = 'group';
      break;
    case 'e': {
      if (!take()) break;
      const node = nodeOf(editor.draft, editor.focus ?? '');
      if (node !== undefined && isLeaf(node)) canvas.dialog = 'values';
      break;
    }
    case 'Delete':
    case 'Backspace':
      if (take()) removeNodes(bench, [...editor.selection]);
      break;
    case 'Escape':
      if (canvas.adding !== null || canvas.dialog !== null) {
        canvas.adding = null;
        canvas.dialog = null;
      } else if (editor.selection.size > 0) editor.select([]);
      else if (event.target instanceof HTMLElement || event.target instanceof SVGElement) event.target.blur();
      break;
    case '+':
    case '=':
      zoomBy(bench, zoomStep);
      break;
    case '-':
    case '−':
      zoomBy(bench, 1 / zoomStep);
      break;
    case '0':
      canvas.zoom = null;
      editor.say(bench.dictionary().editor.fitted);
      break;
    case 'l':
      arrange(bench);
      break;
    case '?':
      canvas.dialog = 'keys';
      break;
    default:
      return false;
  }
  return used(event);
}

const inCanvas = (target: EventTarget | null, root: HTMLElement): boolean =>
  target instanceof Node && (root.querySelector('[data-pane]')?.contains(target) ?? false);

function used(event: KeyboardEvent): true {
  event.preventDefault();
  event.stopPropagation();
  return true;
}

export function undo(bench: Workbench): void {
  bench.editor.undo(undoWords(bench));
}
export function redo(bench: Workbench): void {
  bench.editor.redo(redoWords(bench));
}

/** Copy, cut and paste as the browser asks for them: no permission is needed, and other tabs can read it. */
export function clipboardEvent(bench: Workbench, event: ClipboardEvent, root: HTMLElement): void {
  if (event.defaultPrevented || isField(event.target)) return;
  const { activeElement } = document;
  if (!(activeElement === document.body || inCanvas(activeElement, root))) return;
  if (event.type === 'paste') {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text === '') return;
    if (pasteText(bench, text)) event.preventDefault();
    else if (inCanvas(activeElement, root)) bench.editor.say(bench.dictionary().editor.notPasted);
    return;
  }
  // Text that is marked on the page stays what is copied.
  if (!(window.getSelection()?.isCollapsed ?? true)) return;
  if (bench.editor.selection.size === 0 && activeElement instanceof Element) {
    const id = activeElement.closest('[data-node]')?.getAttribute('data-node');
    if (id) bench.editor.select([id]);
  }
  const text = copyText(bench);
  if (text === null) return;
  event.clipboardData?.setData('text/plain', text);
  event.preventDefault();
  if (event.type === 'cut') removeNodes(bench, [...bench.editor.selection]);
}
