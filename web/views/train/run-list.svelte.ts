import type { Networks } from '../../page/networks.svelte';
import { recall, remember } from '../../page/storage';
import { addRun, parseRuns, serializeRuns } from './runs';
import type { Run } from './runs';

const STORED = 'runs';

/** The runs before this one. */
export class RunList {
  runs = $state.raw<readonly Run[]>(parseRuns(recall(STORED)));
  readonly #networks: Networks;

  constructor(networks: Networks) {
    this.#networks = networks;
  }

  get nextNumber(): number {
    return 1 + this.runs.reduce((largest, run) => Math.max(largest, run.number), 0);
  }

  add(run: Run): void {
    this.#set(addRun(this.runs, run));
  }

  delete(run: Run): void {
    this.#set(this.runs.filter((other) => other.number !== run.number));
  }

  /** Puts the run's weights on the pad. Only for runs that still have them. */
  async use(run: Run): Promise<void> {
    if (!run.weights) return;
    await this.#networks.open({
      key: `run-${run.number}`,
      source: 'run',
      name: String(run.number),
      bytes: run.weights,
    });
  }

  #set(runs: readonly Run[]): void {
    this.runs = runs;
    remember(STORED, serializeRuns(runs));
  }
}
