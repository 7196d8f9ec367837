import { mount, tick, unmount } from 'svelte';
import GraphFigure from '../../figure/GraphFigure.svelte';
import { layoutGraph } from '../../figure/layout.ts';
import { measureText } from '../../figure/measure-text.ts';
import { desktop } from '../../figure/measures.ts';
import { exportsWords } from '../../i18n/exports.ts';
import { t } from '../../i18n/index.ts';
import type { EngineClient } from '../../page/client.ts';
import { formatNumber } from '../../page/format.ts';
import { type Theme, theme } from '../../page/theme.ts';
import { opCatalogue } from '../../steps/op-catalogue.svelte.ts';
import type { GraphPage } from './graph-page.svelte.ts';
import { walk } from './printing.svelte.ts';

export const kinds = [
  'svg',
  'png',
  'mermaid',
  'tikz',
  'derivation',
  'numpy',
  'notebook',
  'pytorch',
  'tensorflow',
  'program',
] as const;
export type Kind = (typeof kinds)[number];

/** What a file is called behind its dot, and what the browser is told it is. */
export const files: Readonly<Record<Kind, readonly [extension: string, type: string]>> = {
  svg: ['svg', 'image/svg+xml'],
  png: ['png', 'image/png'],
  mermaid: ['mmd', 'text/plain'],
  tikz: ['tex', 'application/x-tex'],
  derivation: ['tex', 'application/x-tex'],
  numpy: ['py', 'text/x-python'],
  notebook: ['ipynb', 'application/x-ipynb+json'],
  pytorch: ['py', 'text/x-python'],
  tensorflow: ['mjs', 'text/javascript'],
  program: ['txt', 'text/plain'],
};

export class TooLarge extends Error {}

/** Steps that a derivation tells; beyond this nobody reads it. */
const mostSteps = 1000;

/** Makes an export of the graph on show at its step. Throws UnsupportedOp, TooLarge. */
export async function exported(
  kind: Kind,
  page: GraphPage,
  engine: EngineClient,
  wanted: Theme,
): Promise<string | Blob> {
  const { stepper, title } = page;
  const { info, frame, document: graph } = stepper;
  const words = page.words;
  if (info === null || words === null || graph === null) throw new Error('no graph is open');
  const picture = { title, info, frame, words };
  switch (kind) {
    case 'svg':
      return picturedIn(page, wanted);
    case 'png': {
      const { pngOf } = await import('../../exports/png.ts');
      return pngOf(await picturedIn(page, wanted));
    }
    case 'mermaid':
      return (await import('../../exports/mermaid.ts')).mermaid(picture);
    case 'tikz': {
      const { tikz } = await import('../../exports/tikz.ts');
      const options = { ops: opCatalogue.ops, names: words.label, measures: desktop, measureText, formatNumber };
      return tikz({ ...picture, layout: layoutGraph(info, { ...options, maps: false, foldParameters: false }) });
    }
    case 'derivation': {
      if (info.steps > mostSteps) throw new TooLarge();
      const { derivation } = await import('../../exports/derivation.ts');
      return derivation({ title, info, frames: await walk(page, engine), words, dictionary: t });
    }
    case 'numpy':
    case 'notebook':
    case 'pytorch':
    case 'tensorflow': {
      const [{ codeGraph }, { numpyProgram, numpyTaken }] = await Promise.all([
        import('../../exports/code-graph.ts'),
        import('../../exports/numpy.ts'),
      ]);
      if (JSON.stringify(graph).length > 1 << 20) throw new TooLarge();
      const named = { ...info, nodes: info.nodes.map((node) => ({ ...node, label: words.label(node.id) })) };
      const codeOf = (taken: readonly string[]) => codeGraph(graph, named, title, taken);
      if (kind === 'pytorch') {
        const { torchProgram, torchTaken } = await import('../../exports/pytorch.ts');
        return torchProgram(codeOf(torchTaken));
      }
      if (kind === 'tensorflow') {
        const { tensorflowProgram, tensorflowTaken } = await import('../../exports/tensorflow.ts');
        return tensorflowProgram(codeOf(tensorflowTaken));
      }
      if (kind === 'notebook') {
        const { notebook } = await import('../../exports/notebook.ts');
        return notebook(codeOf(numpyTaken), exportsWords.words.notebook);
      }
      return numpyProgram(codeOf(numpyTaken));
    }
    case 'program': {
      const text = (await import('../../expression/print.ts')).print(graph, { values: true, separator: '\n' });
      if (text === null) throw new TooLarge();
      return `${text}\n`;
    }
  }
}

/** The very figure of the page, drawn once more out of sight: in full, without fields, in the wanted theme. */
async function picturedIn(page: GraphPage, wanted: Theme): Promise<string> {
  const [{ figureSvg }, { mathFont }] = await Promise.all([
    import('../../exports/svg.ts'),
    import('../../exports/png.ts'),
  ]);
  const font = await mathFont();
  const { stepper, words, title } = page;
  const { info } = stepper;
  if (info === null || words === null) throw new Error('no graph is open');
  const place = document.createElement('div');
  place.inert = true;
  Object.assign(place.style, { position: 'fixed', left: '-20000px', top: '0', width: '1100px' });
  document.body.append(place);
  const figure = mount(GraphFigure, {
    target: place,
    props: {
      info,
      frame: stepper.frame,
      step: stepper.frame?.step ?? stepper.step,
      ops: opCatalogue.ops,
      names: words.label,
      fullNames: words.full,
      label: title,
    },
  });
  const before = theme.choice;
  try {
    // Its width is known to it after a frame, and so are the fonts.
    await document.fonts.ready;
    await tick();
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await tick();
    if (theme.shown !== wanted) {
      theme.show(wanted);
      await tick();
    }
    // A number that is still fading in would be half there.
    for (const animation of place.getAnimations({ subtree: true })) animation.finish();
    return figureSvg(place, { title, font });
  } finally {
    if (theme.choice !== before) theme.show(before);
    void unmount(figure);
    place.remove();
  }
}

/** Offers a file to keep; nothing leaves the page. */
export function offer(content: string | Blob, name: string, type: string): void {
  const address = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the address over once the click is handled.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
