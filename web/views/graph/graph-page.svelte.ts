import { language, t } from '../../i18n/index.ts';
import type { EngineClient } from '../../page/client.ts';
import { type Params, replaceParams, route } from '../../page/route.ts';
import { findPreset, type Preset } from '../../presets/index.ts';
import type { BackpropErrorData, GraphDocument, TensorLike } from '../../shared/api.ts';
import { type NodeWords, nodeWords } from '../../steps/node-words.ts';
import { opCatalogue } from '../../steps/op-catalogue.svelte.ts';
import { Stepper } from '../../steps/stepper.svelte.ts';
import { readDocument } from './document-file.ts';
import { decodeLink, encodeLink } from './document-link.ts';
import { presetNames } from './preset-names.ts';
import { sourceTrouble, type Trouble, troubleOf } from './trouble.ts';

const firstExample = 'apple';

/** What the graph view shows, and how it follows the address and writes to it. */
export class GraphPage {
  readonly stepper: Stepper;
  #preset = $state.raw<Preset | null>(null);
  /** A link or file that was no document, or an example that does not exist; what the engine refuses stands in the stepper. */
  #trouble = $state.raw<Trouble | null>(null);
  #tooLargeForLink = $state(false);
  /** What is open, as the address names it; null for a document from a file. */
  #example: string | undefined;
  #link: string | undefined;
  /** The step and values that the address tells already. */
  #toldStep = 0;
  #toldRevision = 0;
  /** A document is on its way in: its step is the address's own. */
  #opening = false;
  /** Counts what was opened. */
  #opened = 0;

  constructor(engine: EngineClient) {
    this.stepper = new Stepper(engine);
    void opCatalogue.load(engine);
  }

  get preset(): Preset | null {
    return this.#preset;
  }
  get tooLargeForLink(): boolean {
    return this.#tooLargeForLink;
  }

  get words(): NodeWords | null {
    const { info } = this.stepper;
    const preset = this.#preset;
    return info === null
      ? null
      : nodeWords(info, opCatalogue.ops, preset === null ? undefined : presetNames(preset, language.current));
  }

  get title(): string {
    if (this.#preset !== null) return this.#preset.title[language.current];
    const { info } = this.stepper;
    return info === null ? t.graph.title : info.document.title || t.graph.own;
  }

  get trouble(): Trouble | null {
    const { failure, info } = this.stepper;
    if (failure === null) return this.#trouble;
    return troubleOf(failure, t, (id) => this.words?.full(id) ?? id, info !== null);
  }

  dismiss(): void {
    this.#trouble = null;
    this.stepper.dismiss();
  }

  /** The address changed, or is read for the first time. */
  async follow({ example, g, step }: Params): Promise<void> {
    const at = Number(step ?? 0);
    if (this.stepper.info !== null && example === this.#example && g === this.#link) {
      if (at !== this.#toldStep) this.stepper.seek(at);
      this.#toldStep = at;
      return;
    }
    this.#trouble = null;
    if (g !== undefined) await this.#followLink(example, g, at);
    else await this.#followExample(example ?? firstExample, example, at);
  }

  async #followLink(example: string | undefined, g: string, step: number): Promise<void> {
    let document: GraphDocument;
    try {
      document = await decodeLink(g);
    } catch (error) {
      await this.#fallBack(sourceTrouble(error, t, this.stepper.info !== null));
      return;
    }
    await this.#open(document, findPreset(example ?? '') ?? null, { example, link: g, step });
  }

  async #followExample(id: string, example: string | undefined, step: number): Promise<void> {
    const preset = findPreset(id);
    if (preset === undefined) {
      await this.#fallBack({ what: t.graph.unknownExample({ id }), why: t.graph.toExamples });
      return;
    }
    await this.#open(preset.document, preset, { example, step });
  }

  async openFile(file: File): Promise<void> {
    this.#trouble = null;
    try {
      await this.#open(await readDocument(file), null, { step: 0 });
      if (this.stepper.failure === null) await this.#tell();
    } catch (error) {
      this.#trouble = sourceTrouble(error, t, this.stepper.info !== null);
    }
  }

  /** The document on show, with all values that were set since it was opened. */
  get document(): GraphDocument | null {
    return this.stepper.document;
  }

  /** Shows a document that was made on this page (typed, opened into its parts, …) in place of the one on show. Null, or why it was refused: then nothing changed. */
  async replace(document: GraphDocument): Promise<BackpropErrorData | null> {
    this.#trouble = null;
    await this.#open(document, null, { step: this.stepper.step });
    const { failure } = this.stepper;
    if (failure?.during === 'open') return failure.error;
    await this.#tell();
    return null;
  }

  set(id: string, value: TensorLike): void {
    void this.stepper.set(id, value);
  }

  /** The example's own values again, at the same step. */
  async reset(): Promise<void> {
    const preset = this.#preset;
    if (preset === null) return;
    await this.#open(preset.document, preset, { example: preset.id, step: this.stepper.step });
    await this.#tell();
  }

  /** Writes step and values into the address, without a new entry in the history. Call it when one of them changed. */
  async changed(step: number, revision: number): Promise<void> {
    if (this.#opening || (step === this.#toldStep && revision === this.#toldRevision)) return;
    this.#toldStep = step;
    this.#toldRevision = revision;
    await this.#tell();
  }

  close(): void {
    this.stepper.close();
  }

  async #open(
    document: GraphDocument,
    preset: Preset | null,
    told: { example?: string | undefined; link?: string; step: number },
  ): Promise<void> {
    // Title and caption stand there before the engine is.
    if (this.stepper.info === null) this.#preset = preset;
    this.#opening = true;
    this.#opened += 1;
    await this.stepper.open(document, told.step);
    this.#opening = false;
    if (this.stepper.failure?.during === 'open') {
      await this.#fallBack(null);
      return;
    }
    this.#preset = preset;
    this.#example = told.example;
    this.#link = told.link;
    this.#toldStep = this.stepper.step;
    this.#toldRevision = 0;
    this.#tooLargeForLink = false;
  }

  /** What was asked for cannot be shown: what was there stays; where there was nothing, the first example is opened below the message. */
  async #fallBack(trouble: Trouble | null): Promise<void> {
    if (this.stepper.info !== null) {
      this.#trouble = trouble;
      return;
    }
    const kept = trouble ?? this.trouble;
    const preset = findPreset(firstExample);
    if (preset === undefined) return;
    this.#opening = true;
    await this.stepper.open(preset.document);
    this.#opening = false;
    if (this.stepper.failure !== null) return;
    this.#preset = preset;
    this.#trouble = kept;
  }

  async #tell(): Promise<void> {
    const { stepper } = this;
    const { document } = stepper;
    const opened = this.#opened;
    const preset = this.#preset;
    const isPlain =
      preset !== null && stepper.revision === 0 && (this.#link === undefined || document === preset.document);
    let link: string | undefined;
    if (!isPlain && document !== null) {
      const encoded = await encodeLink(document);
      this.#tooLargeForLink = encoded === null;
      // Another graph may have been opened while this one was being packed.
      if (encoded === null || opened !== this.#opened || stepper.document === null) return;
      link = encoded;
    }
    this.#example = preset?.id;
    this.#link = link;
    const { lens, at } = route.current.params;
    replaceParams({ example: preset?.id, g: link, step: stepper.step === 0 ? undefined : stepper.step, lens, at });
  }
}
