// The page that `npm run bench` drives: starts a worker a contender and hands questions to them; nothing is measured here but digits.
const files = {};
const workers = new Map();

async function bytes(name) {
  files[name] ??= fetch(`data/${name}`).then(async (answer) => new Uint8Array(await answer.arrayBuffer()));
  return files[name];
}

function conversation(worker) {
  const waiting = new Map();
  let next = 0;
  worker.onmessage = ({ data: { id, result, error } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(result);
    else reject(new Error(error));
  };
  worker.onerror = (event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message || 'the worker could not be started'));
  };
  return (message) =>
    new Promise((resolve, reject) => {
      waiting.set(++next, { resolve, reject });
      worker.postMessage({ id: next, ...message });
    });
}

const places = {
  engineUrl: new URL('lib/index.js', location.href).href,
  wasmFolder: new URL('tfjs/', location.href).href,
};

globalThis.bench = {
  start(name) {
    const worker = new Worker('browser-worker.mjs', { type: 'module' });
    workers.set(name, { worker, ask: conversation(worker) });
  },
  async ask(name, kind, rest) {
    const message = { kind, ...rest, places };
    if (kind === 'prepare' && !rest.data.inputs) {
      const images = await bytes('images.u8');
      message.data = { images, labels: await bytes('labels.u8'), count: rest.data.count };
    }
    return workers.get(name).ask(message);
  },
  stop(name) {
    workers.get(name).worker.terminate();
    workers.delete(name);
  },

  /** Seconds from strokes in the page to probabilities in the page, by the worker of the built page and its own protocol. */
  async digit(workerUrl, milliseconds) {
    const worker = new Worker(workerUrl, { type: 'module' });
    const waiting = new Map();
    let next = 0;
    worker.onmessage = ({ data }) => {
      if (data.kind === 'result') waiting.get(data.id).resolve(data.result);
      if (data.kind === 'error') waiting.get(data.id).reject(new Error(data.error.message));
      waiting.delete(data.id);
    };
    const call = (method, ...args) =>
      new Promise((resolve, reject) => {
        waiting.set(++next, { resolve, reject });
        worker.postMessage({ kind: 'call', id: next, method, args });
      });
    const weights = await (await fetch('page/models/digits-mlp.safetensors')).arrayBuffer();
    const { network } = await call('network.load', weights);
    const drawings = [];
    for (let label = 0; label < 10; label++) drawings.push(await call('digits.sample', label, 3));
    let right = 0;
    const classify = async () => {
      right = 0;
      for (const [label, strokes] of drawings.entries()) {
        const { probabilities } = await call('digits.classify', network, strokes);
        if (probabilities.indexOf(Math.max(...probabilities)) === label) right++;
      }
    };
    const echo = new Worker('echo.mjs', { type: 'module' });
    const thereAndBack = async () => {
      for (const strokes of drawings) {
        const answer = new Promise((resolve) => (echo.onmessage = resolve));
        echo.postMessage({ kind: 'call', id: 0, method: 'digits.classify', args: [network, strokes] });
        await answer;
      }
    };
    // Until the browser's optimising compiler is done with what runs, as every other contender trains before it is timed.
    await timed(classify, drawings.length, milliseconds);
    await timed(thereAndBack, drawings.length, milliseconds);
    const result = { ...(await timed(classify, drawings.length, milliseconds)), right };
    result.message = (await timed(thereAndBack, drawings.length, milliseconds)).median;
    worker.terminate();
    echo.terminate();
    return result;
  },
};

/** Seconds for each of the `count` things that `work` does, over as many parts as fit. Ten things a part: the page's clock is coarse. */
async function timed(work, count, milliseconds) {
  const parts = [];
  const start = performance.now();
  while (performance.now() - start < milliseconds || parts.length < 20) {
    const from = performance.now();
    await work();
    parts.push((performance.now() - from) / 1000 / count);
  }
  parts.sort((x, y) => x - y);
  return { median: parts[parts.length >> 1], best: parts[0] };
}
