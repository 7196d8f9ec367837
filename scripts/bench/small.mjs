/**
 * What is not training: small graphs through the public API. Each measurement returns seconds a call, over parts of about two
 * milliseconds within the time given.
 */
const PART = 0.002;

async function engineOf({ engineUrl }) {
  const { loadEngine } = await import(/* @vite-ignore */ engineUrl);
  engine ??= await loadEngine();
  return engine;
}
let engine;

/** A chain of `count` scalar nodes with a few inputs, as an autograd tutorial would write it. */
export function scalarDocument(count) {
  const nodes = [
    { id: 'x0', op: 'input', value: 0.5 },
    { id: 'x1', op: 'input', value: -0.25 },
    { id: 'x2', op: 'input', value: 0.75 },
  ].slice(0, Math.max(1, Math.min(3, count - 1)));
  const binary = ['mul', 'add', 'sub'];
  const unary = ['tanh', 'sigmoid', 'square'];
  for (let i = nodes.length; i < count; i++) {
    const last = nodes[i - 1].id;
    // Every third node squashes, so that nothing overflows however long the chain is.
    if (i % 3 === 2) nodes.push({ id: `n${i}`, op: unary[i % 2], inputs: [last] });
    else nodes.push({ id: `n${i}`, op: binary[i % 3], inputs: [last, nodes[(i * 7) % Math.min(i, 3)].id] });
  }
  return { format: 'backprop-graph', version: 1, nodes };
}

/** Seconds a call: calls are timed in parts that a coarse clock can see; the median of the parts and the fastest. */
function timed(call, milliseconds) {
  let calls = 1;
  const parts = [];
  const start = performance.now();
  while (performance.now() - start < milliseconds || parts.length < 6) {
    const from = performance.now();
    for (let i = 0; i < calls; i++) call(i);
    const seconds = (performance.now() - from) / 1000;
    if (seconds < PART && calls < 1e6) calls *= 2;
    else parts.push(seconds / calls);
  }
  // The first third still runs as the browser's quick compiler left it.
  const warm = parts.slice(Math.floor(parts.length / 3)).sort((x, y) => x - y);
  return { median: warm[warm.length >> 1], best: warm[0] };
}

export const SMALL = {
  /** Forward and backward over 300 scalar nodes after an input has changed. */
  async graph300({ milliseconds, ...places }) {
    const graph = (await engineOf(places)).graph(scalarDocument(300));
    const took = timed((i) => {
      graph.set('x0', i % 2 ? 0.5 : 0.25);
      graph.backward();
    }, milliseconds);
    graph.dispose();
    return took;
  },
  /** From a document to a graph in topological order, and away again. */
  async load10000({ milliseconds, ...places }) {
    const engine = await engineOf(places);
    const document = scalarDocument(10_000);
    document.nodes.reverse(); // nothing is in order yet
    return timed(() => engine.graph(document).dispose(), milliseconds);
  },
  /** Both of these over the number of nodes. */
  async growth({ milliseconds, ...places }) {
    const engine = await engineOf(places);
    const counts = [10, 30, 100, 300, 1000, 3000, 10_000];
    return counts.map((count) => {
      const document = scalarDocument(count);
      const load = timed(() => engine.graph(document).dispose(), milliseconds);
      const graph = engine.graph(document);
      const pass = timed((i) => {
        graph.set('x0', i % 2 ? 0.5 : 0.25);
        graph.backward();
      }, milliseconds);
      graph.dispose();
      return { count, load, pass };
    });
  },
};
