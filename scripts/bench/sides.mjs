/**
 * Where contenders run: a page in Chromium, threads of Node, and Python. A side's `start(key)` resolves to one contender that
 * can be asked (see host.mjs) and stopped.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { launchChromium } from '../lib/chromium.mjs';
import { listen, staticServer } from '../lib/static-server.mjs';
import { NATIVE } from './contenders/index.mjs';
import { points, WORKLOADS } from './workloads.mjs';

/** Answers that come by number to who waits for them. */
class Answers {
  #waiting = new Map();
  #next = 0;
  ask(send) {
    return new Promise((resolve, reject) => {
      this.#waiting.set(++this.#next, { resolve, reject });
      send(this.#next);
    });
  }
  take({ id, result, error }) {
    const { resolve, reject } = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) resolve(result);
    else reject(new Error(error));
  }
  fail(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

export async function chromiumSide(folder) {
  const server = staticServer(join(folder, 'site'));
  const port = await listen(server, { port: 0 });
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  let started = 0;
  return {
    place: 'chromium',
    version: `Chromium ${browser.version()}`,
    async start(key) {
      const name = `${key} ${started++}`;
      await page.evaluate((each) => globalThis.bench.start(each), name);
      return {
        ask: (kind, { workload, ...rest } = {}) =>
          page.evaluate(
            ([each, what, more]) => globalThis.bench.ask(each, what, more),
            [
              name,
              kind,
              { key, workload, ...rest, ...(kind === 'prepare' && { data: browserData(workload, rest.count) }) },
            ],
          ),
        stop: () => page.evaluate((each) => globalThis.bench.stop(each), name),
      };
    },
    /** The worker of the built page is found by opening that page. */
    async digit(milliseconds) {
      const built = await browser.newPage();
      const worker = built.waitForEvent('worker');
      await built.goto(`http://127.0.0.1:${port}/page/`);
      const url = (await worker).url();
      await built.close();
      return page.evaluate(([where, long]) => globalThis.bench.digit(where, long), [url, milliseconds]);
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Digits are fetched by the page itself; the few points go along. */
const browserData = (workload, count) => (WORKLOADS[workload].data === 'digits' ? { count } : points());

export function nodeSide(root, folder) {
  const places = {
    engineUrl: pathToFileURL(join(root, 'dist/lib/index.js')).href,
    wasmFolder: join(root, 'scripts/bench/node_modules/@tensorflow/tfjs-backend-wasm/dist/'),
  };
  const digits = (count) => ({
    images: new Uint8Array(readFileSync(join(folder, 'site/data/images.u8'))),
    labels: new Uint8Array(readFileSync(join(folder, 'site/data/labels.u8'))),
    count,
  });
  return {
    place: 'node',
    version: `Node ${process.version}`,
    start(key) {
      const worker = new Worker(join(folder, 'node/node-worker.mjs'), { stdout: true, stderr: true });
      const answers = new Answers();
      worker.on('message', (message) => answers.take(message));
      worker.on('error', (error) => answers.fail(error));
      const data = (workload, count) => (WORKLOADS[workload].data === 'digits' ? digits(count) : points());
      return {
        ask: (kind, { workload, count, ...rest } = {}) =>
          answers.ask((id) =>
            worker.postMessage({
              id,
              kind,
              key,
              workload,
              places,
              ...rest,
              ...(kind === 'prepare' && { data: data(workload, count) }),
            }),
          ),
        stop: () => worker.terminate(),
      };
    },
    close() {},
  };
}

/** Null where no Python with NumPy is to be found. One that has PyTorch too is preferred; without, that contender says so. */
export async function pythonSide(root, folder) {
  const pythons = ['python3', '/usr/bin/python3'];
  const python =
    (await firstThatWorks(pythons, ['-c', 'import numpy, torch'])) ??
    (await firstThatWorks(pythons, ['-c', 'import numpy']));
  if (!python) return null;
  const one = { OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const env = { ...process.env, ...one, ...(process.env.BLAS && { LD_LIBRARY_PATH: process.env.BLAS }) };
  return {
    place: 'native',
    version: 'Python',
    start(key) {
      const { program, args } = NATIVE[key];
      const child = spawn(python, [join(root, `scripts/bench/native/${program}_contender.py`), ...args], {
        env,
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const answers = new Answers();
      createInterface(child.stdout).on('line', (line) => answers.take(JSON.parse(line)));
      child.on('close', (code) => answers.fail(new Error(`Python stopped (${code})`)));
      const files = { images: join(folder, 'site/data/images.u8'), labels: join(folder, 'site/data/labels.u8') };
      return {
        ask: (kind, { workload, ...rest } = {}) =>
          answers.ask((id) => {
            const data = kind === 'prepare' && WORKLOADS[workload].data === 'points' ? plain(points()) : undefined;
            child.stdin.write(
              `${JSON.stringify({ id, kind, ...rest, ...files, data, workload: WORKLOADS[workload] })}\n`,
            );
          }),
        stop: () => child.kill(),
      };
    },
    close() {},
  };
}

const plain = ({ inputs, targets }) => ({ inputs: [...inputs], targets: [...targets] });

async function firstThatWorks(commands, args) {
  for (const command of commands) {
    const code = await new Promise((done) => {
      spawn(command, args, { stdio: 'ignore' }).on('error', done).on('close', done);
    });
    if (code === 0) return command;
  }
  return null;
}
