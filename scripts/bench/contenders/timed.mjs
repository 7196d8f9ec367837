/** Calls `advance`, a whole step that ends before it returns, for so long: how often, and in what time. */
export function timed(advance, milliseconds) {
  const start = performance.now();
  let count = 0;
  do {
    advance();
    count++;
  } while (performance.now() - start < milliseconds);
  return { count, seconds: (performance.now() - start) / 1000 };
}
