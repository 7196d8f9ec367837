/**
 * "Why?": the network's own graph on the drawing, stepped back to the pixels. A new drawing or label is put into the
 * open graph, so the step stays; another network opens another graph at the same step.
 */
import type { Rasterized } from '../../shared/api';
import type { NetworkHandle, TensorView } from '../../shared/protocol';
import type { EngineClient } from '../../page/client';
import { latestWins } from '../../pad/latest';
import { Stepper } from '../../steps/stepper.svelte';

export interface WalkInput {
  readonly network: NetworkHandle;
  readonly raster: Rasterized;
  readonly label: number;
}

export class Walk {
  stepper: Stepper = $state.raw() as Stepper;
  /** What stands in the graph now; null while no walk is open. */
  shown = $state.raw<WalkInput | null>(null);
  error = $state.raw<unknown>(null);

  readonly #engine: EngineClient;
  readonly #latest;
  readonly #leave: () => void;
  /** Where the walk stood when the worker died. */
  #resume: number | null = null;

  constructor(engine: EngineClient) {
    this.#engine = engine;
    this.stepper = new Stepper(engine);
    this.#leave = engine.onRestart(() => this.#restart());
    this.#latest = latestWins<WalkInput, void>({
      run: (input) => this.#show(input),
      done: () => undefined,
      failed: (error) => {
        this.error = error;
      },
    });
  }

  get open(): boolean {
    return this.shown !== null;
  }

  /** Opens the walk, or brings it up to date. */
  show(input: WalkInput): void {
    this.#latest.request(input);
  }

  close(): void {
    this.#latest.cancel();
    this.stepper.close();
    this.stepper = new Stepper(this.#engine);
    this.shown = null;
    this.error = null;
  }

  /** The view goes away. */
  dispose(): void {
    this.close();
    this.#leave();
  }

  /** Gradient that has arrived at a node; null while it is still to come. */
  grad(id: string | undefined): TensorView | null {
    const { info, frame } = this.stepper;
    const index = info?.nodes.findIndex((node) => node.id === id) ?? -1;
    return (index >= 0 ? frame?.nodes[index]?.grad : null) ?? null;
  }

  /** ∂L/∂x over the drawing that it belongs to. */
  get overlay(): { raster: Rasterized; gradient: TensorView } | null {
    const gradient = this.grad(this.#pixels());
    return this.shown && gradient ? { raster: this.shown.raster, gradient } : null;
  }

  /** y − t: what the loss sends back to the scores. */
  get scoreGradient(): ArrayLike<number> | null {
    const scores = this.#scores();
    return this.grad(scores?.id)?.data ?? null;
  }

  /** The step that brings `scoreGradient`. */
  get scoreStep(): number | null {
    return this.#scores()?.gradStep ?? null;
  }

  #pixels(): string | undefined {
    return this.stepper.info?.nodes.find((node) => node.kind === 'input' && node.inputs.length === 0)?.id;
  }

  #scores() {
    const info = this.stepper.info;
    const loss = info?.nodes.find((node) => node.id === info.output);
    return info?.nodes.find((node) => node.id === loss?.inputs[0]) ?? null;
  }

  async #show(input: WalkInput): Promise<void> {
    if (this.shown?.network === input.network) await this.#change(this.shown, input);
    else await this.#open(input);
    this.shown = input;
    this.error = null;
  }

  /** Opens at the seed: the forward values are there, and the next step is the first one back. */
  async #open(input: WalkInput): Promise<void> {
    const step = this.shown ? this.stepper.step : this.#resume;
    const info = await this.#engine.call('network.walk', input.network, input.raster.pixels, input.label);
    this.#resume = null;
    await this.stepper.adopt(info, step ?? (info.steps + 1) / 2);
  }

  /** Graphs of the old worker are gone, and their handles may mean others now: nothing is closed, the next `show` opens. */
  #restart(): void {
    if (!this.shown) return;
    this.#latest.cancel();
    this.#resume = this.stepper.step;
    this.stepper = new Stepper(this.#engine);
    this.shown = null;
  }

  async #change(before: WalkInput, input: WalkInput): Promise<void> {
    const { pixels } = input.raster;
    if (before.raster.pixels !== pixels) {
      await this.stepper.set('x', { shape: [1, pixels.length], data: pixels });
    }
    if (before.label !== input.label) await this.stepper.set('t', [input.label]);
  }
}
