import type { Page } from '@playwright/test';
import { expect, test } from './support/test';

const status = (page: Page) => page.getByRole('status', { name: 'Messages' });

async function kill(page: Page): Promise<void> {
  const [worker] = page.workers();
  if (!worker) throw new Error('the page has no worker');
  const gone = worker.waitForEvent('close');
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error('killed by a test');
    });
  });
  await gone;
}

test('a worker that dies is replaced, and nothing is lost', async ({ page, site, faults }) => {
  faults.allow(/killed by a test/);
  await page.goto(site);
  await expect(page.getByText(/Step 4 of 5/).first()).toBeVisible();
  await page.getByRole('button', { name: /^Step/ }).first().click();
  await expect(page.getByText(/Step 5 of 5/).first()).toBeVisible();
  await kill(page);
  await expect(status(page)).toContainText('The engine stopped and was started again.');
  await expect(page.getByText(/Step 5 of 5/).first()).toBeVisible();
  await page.keyboard.press('Escape');
  // The graph and the network were opened again: both answer.
  await page.getByRole('button', { name: /back/i }).first().click();
  await expect(page.getByText(/Step 4 of 5/).first()).toBeVisible();
  await status(page).getByRole('button', { name: 'Close' }).click();
  await expect(status(page)).toBeEmpty();
});

test('a worker that dies again and again is given up, in words, and can be started anew', async ({
  page,
  site,
  faults,
}) => {
  faults.allow(/killed by a test/, /EngineDied|The engine stopped/);
  await page.goto(site);
  await expect(page.getByText(/Step 4 of 5/).first()).toBeVisible();
  // Each one answers before it dies: a worker that never came up is another fault, with other words.
  for (const [name, step] of [
    [/^Step/, /Step 5 of 5/],
    [/back/i, /Step 4 of 5/],
    [/^Step/, /Step 5 of 5/],
  ] as const) {
    await page.getByRole('button', { name }).first().click();
    await expect(page.getByText(step).first()).toBeVisible();
    await kill(page);
  }
  await expect(status(page)).toContainText('stays off');
  await status(page).getByRole('button', { name: 'Try again' }).click();
  await expect(status(page)).toContainText('was started again');
  await expect(page.getByText(/Step 5 of 5/).first()).toBeVisible();
});

test('a browser without SIMD is told so', async ({ page, site }) => {
  // What such a browser's engine would say: its validator does not know the instructions.
  await page.route(/\/assets\/[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    delete headers['content-encoding'];
    const body = await response.text();
    const isWorker = /WebAssembly\.validate/.test(body);
    await route.fulfill({ response, headers, body: isWorker ? `WebAssembly.validate = () => false;\n${body}` : body });
  });
  await page.goto(site);
  await expect(status(page)).toContainText('This browser has no WebAssembly SIMD');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('an engine that cannot be fetched is told, and fetched on request', async ({ page, site, faults }) => {
  faults.allow(/wasm|ERR_FAILED|Failed to load resource/);
  await page.route(/\.wasm$/, (route) => route.abort('failed'));
  await page.goto(site);
  await expect(status(page)).toContainText('The engine could not be loaded');
  await page.unroute(/\.wasm$/);
  await status(page).getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText(/Step 4 of 5/).first()).toBeVisible();
});

test('a view that cannot be fetched is told, and fetched on request', async ({ page, site, faults }) => {
  faults.allow(/ERR_FAILED|Failed to load resource|Failed to fetch dynamically/);
  await page.goto(site);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await page.route(/TrainView/, (route) => route.abort('failed'));
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Train' }).click();
  await expect(page.getByRole('alert')).toContainText('The view “Train” could not be loaded');
  await page.unroute(/TrainView/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
});
