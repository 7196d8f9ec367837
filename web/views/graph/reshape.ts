import type { Workbench } from '../../editor/actions.ts';
import type { Canvas } from '../../editor/canvas.svelte.ts';
import { glide } from '../../figure/glide.ts';
import { t } from '../../i18n/index.ts';
import { engine } from '../../page/client.ts';
import type { GraphDocument } from '../../shared/api.ts';
import { fill, textOf } from '../../steps/rich-text.ts';
import type { GraphPage } from './graph-page.svelte.ts';

export type Reshape = 'graph.opened' | 'graph.closed';

interface Where {
  readonly page: GraphPage;
  readonly canvas: Canvas;
  readonly root: HTMLElement | undefined;
  readonly bench: Workbench;
}

/** What all the steps of the parts come to: the one rule of the node that they are again. */
function ruleOf(document: GraphDocument, members: readonly string[]): string {
  const op = document.nodes.find(({ id }) => members.includes(id))?.op ?? '';
  const words = (t.ops as Readonly<Record<string, { readonly rule: string }>>)[op];
  return words === undefined ? '' : `${t.steps.between}${textOf(fill(words.rule, {}))}`;
}

/** Opens a node into the operations behind it, or closes them again: the same numbers, and undo brings it back. */
export async function reshape(
  { page, canvas, root, bench }: Where,
  call: Reshape,
  id: string,
  words: string,
): Promise<void> {
  const { editor, stepper } = page;
  const graph = stepper.info?.graph;
  if (graph === undefined) return;
  const members =
    call === 'graph.opened' ? [id] : editor.draft.nodes.flatMap((node) => (node.group === id ? [node.id] : []));
  try {
    const document = await engine.call(call, graph, id);
    const opened = new Set(canvas.openBlocks);
    for (const { group } of document.nodes) if (call === 'graph.opened' && group !== undefined) opened.add(group);
    const title = editor.draft.title;
    await glide(root, members, async () => {
      canvas.openBlocks = opened;
      const told = call === 'graph.closed' ? `${words}${ruleOf(document, members)}` : words;
      const error = await page.replace({ ...document, ...(title ? { title } : {}) }, told, true);
      if (error !== null) editor.say(error.message);
    });
    // The button is gone: the keyboard goes on from the node, or from the last of its parts.
    const next = document.nodes.find((node) => members.includes(node.id))?.id ?? id;
    editor.select([next]);
    void bench.focus(next);
  } catch (error) {
    editor.say(error instanceof Error ? error.message : String(error));
  }
}
