/* eslint-disable svelte/prefer-svelte-reactivity -- states are replaced as a whole, never changed */
import type { EngineClient } from '../page/client.ts';
import { BackpropError, type BackpropErrorData, type GraphDocument, type NestedNumbers } from '../shared/api.ts';
import type { Frame, GraphInfo } from '../shared/protocol.ts';
import type { Stepper } from '../steps/stepper.svelte.ts';
import { completePart, type Gap, type Part } from './complete.ts';
import { difference } from './difference.ts';
import { ancestorsOf, asDocument, type Draft, isLeaf, newDraft, nodeOf, outputOf } from './draft.ts';
import { drawnFrame, drawnInfo, keptInfo } from './drawn.ts';
import { applyEdit, type Connection, type Edit } from './edits.ts';
import { type History, newHistory, perform, redo, undo } from './history.ts';

/**
 * The draft of the graph view with its history and selection. The draft is the truth: whatever of it is whole goes to the engine through
 * the stepper, the rest is kept and drawn with what it lacks.
 */
export class Editor {
  readonly #engine: EngineClient;
  readonly #stepper: Stepper;
  #history = $state.raw<History>(newHistory(newDraft()));
  #refused = $state.raw<ReadonlyMap<string, Gap>>(new Map());
  #selection = $state.raw<ReadonlySet<string>>(new Set());
  #status = $state.raw({ text: '', count: 0 });
  /** What the engine has been told. */
  #told: GraphDocument | null = null;
  #syncing: Promise<void> | null = null;
  #scrub = { id: '', time: 0 };
  /** How it is said that another node is the result. */
  resultWords: (id: string) => string = () => '';
  /** The engine stopped before it had the draft. */
  #behind = false;
  readonly #leave: () => void;
  #part = $derived(completePart(this.#history.present, this.#refused));
  #shown: GraphInfo | undefined;
  // Two values: a step changes the numbers alone, and nothing that hangs on the graph is worked out again.
  #info = $derived.by(() => (this.#shown = keptInfo(this.#shown, drawnInfo(this.draft, this.#stepper.info))));
  #frame = $derived.by(() => drawnFrame(this.#info, this.#stepper.info, this.#stepper.frame));

  constructor(engine: EngineClient, stepper: Stepper) {
    this.#engine = engine;
    this.#stepper = stepper;
    this.#leave = engine.onRestart(() => {
      if (!this.#behind) return;
      this.#told = null;
      void this.#sync();
    });
  }

  close(): void {
    this.#leave();
  }

  get history(): History {
    return this.#history;
  }
  get draft(): Draft {
    return this.#history.present;
  }
  /** The draft as others read it. */
  get document(): GraphDocument {
    return asDocument(this.draft);
  }
  get part(): Part {
    return this.#part;
  }
  /** The graph as it is drawn: what the engine knows of it, and what is not whole yet. */
  get info(): GraphInfo {
    return this.#info;
  }
  /** What the engine computed of it. */
  get frame(): Frame | null {
    return this.#frame;
  }
  get canUndo(): boolean {
    return this.#history.past.length > 0;
  }
  get canRedo(): boolean {
    return this.#history.future.length > 0;
  }
  get selection(): ReadonlySet<string> {
    return this.#selection;
  }
  /** The last of what was selected: keys and menus act on it. */
  get focus(): string | null {
    return [...this.#selection].at(-1) ?? null;
  }
  /** What happened last, in words; counts, so that the same words are told twice. */
  get status(): { readonly text: string; readonly count: number } {
    return this.#status;
  }

  /** Takes over a draft that the stepper shows already. What was being edited can be brought back by undo. */
  adopt(draft: Draft): void {
    this.#history =
      this.#history.past.length === 0
        ? newHistory(draft)
        : perform(this.#history, { type: 'replace', document: draft });
    this.#refused = new Map();
    this.#selection = new Set();
    this.#told = completePart(draft).document;
  }

  /** Starts from a draft of which the engine may take a part only. */
  async restore(draft: Draft, step: number): Promise<void> {
    this.#history = newHistory(draft);
    this.#selection = new Set();
    this.#told = null;
    await this.#sync();
    if (this.#stepper.info !== null) this.#stepper.seek(step);
  }

  /** Does an edit and tells it. False where it changes nothing. `merge`: one with the edit before, for undo. */
  do(edit: Edit, words: string, merge = false): boolean {
    const before = this.#history;
    this.#history = perform(before, edit, merge);
    if (this.#history === before) return false;
    if (words !== '') this.say(words + this.#resultMoved(before.present));
    this.#keepSelection();
    void this.#sync();
    return true;
  }

  /** A result that is not built on the one from before, as when something is put beside it: said, since all gradients are others then. */
  #resultMoved(before: Draft): string {
    const [was, is] = [outputOf(before), outputOf(this.draft)];
    const lost = was !== undefined && is !== undefined && was !== is && nodeOf(this.draft, was) !== undefined;
    if (!lost || isLeaf(nodeOf(before, was)!) || ancestorsOf(this.draft, is).has(was)) return '';
    return this.resultWords(is);
  }

  undo(words: (edit: Edit) => string): void {
    const last = this.#history.past.at(-1);
    if (last === undefined) return;
    this.#history = undo(this.#history);
    this.say(words(last.edit));
    this.#keepSelection();
    void this.#sync();
  }

  redo(words: (edit: Edit) => string): void {
    const [next] = this.#history.future;
    if (next === undefined) return;
    this.#history = redo(this.#history);
    this.say(words(next.edit));
    this.#keepSelection();
    void this.#sync();
  }

  select(ids: Iterable<string>): void {
    this.#selection = new Set(ids);
  }

  /** Adds to the selection, or takes away from it. */
  toggle(id: string): void {
    const next = new Set(this.#selection);
    if (!next.delete(id)) next.add(id);
    this.#selection = next;
  }

  say(text: string): void {
    this.#status = { text, count: this.#status.count + 1 };
  }

  /** Values of one field that come quickly one after another (arrow keys, a scrub) are one edit. */
  setValue(id: string, value: NestedNumbers): void {
    const now = performance.now();
    const goesOn = this.#scrub.id === id && now - this.#scrub.time < 700;
    this.#scrub = { id, time: now };
    this.do({ type: 'value', id, value }, '', goesOn);
  }

  /** What the engine says of a wire before it is drawn: null where it fits, or where nothing can be said yet. */
  async judge(wire: Connection): Promise<BackpropErrorData | null> {
    return this.judgeEdit({ type: 'connect', ...wire }, wire.to);
  }

  /** The same of any edit; what was refused before at other nodes than `at` does not count. */
  async judgeEdit(edit: Edit, at: string): Promise<BackpropErrorData | null> {
    const others = new Map([...this.#refused].filter(([id]) => id !== at));
    const { document, gaps } = completePart(applyEdit(this.draft, edit), others);
    if (document === null || gaps.has(at)) return null;
    try {
      const info = await this.#engine.call('graph.open', document);
      void this.#engine.call('graph.close', info.graph).catch(() => undefined);
      return null;
    } catch (error) {
      if (!(error instanceof BackpropError) || error.code === 'EngineDied') return null;
      // A seed that no longer fits is not the wire's fault.
      return error.nodes.length === 0 && document.seed !== undefined ? null : error;
    }
  }

  /** Resolves when the engine has everything that it can take. */
  settled(): Promise<void> {
    return this.#syncing ?? Promise.resolve();
  }

  #keepSelection(): void {
    const ids = new Set(this.draft.nodes.map(({ id }) => id));
    if ([...this.#selection].some((id) => !ids.has(id)))
      this.#selection = new Set([...this.#selection].filter((id) => ids.has(id)));
  }

  #sync(): Promise<void> {
    this.#syncing ??= this.#tell().finally(() => {
      this.#syncing = null;
    });
    return this.#syncing;
  }

  async #tell(): Promise<void> {
    for (;;) {
      const draft = this.draft;
      await this.#tellOf(draft);
      if (draft === this.draft) return;
    }
  }

  /** Gives the engine the largest part that it takes: what it refuses is left out, with its sentence, until the next edit. */
  async #tellOf(draft: Draft): Promise<void> {
    const refused = new Map<string, Gap>();
    let seedless = false;
    for (;;) {
      const { document: whole } = completePart(draft, refused);
      if (whole === null) {
        this.#told = null;
        this.#stepper.clear();
        break;
      }
      const document = seedless ? withoutSeed(whole) : whole;
      const change = this.#told === null ? ({ kind: 'graph' } as const) : difference(this.#told, document);
      if (change.kind === 'values') {
        for (const [id, value] of change.values) void this.#stepper.set(id, value);
      }
      if (change.kind !== 'graph') {
        this.#told = document;
        break;
      }
      const error = await this.#stepper.exchange(document);
      if (draft !== this.draft) return;
      if (error === null) {
        this.#told = document;
        break;
      }
      const culprit = error.nodes.find((id) => document.nodes.some((node) => node.id === id && !refused.has(id)));
      if (culprit !== undefined) {
        refused.set(culprit, { kind: 'refused', code: error.code, message: error.message });
      } else if (document.seed !== undefined) seedless = true;
      else {
        this.#behind = true;
        this.say(error.message);
        return;
      }
    }
    this.#behind = false;
    this.#refused = refused;
  }
}

const withoutSeed = ({ seed: _, ...rest }: GraphDocument): GraphDocument => rest;
