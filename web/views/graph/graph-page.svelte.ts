/* eslint-disable svelte/prefer-svelte-reactivity -- states are replaced as a whole, never changed */
import { asDraft, type Draft, emptySlot, newDraft } from '../../editor/draft.ts';
import { Editor } from '../../editor/editor.svelte.ts';
import { readDraft } from '../../editor/read-draft.ts';
import { language, t } from '../../i18n/index.ts';
import type { EngineClient } from '../../page/client.ts';
import { type Params, replaceParams, route } from '../../page/route.ts';
import { findPreset, type Preset } from '../../presets/index.ts';
import { BackpropError, type BackpropErrorData, type GraphDocument, type TensorLike } from '../../shared/api.ts';
import type { GraphInfo } from '../../shared/protocol.ts';
import { type NodeWords, nodeWords } from '../../steps/node-words.ts';
import { opCatalogue } from '../../steps/op-catalogue.svelte.ts';
import { Stepper } from '../../steps/stepper.svelte.ts';
import { discard, save, saved } from './autosave.ts';
import { readDocument } from './document-file.ts';
import { decodeLink, encodeLink } from './document-link.ts';
import { presetNames } from './preset-names.ts';
import { sourceTrouble, type Trouble, troubleOf } from './trouble.ts';
import { nested } from './nested.ts';

const firstExample = 'apple';

/** What the graph view shows, and how it follows the address and writes to it. */
export class GraphPage {
  readonly stepper: Stepper;
  readonly editor: Editor;
  readonly #engine: EngineClient;
  /** The example that was opened; edits may have led elsewhere, see `preset`. */
  #opened = $state.raw<Preset | null>(null);
  /** What was put in place of the whole graph, and of which example that is a state. */
  readonly #origins = new WeakMap<GraphDocument, Preset | null>();
  /** A link or file that was no document, or an example that does not exist; what the engine refuses stands in the stepper. */
  #trouble = $state.raw<Trouble | null>(null);
  #tooLargeForLink = $state(false);
  #unsaved = $state(false);
  /** What is open, as the address names it; null for a document from a file. */
  #example: string | undefined;
  #link: string | undefined;
  /** The step and draft that the address tells already. */
  #toldStep = 0;
  #toldDraft: Draft | null = null;
  #packed: { readonly draft: Draft; readonly link: Promise<string | null> } | null = null;
  /** The step that stands in the address: `#toldStep` is ahead of it while a link is being packed. */
  #writtenStep = 0;
  /** A document is on its way in: its step is the address's own. */
  #opening = false;
  /** Counts what was opened. */
  #count = 0;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** When the last edit came. */
  #edited = -Infinity;

  readonly #preset = $derived.by((): Preset | null => {
    const { past } = this.editor.history;
    for (let i = past.length - 1; i >= 0; i -= 1) {
      const { edit } = past[i]!;
      if (edit.type === 'replace') return this.#origins.get(edit.document) ?? null;
    }
    return this.#opened;
  });

  constructor(engine: EngineClient) {
    this.#engine = engine;
    this.stepper = new Stepper(engine);
    this.editor = new Editor(engine, this.stepper);
    void opCatalogue.load(engine);
  }

  get preset(): Preset | null {
    return this.#preset;
  }
  get tooLargeForLink(): boolean {
    return this.#tooLargeForLink;
  }
  /** The browser keeps no copy of the draft. */
  get unsaved(): boolean {
    return this.#unsaved;
  }
  /** Something is on show: a graph, or an empty canvas. */
  readonly ready = $derived.by(() => this.stepper.info !== null || this.#started);
  #started = $state(false);

  /** What the nodes of the draft are called. */
  readonly words = $derived.by(() => (this.ready ? this.#wordsOf(this.editor.info) : null));
  /** The same of the graph that is stepped, which may be a moment older: sentences of its steps are told with its own ops. */
  readonly stepWords = $derived.by(() => {
    const { info } = this.stepper;
    return info === null || info.nodes === this.editor.info.nodes ? this.words : this.#wordsOf(info);
  });

  #wordsOf(info: GraphInfo): NodeWords {
    const preset = this.#preset;
    if (preset === null) return nodeWords(info, opCatalogue.ops);
    const given = presetNames(preset, language.current);
    // A label that was written here says more than the example's.
    const own = new Set(info.nodes.filter(({ label }) => label !== null).map(({ id }) => id));
    const unless =
      (name: (id: string) => string | undefined) =>
      (id: string): string | undefined =>
        own.has(id) ? undefined : name(id);
    return nodeWords(info, opCatalogue.ops, {
      label: unless(given.label),
      phrase: unless(given.phrase),
      operator: unless(given.operator),
    });
  }

  get title(): string {
    const preset = this.#preset ?? (this.ready ? null : this.#opened);
    const own = this.editor.draft.title;
    if (own) return own;
    if (preset !== null) return preset.title[language.current];
    return this.ready ? t.graph.own : t.graph.title;
  }

  /** The example was changed. */
  get changedExample(): boolean {
    const preset = this.#preset;
    return preset !== null && !sameDraft(this.editor.draft, asDraft(preset.document));
  }

  get trouble(): Trouble | null {
    const { failure } = this.stepper;
    if (failure === null) return this.#trouble;
    return troubleOf(failure, t, (id) => this.words?.full(id) ?? id, this.ready);
  }

  dismiss(): void {
    this.#trouble = null;
    this.stepper.dismiss();
  }

  /** The address changed, or is read for the first time. */
  async follow({ example, g, step }: Params): Promise<void> {
    const at = Number(step ?? 0);
    if (this.ready && example === this.#example && g === this.#link) {
      if (at !== this.#writtenStep) this.stepper.seek(at);
      this.#writtenStep = at;
      return;
    }
    this.#trouble = null;
    if (!this.ready) {
      const kept = saved();
      const asked = example !== undefined || g !== undefined;
      if (kept !== null && (!asked || kept.hash === window.location.hash)) {
        await this.#restore(kept.draft, kept.example, asked ? { example, link: g } : {}, asked ? at : kept.step);
        return;
      }
    }
    if (g !== undefined) await this.#followLink(example, g, at);
    else await this.#followExample(example ?? firstExample, example, at);
  }

  async #followLink(example: string | undefined, g: string, step: number): Promise<void> {
    let document: GraphDocument;
    try {
      document = await decodeLink(g);
    } catch (error) {
      await this.#fallBack(sourceTrouble(error, t, this.ready));
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
      this.#trouble = sourceTrouble(error, t, this.ready);
    }
  }

  /** The document on show, as others read it: unfinished nodes included. */
  get document(): GraphDocument | null {
    return this.ready ? this.editor.document : null;
  }

  /**
   * Shows a document that was made on this page (typed, opened into its parts, …) in place of the one on show; undo brings that back.
   * Null, or why it was refused: then nothing changed. `keep`: it is still a state of the same example, with its names.
   */
  async replace(document: GraphDocument, words = t.editor.replaced, keep = false): Promise<BackpropErrorData | null> {
    this.#trouble = null;
    try {
      const info = await this.#engine.call('graph.open', document);
      void this.#engine.call('graph.close', info.graph).catch(() => undefined);
    } catch (error) {
      if (error instanceof BackpropError) return error;
      throw error;
    }
    this.put(asDraft(document), keep ? this.#preset : null, words);
    await this.editor.settled();
    return null;
  }

  /** Puts a draft in place of the one on show, whole or not. */
  put(draft: Draft, preset: Preset | null, words: string): void {
    this.#started = true;
    this.#trouble = null;
    this.#count += 1;
    this.#origins.set(draft, preset);
    this.editor.do({ type: 'replace', document: draft }, words);
  }

  /** A new canvas without a node. */
  clear(): void {
    this.put(newDraft(), null, t.editor.cleared);
  }

  set(id: string, value: TensorLike): void {
    this.editor.setValue(id, nested(value));
  }

  /** The example as it was, at the same step. */
  reset(): void {
    const preset = this.#preset;
    if (preset !== null) this.put(asDraft(preset.document), preset, t.editor.wasReset);
  }

  /** Writes step and graph into the address, without a new entry in the history. Call it when one of them changed. */
  async changed(step: number, draft: Draft): Promise<void> {
    if (!this.ready || this.#opening || (step === this.#toldStep && draft === this.#toldDraft)) return;
    const edited = draft !== this.#toldDraft;
    this.#toldStep = step;
    this.#toldDraft = draft;
    const now = performance.now();
    // An edit now, and all again when the address tells it: a page that is lost in between comes back as it was. Of edits that come
    // many a second (a scrub) only the first and the last are kept and packed: a large graph costs milliseconds each time.
    const burst = now - this.#edited < 250;
    if (edited) this.#edited = now;
    if (edited && !burst) this.keep();
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => this.keep(), 800);
    clearTimeout(this.#telling);
    if (burst) this.#telling = setTimeout(() => void this.#tell(), 250);
    else await this.#tell();
  }

  /** Writes the draft into the browser's storage; what is an example as it was needs no copy. */
  keep(): void {
    if (!this.ready) return;
    const { draft } = this.editor;
    const preset = this.#preset;
    if (preset !== null && sameDraft(draft, asDraft(preset.document))) {
      discard();
      this.#unsaved = false;
      return;
    }
    this.#unsaved = !save({
      draft,
      step: this.stepper.step,
      example: preset?.id ?? null,
      hash: window.location.hash,
    });
  }

  close(): void {
    clearTimeout(this.#keeping);
    clearTimeout(this.#telling);
    if (this.editor.canUndo) this.keep();
    this.editor.close();
    this.stepper.close();
  }

  async #open(
    document: GraphDocument,
    preset: Preset | null,
    told: { example?: string | undefined; link?: string; step: number },
  ): Promise<void> {
    // Title and caption stand there before the engine is.
    if (!this.ready) this.#opened = preset;
    this.#opening = true;
    this.#count += 1;
    // A graph that was shared unfinished: what is whole of it is shown.
    const draft = readDraft(document);
    if (draft?.nodes.some(({ inputs }) => inputs?.includes(emptySlot))) {
      await this.#restore(draft, preset?.id ?? null, told, told.step);
      return;
    }
    await this.stepper.open(document, told.step);
    this.#opening = false;
    if (this.stepper.failure?.during === 'open') {
      await this.#fallBack(null);
      return;
    }
    const wasReady = this.#started;
    this.#adopt(document, preset);
    if (wasReady) this.editor.say(t.editor.opened({ name: this.title }));
    this.#example = told.example;
    this.#link = told.link;
    this.#writtenStep = told.step;
    this.#toldStep = this.stepper.step;
  }

  #adopt(document: GraphDocument, preset: Preset | null): void {
    const hadWork = this.editor.canUndo;
    const draft = asDraft(document);
    this.#origins.set(draft, preset);
    this.editor.adopt(draft);
    if (!hadWork) this.#opened = preset;
    this.#started = true;
    this.#toldDraft = this.editor.draft;
    this.#tooLargeForLink = false;
  }

  async #restore(
    draft: Draft,
    example: string | null,
    told: { example?: string | undefined; link?: string | undefined },
    step: number,
  ): Promise<void> {
    this.#opening = true;
    this.#opened = findPreset(example ?? '') ?? null;
    this.#started = true;
    await this.editor.restore(draft, step);
    this.#opening = false;
    this.#example = told.example;
    this.#link = told.link;
    this.#writtenStep = step;
    this.#toldStep = this.stepper.step;
    this.#toldDraft = this.editor.draft;
  }

  /** What was asked for cannot be shown: what was there stays; where there was nothing, the first example is opened below the message. */
  async #fallBack(trouble: Trouble | null): Promise<void> {
    if (this.ready) {
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
    this.#adopt(preset.document, preset);
    this.#trouble = kept;
  }

  /** A step changes nothing of the document: its link is packed once. */
  #pack(draft: Draft): Promise<string | null> {
    if (this.#packed?.draft !== draft) this.#packed = { draft, link: encodeLink(this.editor.document) };
    return this.#packed.link;
  }

  async #tell(): Promise<void> {
    const { stepper, editor } = this;
    const { draft } = editor;
    const count = this.#count;
    const preset = this.#preset;
    const isPlain = draft.nodes.length === 0 || (preset !== null && sameDraft(draft, asDraft(preset.document)));
    let link: string | undefined;
    if (!isPlain) {
      const encoded = await this.#pack(draft);
      this.#tooLargeForLink = encoded === null;
      // Another graph may have been opened while this one was being packed.
      if (encoded === null || count !== this.#count || draft !== editor.draft) return;
      link = encoded;
    }
    this.#example = preset?.id;
    this.#link = link;
    this.#writtenStep = stepper.step;
    const { lens, at } = route.current.params;
    replaceParams({ example: preset?.id, g: link, step: stepper.step === 0 ? undefined : stepper.step, lens, at });
  }
}

const sameDraft = (a: Draft, b: Draft): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
