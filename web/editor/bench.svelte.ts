import { tick } from 'svelte';
import type { FigureLayout } from '../figure/layout.ts';
import { t } from '../i18n/index.ts';
import type { NodeWords } from '../steps/node-words.ts';
import { opCatalogue } from '../steps/op-catalogue.svelte.ts';
import type { Workbench } from './actions.ts';
import type { Canvas } from './canvas.svelte.ts';
import type { Editor } from './editor.svelte.ts';

export interface Bench extends Workbench {
  /** The layer over the figure tells every new picture. */
  readonly seen: (layout: FigureLayout, scale: number) => void;
}

/** What the editor acts on in a view: its draft, its canvas, and the figure below `root` as it is seen. */
export function createBench(view: {
  readonly editor: Editor;
  readonly canvas: Canvas;
  readonly words: () => NodeWords | null;
  readonly root: () => HTMLElement | undefined;
}): Bench {
  const { editor, canvas, root } = view;
  let layout: FigureLayout | null = null;
  let scale = 1;
  const box = (selector: string): DOMRect | undefined => root()?.querySelector(selector)?.getBoundingClientRect();
  editor.resultWords = (id) => ` ${t.editor.resultNow({ node: view.words()?.full(id) ?? id })}`;
  /** Positions of the document are those on the sheet. */
  const stands = (): boolean => layout !== null && layout.stored && canvas.zoom !== null;
  /** Where the sheet begins inside the canvas, in px of the sheet. */
  function inset(): readonly [x: number, y: number] {
    const sheet = box('[data-layer]');
    const pane = box('[data-pane]');
    if (!sheet || !pane) return [0, 0];
    return [Math.max(0, (sheet.left - pane.left) / scale), Math.max(0, (sheet.top - pane.top) / scale)];
  }
  return {
    editor,
    canvas,
    words: view.words,
    ops: () => opCatalogue.ops,
    dictionary: () => t,
    layout: () => layout,
    scale: () => scale,
    async focus(id) {
      await tick();
      const node = id === null ? null : root()?.querySelector<SVGElement>(`[data-node="${CSS.escape(id)}"]`);
      // Without a node: the canvas, or what Tab would reach in it.
      const pane = root()?.querySelector<SVGElement>(
        '[data-pane] svg[tabindex], [data-pane] [role="option"][tabindex="0"]',
      );
      (node ?? pane)?.focus({ preventScroll: true });
    },
    toSheet(clientX, clientY) {
      const sheet = box('[data-layer]');
      return sheet ? [(clientX - sheet.left) / scale, (clientY - sheet.top) / scale] : [0, 0];
    },
    frozen() {
      if (layout === null || stands()) return null;
      const [dx, dy] = inset();
      return Object.fromEntries(
        layout.nodes.map(({ node, x, y }) => [node.id, [Math.round(x + dx), Math.round(y + dy)] as const]),
      );
    },
    toDocument([x, y]) {
      const [dx, dy] = stands() && layout !== null ? layout.origin : inset();
      return [x + dx, y + dy];
    },
    seen(next, at) {
      layout = next;
      scale = at;
    },
  };
}
