import type { Page } from '@playwright/test';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { listen, staticServer } from '../../scripts/lib/static-server.mjs';
import type * as Library from '../../web/engine';
import { expect, test } from './support/test';

// The package in a browser, where the engine comes in two builds: with relaxed SIMD, and with plain SIMD for browsers without it.

const library = fileURLToPath(new URL('../../dist/lib', import.meta.url));
let server: ReturnType<typeof staticServer>;
let address: string;

test.beforeAll(async () => {
  if (!existsSync(`${library}/index.js`))
    throw new Error('There is no package in dist/lib. Build it first: npm run build');
  server = staticServer(library, '/lib/');
  address = `http://localhost:${String(await listen(server, { port: 0 }))}/lib/`;
});
test.afterAll(() => server.close());

interface Report {
  readonly simd: string;
  readonly losses: readonly number[];
}

/** Trains a small convolutional network on generated digits for 40 steps, twice. */
async function train(page: Page, options: object): Promise<readonly [Report, Report]> {
  return page.evaluate(
    async ([url, given]) => {
      const { loadEngine } = (await import(/* @vite-ignore */ url)) as typeof Library;
      const engine = await loadEngine(given);
      const spec = {
        input: [1, 28, 28],
        layers: [
          { type: 'conv2d', filters: 4, kernel: 5 },
          { type: 'relu' },
          { type: 'max_pool2d', size: 2 },
          { type: 'affine', units: 20 },
          { type: 'tanh' },
          { type: 'affine', units: 10 },
        ],
        loss: 'softmax_with_loss',
      } as const;
      const { images, labels } = engine.handwriting({ seed: 3, count: 300 });
      const run = async (): Promise<Report> => {
        const network = engine.network(spec, { seed: 5 });
        const losses: number[] = [];
        const data = { images, labels, count: 300, shape: [1, 28, 28] };
        for (let part = 0; part < 8; part += 1) {
          await network.train(data, {
            optimizer: 'momentum',
            learningRate: 0.05,
            batchSize: 30,
            seed: 7,
            iterations: 5,
          });
          losses.push(network.evaluate(data).loss);
        }
        network.dispose();
        return { simd: engine.build.simd, losses };
      };
      return [await run(), await run()] as const;
    },
    [`${address}index.js`, options] as const,
  );
}

test('both builds of the engine learn the same, and each the same bits again', async ({ page, context }) => {
  const fetched: string[] = [];
  context.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await context.route(address, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>lib</title>' }),
  );
  await page.goto(address);

  const [best, bestAgain] = await train(page, {});
  expect(best.simd).toBe('relaxed-simd');
  expect(fetched.filter((path) => path.endsWith('.wasm'))).toEqual(['/lib/backprop-relaxed.wasm']);

  const [plain, plainAgain] = await train(page, { simd: 'simd128' });
  expect(plain.simd).toBe('simd128');
  expect(fetched.filter((path) => path.endsWith('.wasm'))).toEqual([
    '/lib/backprop-relaxed.wasm',
    '/lib/backprop.wasm',
  ]);

  expect(bestAgain.losses).toEqual(best.losses);
  expect(plainAgain.losses).toEqual(plain.losses);
  expect(plain.losses.at(-1)).toBeLessThan((plain.losses[0] as number) / 2);
  // Fused products round once: other bits, the same course.
  best.losses.forEach((loss, i) => expect(Math.abs(loss / (plain.losses[i] as number) - 1)).toBeLessThan(1e-3));
});

test('a browser without relaxed SIMD gets the plain build', async ({ page, context }) => {
  await context.addInitScript(() => {
    const validate = WebAssembly.validate.bind(WebAssembly);
    // The probe for relaxed SIMD holds three constants and is the longer one.
    WebAssembly.validate = (bytes) => (bytes.byteLength > 60 ? false : validate(bytes));
  });
  await context.route(address, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>lib</title>' }),
  );
  await page.goto(address);
  const [report] = await train(page, {});
  expect(report.simd).toBe('simd128');
});
