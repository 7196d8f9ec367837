import { tick } from 'svelte';
import type { EngineClient } from '../../page/client.ts';
import type { Frame } from '../../shared/protocol.ts';
import type { GraphPage } from './graph-page.svelte.ts';

/** Steps that are told on paper: a page or two. */
const mostSteps = 60;

/** Every step of the graph on show, from 1 to the last. Its engine's graph goes back to the step on show. */
export async function walk({ stepper }: GraphPage, engine: EngineClient): Promise<Frame[]> {
  const { info, step: shown } = stepper;
  if (info === null) return [];
  const frames: Frame[] = [];
  for (let step = 1; step <= info.steps; step += 1) frames.push(await engine.call('graph.seek', info.graph, step));
  await engine.call('graph.seek', info.graph, shown);
  return frames;
}

/** Printing: with the whole derivation where it is short enough to be read, with the rule of the step on show otherwise. */
class Printing {
  /** What is told on paper; null while nothing is being printed. */
  frames = $state.raw<readonly Frame[] | null>(null);

  async print(page: GraphPage, engine: EngineClient): Promise<void> {
    const { info } = page.stepper;
    try {
      if (info !== null && info.steps <= mostSteps) this.frames = await walk(page, engine);
    } catch {
      this.frames = null; // a graph without its story still has a table
    }
    await tick();
    window.print();
  }

  done(): void {
    this.frames = null;
  }
}

export const printing = new Printing();
