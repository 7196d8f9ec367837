const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'scroll', 'touchstart'] as const;

/** Long enough that a page that is only glanced at costs nothing more. */
const STAYS_AFTER = 2500;

/**
 * Calls `run` once: at the visitor's first sign of life, or after a moment of reading. For what the first view can do without
 * but everybody who stays will want. Returns a function that calls it off.
 */
export function whenVisitorStays(run: () => void): () => void {
  const stop = new AbortController();
  const begin = (): void => {
    if (stop.signal.aborted) return;
    stop.abort();
    clearTimeout(timer);
    run();
  };
  const timer = setTimeout(begin, STAYS_AFTER);
  for (const sign of SIGNS) addEventListener(sign, begin, { passive: true, capture: true, signal: stop.signal });
  return () => {
    stop.abort();
    clearTimeout(timer);
  };
}
