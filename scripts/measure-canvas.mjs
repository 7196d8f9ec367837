// How the canvas carries 200 nodes with heat maps, in a browser of this machine: `node scripts/measure-canvas.mjs [nodes] [scattered]`. Scattered:
// scalars that stand where a hand might have put them, so that nearly every wire goes round something. Prints the median of
// step to paint (aim 100 ms) and the 95th percentile of the frames while a node is dragged (aim 20 ms). A report, not a test: what else the
// machine does counts in.
/* global window, document, requestAnimationFrame -- functions that are given to the page run there */
import { fileURLToPath } from 'node:url';
import { launchChromium } from './lib/chromium.mjs';
import { listen, staticServer } from './lib/static-server.mjs';

const site = fileURLToPath(new URL('../dist/site', import.meta.url));
const wanted = Number(process.argv[2] ?? 200);

/** Layers of matrix product, bias and activation, 6 × 6 each: every wire carries a heat map. */
function layered(count) {
  const matrix = (seed) =>
    Array.from({ length: 6 }, (_, i) => Array.from({ length: 6 }, (_, j) => Math.sin(seed + 6 * i + j) / 3));
  const nodes = [{ id: 'x', op: 'input', value: matrix(1) }];
  for (let last = 'x', k = 1; nodes.length + 5 <= count; k += 1) {
    nodes.push({ id: `W${k}`, op: 'parameter', value: matrix(k) }, { id: `b${k}`, op: 'parameter', value: matrix(-k) });
    nodes.push(
      { id: `m${k}`, op: 'matmul', inputs: [last, `W${k}`] },
      { id: `a${k}`, op: 'add', inputs: [`m${k}`, `b${k}`] },
    );
    nodes.push({ id: `h${k}`, op: k % 2 ? 'tanh' : 'relu', inputs: [`a${k}`] });
    last = `h${k}`;
  }
  nodes.push({ id: 'L', op: 'sum', inputs: [nodes[nodes.length - 1].id] });
  return { format: 'backprop-graph', version: 1, nodes };
}

/** Operators that use any of those before them, at places that fit a hand's disorder; no two closer than the editor would put them. */
function scattered(count) {
  let state = 5;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const side = 130 * Math.ceil(Math.sqrt(count));
  const places = [];
  while (places.length < count) {
    const [x, y] = [Math.round(random() * side * 1.3), Math.round(random() * side)];
    if (places.every(([ox, oy]) => Math.abs(ox - x) > 150 || Math.abs(oy - y) > 90)) places.push([x, y]);
  }
  const slots = { add: 2, mul: 2, tanh: 1, relu: 1, sub: 2 };
  const nodes = places.map((position, i) => {
    if (i < 4) return { id: `n${i}`, op: 'input', value: i / 4, position };
    const op = Object.keys(slots)[Math.floor(random() * 5)];
    const inputs = Array.from({ length: slots[op] }, () => `n${Math.floor(random() * i)}`);
    return { id: `n${i}`, op, inputs, position };
  });
  return { format: 'backprop-graph', version: 1, nodes, output: `n${count - 1}` };
}

const quantile = (numbers, q) =>
  [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * q))];

const server = staticServer(site);
const port = await listen(server, { port: 0 });
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`http://localhost:${port}/#/graph?example=apple`);
  await page.locator('[data-layer]').waitFor({ state: 'attached' });
  const graph = process.argv[3] === 'scattered' ? scattered(wanted) : layered(wanted);
  await page.locator('input[type=file]').setInputFiles({
    name: 'graph.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(graph)),
  });
  await page.waitForFunction(
    (count) => document.querySelectorAll('[data-pane] [data-node]').length === count,
    graph.nodes.length,
  );
  await page.waitForTimeout(1500);

  const steps = await page.evaluate(async () => {
    const step = [...document.querySelectorAll('button')].find((button) => button.textContent?.trim() === 'Step');
    const slider = document.querySelector('[role=slider]');
    const times = [];
    for (let i = 0; i < 60; i += 1) {
      const before = slider.getAttribute('aria-valuenow');
      const flag = () =>
        document.querySelector('[data-pane] [role=option][aria-label*="step"]')?.getAttribute('aria-label');
      const drawn = flag();
      const start = performance.now();
      step.click();
      // Until the figure shows the new step, and that frame has been painted.
      while (slider.getAttribute('aria-valuenow') === before || flag() === drawn)
        await new Promise(requestAnimationFrame);
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
      times.push(performance.now() - start);
      await new Promise((done) => setTimeout(done, 60));
    }
    return times;
  });

  await page.getByRole('button', { name: 'To the end' }).click();
  await page.waitForTimeout(1000);
  const box = await page.evaluate(() => {
    const pane = document.querySelector('[data-pane]').getBoundingClientRect();
    const seen = [...document.querySelectorAll('[data-node] .body')].map((node) => node.getBoundingClientRect());
    const near = seen.find(
      (at) => at.left > pane.left + 200 && at.right < pane.right - 200 && at.top > pane.top && at.bottom < pane.bottom,
    );
    return near && { x: near.x + near.width / 2, y: near.y + 6 };
  });
  let drags = [];
  if (box) {
    await page.evaluate(() => {
      window.frames_ = [];
      let last = performance.now();
      const tick = (now) => {
        window.frames_.push(now - last);
        last = now;
        requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
    });
    await page.mouse.move(box.x, box.y);
    await page.mouse.down();
    await page.mouse.move(box.x + 20, box.y + 10, { steps: 3 });
    await page.waitForTimeout(300);
    await page.evaluate(() => (window.frames_.length = 0));
    for (let i = 0; i < 150; i += 1) {
      await page.mouse.move(box.x + 80 * Math.sin(i / 12), box.y + 50 * Math.sin(i / 7));
      await page.waitForTimeout(8);
    }
    drags = await page.evaluate(() => [...window.frames_]);
    await page.mouse.up();
  }
  const maps = await page.locator('[data-pane] canvas').count();
  console.log(`${graph.nodes.length} nodes, ${maps} heat maps`);
  console.log(
    `step to paint   median ${quantile(steps, 0.5).toFixed(1)} ms   p95 ${quantile(steps, 0.95).toFixed(1)} ms   (aim: median 100)`,
  );
  if (drags.length === 0) console.log('drag: no node is in sight');
  else
    console.log(
      `drag, frames    median ${quantile(drags, 0.5).toFixed(1)} ms   p95 ${quantile(drags, 0.95).toFixed(1)} ms   (aim: p95 20)`,
    );
} finally {
  await browser.close();
  server.close();
}
