import type { CommandMessage, CommandName, Commands, EventMessage } from '../shared/embed.ts';

/**
 * `<backprop-playground example="apple" lang="zh" step="2">`: makes a frame on this script's own host and talks to it. No
 * dependency; docs/embedding.md describes attributes, events and commands.
 */

/** Attributes that go into the frame's address, and the command that follows a change of each; without one the frame starts anew. */
const PARAMETERS: Readonly<Record<string, CommandName | null>> = {
  example: 'load',
  graph: 'load',
  expr: 'load',
  lang: 'setLang',
  step: 'seek',
  theme: 'setTheme',
  readonly: null,
};
const BESIDE_THIS_SCRIPT = import.meta.url;
/** Also under their own names, as elements of the platform tell them: without bubbling. */
const PLAIN = ['ready', 'step', 'error'];
const DEFAULT_HEIGHT = 420;

// A sheet, not a style element: the host's policy may refuse those. !important holds against what the host says about all elements.
const sheet = new CSSStyleSheet();
sheet.replaceSync(
  ':host{display:block!important}:host([hidden]){display:none!important}iframe{display:block;width:100%;border:0;border-radius:4px}',
);

export class BackpropPlayground extends HTMLElement {
  static readonly observedAttributes = [...Object.keys(PARAMETERS), 'height', 'src', 'title'];

  #root = this.attachShadow({ mode: 'open' });
  #frame: HTMLIFrameElement | null = null;
  #origin = '';
  /** Commands given before the frame said its first word; null from then on. */
  #queue: CommandMessage[] | null = [];

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
  }

  connectedCallback(): void {
    addEventListener('message', this.#hear);
    this.#start();
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.#hear);
    this.#frame?.remove();
    this.#frame = null;
    this.#queue = [];
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (this.#frame === null || before === now) return;
    if (name === 'height') this.#fit(DEFAULT_HEIGHT);
    else if (name === 'title') this.#frame.title = now ?? '';
    else if (name === 'step') this.seek(Number(now ?? 0));
    else if (name === 'lang') this.send('setLang', this.#language() ?? navigator.language);
    else if (name === 'theme') this.send('setTheme', (now ?? 'auto') as Commands['setTheme']);
    else if (PARAMETERS[name] === 'load') this.send('load', this.#source());
    else {
      this.#queue = [];
      this.#start();
    }
  }

  /** Sends a command; before the frame is there, it waits. */
  send<C extends CommandName>(command: C, value?: Commands[C], id?: string | number): void {
    const message = { type: 'backprop-playground', version: 1, command, value, id } as CommandMessage;
    if (this.#queue) this.#queue.push(message);
    else this.#frame?.contentWindow?.postMessage(message, this.#target());
  }
  seek(step: number): void {
    this.send('seek', step);
  }
  reset(): void {
    this.send('reset');
  }

  #start(): void {
    const src = this.getAttribute('src');
    const url = src ? new URL(src, document.baseURI) : new URL('embed.html', BESIDE_THIS_SCRIPT);
    for (const name of Object.keys(PARAMETERS)) {
      const value = name === 'lang' ? this.#language() : this.getAttribute(name);
      // A graph stays on this side of the network: the fragment is not sent to the server.
      if (name === 'graph') url.hash = value ? `graph=${encodeURIComponent(value)}` : '';
      else if (value !== null) url.searchParams.set(name, name === 'readonly' ? value || '1' : value);
    }
    if (this.#fixed()) url.searchParams.set('height', String(this.#fixed()));
    this.#origin = url.origin;
    const frame = document.createElement('iframe');
    frame.title = this.title || 'Backprop Playground';
    frame.loading = 'lazy';
    frame.allow = 'fullscreen; clipboard-write';
    frame.src = url.href;
    this.#frame = frame;
    this.#fit(DEFAULT_HEIGHT);
    this.#root.replaceChildren(frame);
  }

  #hear = ({ source, origin, data }: MessageEvent<Partial<EventMessage> | null>): void => {
    const frame = this.#frame;
    if (frame === null || source !== frame.contentWindow || origin !== this.#origin) return;
    if (data?.type !== 'backprop-playground' || data.version !== 1 || typeof data.event !== 'string') return;
    const message = data as EventMessage;
    const waiting = this.#queue;
    this.#queue = null;
    for (const { command, value, id } of waiting ?? []) this.send(command, value, id);
    if (message.event === 'resize') this.#fit(message.height);
    if (message.event === 'ready' && !this.title) frame.title = message.title;
    this.dispatchEvent(new CustomEvent(`bp-${message.event}`, { detail: message, bubbles: true, composed: true }));
    if (PLAIN.includes(message.event)) this.dispatchEvent(new CustomEvent(message.event, { detail: message }));
  };

  #fit(height: number): void {
    const px = Math.min(4000, Math.max(80, this.#fixed() || Number(height) || 80));
    if (this.#frame) this.#frame.style.height = `${px}px`;
  }
  /** 0: the height follows the content. */
  #fixed(): number {
    return parseFloat(this.getAttribute('height') ?? '') || 0;
  }
  /** The language of the surrounding text; without one, the reader's own. */
  #language(): string | null {
    return this.closest('[lang]')?.getAttribute('lang') || null;
  }
  #source(): Commands['load'] {
    const graph = this.getAttribute('graph');
    const expr = this.getAttribute('expr');
    return graph ? { graph } : expr ? { expr } : { example: this.getAttribute('example') ?? 'apple' };
  }
  /** A page from disk has no origin to name. */
  #target(): string {
    return this.#origin === 'null' ? '*' : this.#origin;
  }
}

if (!customElements.get('backprop-playground')) customElements.define('backprop-playground', BackpropPlayground);
