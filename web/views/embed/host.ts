import type { CommandId, CommandMessage, HostEventName, HostEvents } from '../../shared/embed.ts';
import { isRefusal, readCommand } from './commands.ts';

const LEAST_HEIGHT = 80;
const MOST_HEIGHT = 4000;

/** The page around the figure, as the figure sees it. Opened as a page of its own, there is none and nothing is sent. */
export interface Host {
  send<E extends HostEventName>(event: E, detail: HostEvents[E], id?: CommandId | null): void;
  /** Commands of the parent window, checked, one after the other: each waits for the one before. */
  listen(run: (message: CommandMessage) => Promise<void>): void;
  /** Reports the height of an element now and whenever it changes. */
  follow(element: Element): () => void;
}

export function connectHost(frame: Window = window): Host {
  const parent = frame.parent === frame ? null : frame.parent;
  let last: Promise<void> = Promise.resolve();

  // Which origin the host has is not known before it speaks. What is sent holds no drawing and nothing about the reader.
  const post = (message: unknown): void => parent?.postMessage(message, '*');

  const send: Host['send'] = (event, detail, id = null) => {
    post({ type: 'backprop-playground', version: 1, id, event, ...detail });
  };

  return {
    send,
    listen(run) {
      frame.addEventListener('message', (event) => {
        if (parent === null || event.source !== parent) return;
        const message = readCommand(event.data);
        if (message === null) return;
        if (isRefusal(message)) send('error', { code: message.code, message: message.message }, message.id);
        else last = last.then(() => run(message));
      });
    },
    follow(element) {
      let told = 0;
      const observer = new ResizeObserver(() => {
        const needed = Math.ceil(element.getBoundingClientRect().height);
        const height = Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, needed));
        if (height === told) return;
        told = height;
        send('resize', { height });
        // Canvas and other learning platforms that follow LTI's message.
        post({ subject: 'lti.frameResize', height });
      });
      observer.observe(element);
      return () => observer.disconnect();
    },
  };
}
