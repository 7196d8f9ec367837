import { tick } from 'svelte';
import type { EngineClient } from '../../page/client.ts';
import { t } from '../../i18n/index.ts';
import type { StepRecord } from '../../shared/api.ts';
import type { Frame } from '../../shared/protocol.ts';
import { textOf } from '../../steps/rich-text.ts';
import { sentence } from '../../steps/sentence.ts';
import type { GraphPage } from './graph-page.svelte.ts';

/** Steps that are told with their formulas: a page or two. Of more, a line each, on as many pages as it takes. */
const mostSteps = 60;
const mostLines = 1000;

/** Every step of the graph on show, from 1 to the last. Its engine's graph goes back to the step on show. */
export async function walk({ stepper }: GraphPage, engine: EngineClient): Promise<Frame[]> {
  const { info, step: shown } = stepper;
  if (info === null) return [];
  const frames: Frame[] = [];
  for (let step = 1; step <= info.steps; step += 1) frames.push(await engine.call('graph.seek', info.graph, step));
  await engine.call('graph.seek', info.graph, shown);
  return frames;
}

/** What a step does, in a sentence with its numbers. */
export interface PrintedLine {
  readonly step: number;
  readonly phase: StepRecord['phase'];
  readonly text: string;
}

/** Line by line, so that of a large graph no more than one frame is held at a time. */
async function lines({ stepper, words }: GraphPage, engine: EngineClient): Promise<PrintedLine[]> {
  const { info, step: shown } = stepper;
  if (info === null || words === null) return [];
  const told: PrintedLine[] = [];
  for (let step = 1; step <= info.steps; step += 1) {
    const frame = await engine.call('graph.seek', info.graph, step);
    // Without "Step 8 of 401, backward.", which the table says in its columns.
    const parts = sentence({ info, frame, words, dictionary: t }).filter(({ role }) => role !== 'lead');
    const phase = frame.records[0]?.phase ?? 'forward';
    told.push({ step, phase, text: textOf(parts).trim() });
  }
  await engine.call('graph.seek', info.graph, shown);
  return told;
}

/**
 * Printing: with the whole derivation where it is short enough to be read, with a table of all steps where it is not, and with the rule
 * of the step on show where that would be a book.
 */
class Printing {
  /** What is told on paper; null while nothing is being printed. */
  frames = $state.raw<readonly Frame[] | null>(null);
  lines = $state.raw<readonly PrintedLine[] | null>(null);

  async print(page: GraphPage, engine: EngineClient): Promise<void> {
    const { info } = page.stepper;
    try {
      if (info !== null && info.steps <= mostSteps) this.frames = await walk(page, engine);
      else if (info !== null && info.steps <= mostLines) this.lines = await lines(page, engine);
    } catch {
      this.done(); // a graph without its story still has a table
    }
    await tick();
    window.print();
  }

  done(): void {
    this.frames = null;
    this.lines = null;
  }
}

export const printing = new Printing();
