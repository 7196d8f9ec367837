import { language, loadWords, t } from '../../i18n/index.ts';
import type { EngineClient } from '../../page/client.ts';
import { apple } from '../../presets/apple.ts';
import { loadPreset } from '../../presets/load.ts';
import type { Preset } from '../../presets/types.ts';
import type { GraphDocument, TensorLike } from '../../shared/api.ts';
import type { HostEvents, Phase, Source } from '../../shared/embed.ts';
import { type NodeWords, nodeWords } from '../../steps/node-words.ts';
import { opCatalogue } from '../../steps/op-catalogue.svelte.ts';
import { Stepper } from '../../steps/stepper.svelte.ts';
import { asDocument, decodeLink, largestDocument, LinkError } from '../graph/document-link.ts';
import { presetNames } from '../graph/preset-names.ts';
import { sourceTrouble, type Trouble, troubleOf } from '../graph/trouble.ts';

/** For the host: English, with a code. The reader sees a `Trouble` in their language. */
export type Problem = HostEvents['error'];

/** The one figure of the frame: what is open, what went wrong, and the state that Reset brings back. */
export class EmbeddedFigure {
  readonly stepper: Stepper;
  #preset = $state.raw<Preset | null>(null);
  /** Why there is no document; what the engine refuses stands in the stepper. */
  #missing = $state.raw<((keeps: boolean) => Trouble) | null>(null);
  #start: { readonly document: GraphDocument; readonly step: number } | null = null;

  readonly #engine: EngineClient;

  constructor(engine: EngineClient) {
    this.#engine = engine;
    this.stepper = new Stepper(engine);
    void opCatalogue.load(engine);
  }

  get example(): string | null {
    return this.#preset?.id ?? null;
  }
  get words(): NodeWords | null {
    const { info } = this.stepper;
    const preset = this.#preset;
    return info === null
      ? null
      : nodeWords(info, opCatalogue.ops, preset === null ? undefined : presetNames(preset, language.current));
  }
  get title(): string {
    return this.#preset?.title[language.current] ?? (this.stepper.info?.document.title || t.graph.own);
  }
  get phase(): Phase {
    const { frame, last } = this.stepper;
    const step = frame?.step ?? 0;
    const seed = (last + 1) / 2;
    if (step === 0) return 'start';
    return step < seed ? 'forward' : step === seed ? 'seed' : 'backward';
  }
  /** The operator whose step is shown. */
  get node(): string | null {
    const { frame, info } = this.stepper;
    if (frame === null || info === null || frame.step === 0) return null;
    if (this.phase === 'seed') return info.output;
    const own = info.nodes.find((node) => node.forwardStep === frame.step || node.backwardStep === frame.step);
    return own?.id ?? null;
  }

  /** In the reader's language. */
  get trouble(): Trouble | null {
    const { failure, info } = this.stepper;
    const keeps = info !== null;
    const trouble =
      failure === null
        ? (this.#missing?.(keeps) ?? null)
        : troubleOf(failure, t, (id) => this.words?.full(id) ?? id, keeps);
    // There is nothing to choose from here; the full page has all examples.
    return trouble === null || keeps ? trouble : { ...trouble, next: t.embed.tellAuthor };
  }

  dismiss(): void {
    this.#missing = null;
    this.stepper.dismiss();
  }

  /** Opens a figure. Resolves to what went wrong; then the figure from before, if any, stays. */
  async load(source: Source, step: number): Promise<Problem | null> {
    // What was wrong with an earlier one is not what is wrong with this one.
    this.dismiss();
    if ('example' in source) {
      const preset = await loadPreset(source.example);
      if (preset !== undefined) return this.#open(preset.document, preset, step);
      const id = source.example.slice(0, 80);
      this.#missing = (keeps) => ({
        what: t.graph.unknownExample({ id }),
        why: keeps ? t.graph.keeps : '',
      });
      const known = (await import('../../presets/index.ts')).presets.map((known) => known.id).join(', ');
      return { code: 'UnknownExample', message: `There is no example named "${id}". Known: ${known}.` };
    }
    if ('expr' in source) return this.#loadExpression(source.expr, step);
    try {
      return await this.#open(await documentOf(source), null, step);
    } catch (error) {
      this.#missing = (keeps) => sourceTrouble(error, t, keeps);
      const reason = error instanceof LinkError ? error.reason : 'broken';
      return { code: 'MalformedDocument', message: `The graph could not be read: ${reasons[reason]}.` };
    }
  }

  /** What is wrong with the text is said to the host in English, as code and place, and to the reader in their language. */
  async #loadExpression(text: string, step: number): Promise<Problem | null> {
    const { build, ExpressionError, fromAddress } = await import('../../expression/index.ts');
    await opCatalogue.load(this.#engine);
    let document: GraphDocument;
    try {
      ({ document } = build(fromAddress(text), { ops: opCatalogue.ops }));
    } catch (error) {
      const what = error instanceof Error ? error.message : '';
      const [{ problemSentence }, { expressionWords }] = await Promise.all([
        import('../graph/problem-sentence.ts'),
        import('../../i18n/expression.ts'),
      ]);
      await expressionWords.load();
      // The words are asked for whenever they are shown: the frame may change its language.
      const why = (): string =>
        error instanceof ExpressionError
          ? problemSentence(error as Parameters<typeof problemSentence>[0])
          : t.errors.other;
      this.#missing = (keeps) => ({
        what: t.graph.failedOpen,
        why: why(),
        ...(keeps ? { next: t.graph.keeps } : {}),
        detail: `${text.slice(0, 200)}: ${what}`,
      });
      return { code: 'MalformedDocument', message: `The expression could not be read: ${what}.` };
    }
    return this.#open(document, null, step);
  }

  /** Resolves to what went wrong; then the leaf keeps its value. */
  async set(node: string, value: TensorLike): Promise<Problem | null> {
    await this.stepper.set(node, value);
    const { failure } = this.stepper;
    return failure?.during === 'set' && failure.node === node ? problemOf(failure.error) : null;
  }

  /** The embedded state again. */
  async reset(): Promise<void> {
    if (this.#start === null) return;
    const { document, step } = this.#start;
    this.dismiss();
    if (this.stepper.revision === 0) this.stepper.seek(step);
    else await this.stepper.open(document, step);
  }

  async #open(document: GraphDocument, preset: Preset | null, step: number): Promise<Problem | null> {
    // The words of the first example are those that every visitor fetches.
    await Promise.all([this.stepper.open(document, step), preset === apple ? undefined : loadWords('ops')]);
    const { failure } = this.stepper;
    if (failure?.during === 'open') return problemOf(failure.error);
    this.#preset = preset;
    this.#start = { document, step };
    return null;
  }
}

const problemOf = ({ code, message }: { code: string; message: string }): Problem => ({ code, message });

const reasons: Readonly<Record<LinkError['reason'], string>> = {
  'too-long': 'it is longer than a frame accepts',
  broken: 'it is damaged or cut off',
  'not-document': 'it is not an object with "format": "backprop-graph", "version": 1 and a list of "nodes"',
};

/** Throws LinkError. */
async function documentOf(source: Exclude<Source, { example: string } | { expr: string }>): Promise<GraphDocument> {
  if ('g' in source) return decodeLink(source.g);
  if (typeof source.graph !== 'string') return asDocument(source.graph);
  if (source.graph.length > largestDocument) throw new LinkError('too-long');
  try {
    return asDocument(JSON.parse(source.graph));
  } catch (error) {
    throw error instanceof LinkError ? error : new LinkError('broken');
  }
}
