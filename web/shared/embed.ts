import type { GraphDocument, TensorLike } from './api.ts';

/**
 * What an embedded figure and the page around it say to each other, by postMessage. Types only, so that the custom element stays
 * one small file. docs/embedding.md tells the same to those who write such pages.
 */

export interface Envelope {
  readonly type: 'backprop-playground';
  readonly version: 1;
}

/** What `load` and the address name: an example, a document, a document as in a link (deflate-raw, base64url), or an expression. */
export type Source =
  | { readonly example: string }
  | { readonly graph: GraphDocument | string }
  | { readonly g: string }
  | { readonly expr: string };

/** From the host, each with its value. */
export interface Commands {
  seek: number;
  play: undefined;
  pause: undefined;
  /** The embedded state again: first step, the document's own values. */
  reset: undefined;
  /** A string is the name of an example. */
  load: string | (Source & { readonly step?: number });
  set: { readonly node: string; readonly value: TensorLike };
  setTheme: 'auto' | 'light' | 'dark';
  /** A language tag: `zh`, `zh-Hans`, `ja-JP`. */
  setLang: string;
  /** Answered by the event `state` with the same id. */
  getState: undefined;
}
export type CommandName = keyof Commands;

/** A command as it travels. `id` is the host's own; an answer or an error that follows carries it. */
export type CommandMessage = {
  [C in CommandName]: Envelope & { readonly command: C; readonly value?: Commands[C]; readonly id?: CommandId };
}[CommandName];
export type CommandId = string | number;

export type Phase = 'start' | 'forward' | 'seed' | 'backward';

/** To the host. `id` is null unless the event answers a command. */
export interface HostEvents {
  /** The first figure stands; also after `load`. */
  ready: { readonly example: string | null; readonly title: string; readonly step: number; readonly last: number };
  /** CSS pixels that the content needs, 80 to 4000. */
  resize: { readonly height: number };
  /** Shown now. `node`: the operator of this step; null before the first. */
  step: { readonly step: number; readonly last: number; readonly phase: Phase; readonly node: string | null };
  /** A leaf has another value, by the reader or by `set`. */
  change: { readonly node: string; readonly value: TensorLike };
  error: { readonly code: string; readonly message: string };
  state: {
    readonly example: string | null;
    readonly step: number;
    readonly last: number;
    readonly playing: boolean;
    readonly theme: Commands['setTheme'];
    readonly lang: 'en' | 'zh' | 'ja';
    /** With the values that were set; null while nothing is open. `load` takes it back. */
    readonly graph: GraphDocument | null;
  };
}
export type HostEventName = keyof HostEvents;
export type EventMessage = {
  [E in HostEventName]: Envelope & { readonly event: E; readonly id: CommandId | null } & HostEvents[E];
}[HostEventName];
