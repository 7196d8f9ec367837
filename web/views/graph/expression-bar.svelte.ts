import type * as ExpressionLanguage from '../../expression/index.ts';
import type { Built, Claim, ClaimEngine, ExpressionError, Verdict } from '../../expression/index.ts';
import { print } from '../../expression/print.ts';
import { expressionWords } from '../../i18n/expression.ts';
import type { EngineClient } from '../../page/client.ts';
import { formatNumber } from '../../page/format.ts';
import type { GraphDocument } from '../../shared/api.ts';
import type { GraphInfo } from '../../shared/protocol.ts';
import { opCatalogue } from '../../steps/op-catalogue.svelte.ts';
import { t } from '../../i18n/index.ts';
import type { GraphPage } from './graph-page.svelte.ts';
import { problemSentence } from './problem-sentence.ts';

/** What stands below the field. */
export interface Message {
  readonly kind: 'problem' | 'refused' | 'told';
  readonly lines: readonly string[];
  /** The engine's own English sentence. */
  readonly detail?: string;
}

/** A stop in typing after which the text is looked at. */
const pause = 500;

type Language = typeof ExpressionLanguage;
/** The parser: fetched when somebody types, or when the address holds an expression. */
const language = (): Promise<Language> => import('../../expression/index.ts');

/** The text of the bar, what is wrong with it, and how it becomes the graph. */
export class ExpressionDraft {
  readonly page: GraphPage;
  readonly #engine: EngineClient;
  #draft = $state<string | null>(null);
  #message = $state.raw<Message | null>(null);
  #wrong = $state.raw<{ at: number; length: number } | null>(null);
  #several = $state(false);
  #drawing = $state(false);
  /** What a drawing replaced. */
  /** The graph on show is the one that was drawn last: the editor's undo brings the one before it back. */
  #replaced = $state(false);
  /** The graph that the text describes: as long as it is on show, the text stays as it was typed. */
  #drawn: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(page: GraphPage, engine: EngineClient) {
    this.page = page;
    this.#engine = engine;
  }

  get text(): string {
    return this.#draft ?? this.#printed ?? '';
  }
  /** Nothing is typed, and the graph on show has no text. */
  get tooLarge(): boolean {
    return this.#draft === null && this.page.stepper.document !== null && this.#printed === null;
  }
  get message(): Message | null {
    return this.#message;
  }
  get wrong(): { at: number; length: number } | null {
    return this.#wrong;
  }
  get several(): boolean {
    return this.#several;
  }
  get drawing(): boolean {
    return this.#drawing;
  }
  get canUndo(): boolean {
    return this.#replaced && this.page.editor.canUndo;
  }

  get #printed(): string | null {
    const { info, document } = this.page.stepper;
    // The document is read anew when another graph is opened.
    if (info === null || document === null) return null;
    return print(document, this.#several ? { values: true, separator: '\n' } : { values: false });
  }

  type(text: string): void {
    this.#draft = text;
    this.#message = null;
    this.#wrong = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), pause);
  }

  /** Another graph is on show: its own text takes the place of what was typed for an earlier one. */
  follow(graph: number | undefined): void {
    if (graph === undefined || graph === this.#drawn || this.#drawing) return;
    this.#drawn = null;
    this.#replaced = false;
    this.#draft = null;
    this.#message = null;
    this.#wrong = null;
  }

  showSeveral(several: boolean): void {
    // What was not touched is printed anew, in the other form.
    if (this.#draft !== null && !several) this.#draft = this.#draft.replace(/\s*\n\s*/g, '; ');
    this.#several = several;
  }

  /** Replaces the graph with what the text says. What is wrong stands below the field, and nothing is lost. */
  async draw(text = this.text): Promise<void> {
    clearTimeout(this.#timer);
    const { build, claimsOf } = await language();
    await opCatalogue.load(this.#engine);
    const options = { ops: opCatalogue.ops, present: this.#present };
    let built: Built;
    let claims: readonly Claim[];
    try {
      built = build(text, options);
      claims = claimsOf(built.program, options);
    } catch (error) {
      this.#draft = text;
      this.#fail(error);
      return;
    }
    const { words } = expressionWords;
    const assumed = built.assumed.map((name) => name.text).join(', ');
    this.#drawing = true;
    const refused = await this.page.replace(built.document);
    this.#drawing = false;
    this.#draft = text;
    if (refused !== null) {
      // The bar says it where it was typed.
      this.page.dismiss();
      const lines = [words.refused, ...(assumed === '' ? [] : [words.assumedShape({ names: assumed })])];
      this.#message = { kind: 'refused', lines, detail: refused.message };
      return;
    }
    this.#drawn = this.page.stepper.info?.graph ?? null;
    this.#replaced = true;
    const told = [words.drawn(counts(built.document)), ...(assumed === '' ? [] : [words.assumed({ names: assumed })])];
    this.#message = { kind: 'told', lines: told };
    const verdicts = await this.#judge(claims);
    if (verdicts.length > 0) this.#message = { kind: 'told', lines: [...told, ...verdicts.map(sentence)] };
  }

  /** One undo of the editor: all of the graph from before comes back, its places and notes too, and redo draws this one again. */
  undo(): void {
    if (!this.canUndo) return;
    this.#replaced = false;
    this.page.editor.undo((edit) => t.editor.undone({ what: t.editor.edits[edit.type] }));
    this.#draft = null;
    this.#message = null;
  }

  /** After a pause: what would be drawn, or what is wrong. A text that merely has not ended yet is left in peace. */
  async #look(): Promise<void> {
    const text = this.#draft;
    if (text === null || text.trim() === '') return;
    const { build, claimsOf } = await language();
    if (text !== this.#draft || opCatalogue.ops.length === 0) return;
    try {
      const options = { ops: opCatalogue.ops, present: this.#present };
      const { document, program } = build(text, options);
      const told = [expressionWords.words.preview(counts(document))];
      this.#message = { kind: 'told', lines: told };
      // A derivative is checked as soon as it can be read.
      const verdicts = await this.#judge(claimsOf(program, options));
      if (text === this.#draft && verdicts.length > 0)
        this.#message = { kind: 'told', lines: [...told, ...verdicts.map(sentence)] };
    } catch (error) {
      const { at, length, code } = error as ExpressionError;
      const atEnd = at + length >= text.trimEnd().length;
      if (code === 'Unclosed' || code === 'NothingToDraw' || (code === 'Expected' && atEnd)) return;
      this.#fail(error);
    }
  }

  /** Leaves with the names that they have in the reader's language, so that they keep them. */
  get #present(): GraphDocument | null {
    const { document } = this.page.stepper;
    const words = this.page.words;
    if (document === null || words === null) return document;
    const nodes = document.nodes.map((node) => {
      const label = words.label(node.id);
      return label === node.id ? node : { ...node, label };
    });
    return { ...document, nodes };
  }

  async #judge(claims: readonly Claim[]): Promise<Verdict[]> {
    if (claims.length === 0) return [];
    const { judge } = await language();
    return Promise.all(claims.map((claim) => judge(claim, claimEngine(this.#engine))));
  }

  #fail(error: unknown): void {
    const problem = error as ExpressionError;
    if (problem.name !== 'ExpressionError') throw error;
    this.#wrong = { at: problem.at, length: problem.length };
    this.#message = { kind: 'problem', lines: [problemSentence(problem)] };
  }
}

const leafOps = ['input', 'parameter', 'constant'];

function counts({ nodes }: GraphDocument): { inputs: number; operators: number } {
  const operators = nodes.filter(({ op }) => !leafOps.includes(op)).length;
  return { operators, inputs: nodes.filter(({ op }) => op === 'input' || op === 'parameter').length };
}

function sentence({ title, agrees, compared, differs }: Verdict): string {
  const { words } = expressionWords;
  if (agrees === null) return words.claimOpen({ title });
  if (differs === null) return words.claimHolds({ title, points: compared });
  const { x, claimed, engine } = differs;
  return words.claimFails({ title, x: formatNumber(x), claimed: formatNumber(claimed), engine: formatNumber(engine) });
}

/** Both sides of a claim through the worker. */
function claimEngine(engine: EngineClient): ClaimEngine {
  async function read(
    document: GraphDocument,
    ids: readonly string[],
    of: 'value' | 'grad',
  ): Promise<readonly number[]> {
    const info: GraphInfo = await engine.call('graph.open', document);
    try {
      const frame = await engine.call('graph.seek', info.graph, of === 'grad' ? info.steps : (info.steps - 1) / 2);
      return ids.map((id) => {
        const state = frame.nodes[info.nodes.findIndex((node) => node.id === id)];
        const tensor = of === 'grad' ? state?.grad : state?.value;
        // An input that the result does not depend on receives no gradient at all.
        return tensor === null && of === 'grad' ? 0 : (tensor?.data?.[0] ?? NaN);
      });
    } finally {
      void engine.call('graph.close', info.graph).catch(() => undefined);
    }
  }
  return {
    gradients: (document, ids) => read(document, ids, 'grad'),
    values: (document, ids) => read(document, ids, 'value'),
  };
}
