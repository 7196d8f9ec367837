import type { Events } from '../shared/protocol';

/**
 * Unasked messages, one in flight per kind: the next goes out only after the page acknowledged the last (which it does once a
 * frame), so a busy page is never flooded. In between only the newest is kept; `merge` carries over what must not be lost.
 */
export class Outbox {
  readonly #send: <E extends keyof Events>(event: E, data: Events[E]) => void;
  readonly #inFlight = new Set<keyof Events>();
  readonly #waiting = new Map<keyof Events, Events[keyof Events]>();

  constructor(send: <E extends keyof Events>(event: E, data: Events[E]) => void) {
    this.#send = send;
  }

  post<E extends keyof Events>(
    event: E,
    data: Events[E],
    merge: (older: Events[E], newer: Events[E]) => Events[E],
  ): void {
    if (!this.#inFlight.has(event)) {
      this.#inFlight.add(event);
      this.#send(event, data);
      return;
    }
    const older = this.#waiting.get(event) as Events[E] | undefined;
    this.#waiting.set(event, older === undefined ? data : merge(older, data));
  }

  /** Brings a message that still waits up to date, so that it does not tell of a state that a call has changed since. */
  amend<E extends keyof Events>(event: E, change: (waiting: Events[E]) => Events[E]): void {
    const waiting = this.#waiting.get(event) as Events[E] | undefined;
    if (waiting !== undefined) this.#waiting.set(event, change(waiting));
  }

  acknowledge(event: keyof Events): void {
    this.#inFlight.delete(event);
    const waiting = this.#waiting.get(event);
    if (waiting === undefined) return;
    this.#waiting.delete(event);
    this.#inFlight.add(event);
    this.#send(event, waiting);
  }
}
