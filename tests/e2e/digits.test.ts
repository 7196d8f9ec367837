import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { killWorker } from './support/kill-worker';
import { ONE, SEVEN, ZERO, draw, drawByTouch, padOf } from './support/pad';
import { expect, test } from './support/test';

const bars = (page: Page) => page.getByRole('table', { name: /Ten probabilities/ });
/** The row of a digit: `7 93.5% …`. */
const rowOf = (page: Page, digit: number) =>
  bars(page)
    .getByRole('row')
    .nth(digit + 1);
const winner = (page: Page) => bars(page).locator('tr.winner th');
const why = (page: Page) => page.getByRole('button', { name: 'Why?' });
const stepper = (page: Page) => page.getByRole('slider');

test.beforeEach(async ({ page, site }) => {
  await page.goto(`${site}#/digits`);
  await expect(page.getByRole('combobox', { name: 'Network' })).toContainText('784');
});

test('a digit drawn with the mouse is read, and another one instead', async ({ page }) => {
  await expect(why(page)).toBeDisabled();
  await draw(page, SEVEN);
  await expect(winner(page)).toHaveText('7');
  await expect(page.getByRole('radio', { name: '7 is the right answer' })).toBeChecked();
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(winner(page)).toHaveCount(0);
  await draw(page, ZERO);
  await expect(winner(page)).toHaveText('0');
});

test('the answer changes while the pen still moves', async ({ page }) => {
  const pad = await padOf(page).boundingBox();
  if (!pad) throw new Error('no pad');
  await page.mouse.move(pad.x + pad.width / 2, pad.y + pad.height * 0.2);
  await page.mouse.down();
  await page.mouse.move(pad.x + pad.width / 2, pad.y + pad.height * 0.85, { steps: 12 });
  await expect(winner(page)).toHaveText('1');
  await page.mouse.up();
});

test('a finger draws, and the page does not scroll under it', async ({ browser, site }) => {
  const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto(`${site}#/digits`);
  await expect(page.getByRole('combobox', { name: 'Network' })).toContainText('784');
  await padOf(page).scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => window.scrollY);
  await drawByTouch(page, ONE);
  await expect(winner(page)).toHaveText('1');
  expect(await page.evaluate(() => window.scrollY)).toBe(before);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await context.close();
});

test('keys draw on the grid, and Backspace takes it back', async ({ page }) => {
  await padOf(page).focus();
  for (let i = 0; i < 8; i += 1) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  await expect(page.getByText('row 7, column 15, pen down')).toBeAttached();
  for (let i = 0; i < 16; i += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(winner(page)).toHaveText('1');
  await page.keyboard.press('Backspace');
  await expect(page.getByRole('application', { name: 'Drawing pad, empty' })).toBeVisible();
  await expect(winner(page)).toHaveCount(0);
});

test('undo brings back what clear took', async ({ page }) => {
  await draw(page, SEVEN);
  await expect(winner(page)).toHaveText('7');
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(winner(page)).toHaveText('7');
});

test('a dot and a huge scribble are read without complaint', async ({ page }) => {
  await draw(page, [[[0.5, 0.5]]]);
  await expect(winner(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Clear' }).click();
  const scribble = Array.from({ length: 90 }, (_, i) => [0.02 + 0.96 * (i % 2), 0.02 + ((i * 37) % 96) / 100] as const);
  await draw(page, [scribble]);
  await expect(winner(page)).toHaveCount(1);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a sample can be taken instead of drawing', async ({ page }) => {
  await page.getByRole('button', { name: 'Draw a sample 3' }).click();
  await expect(page.getByRole('application', { name: /Drawing pad, \d strokes?/ })).toBeVisible();
  await expect(winner(page)).toHaveCount(1);
});

test('Why? walks the gradient of the answer back to the pixels', async ({ page }) => {
  await draw(page, SEVEN);
  await why(page).click();
  const slider = stepper(page);
  const last = Number(await slider.getAttribute('aria-valuemax'));
  // An MLP with two hidden layers: 6 operators forward, the seed, 6 back.
  expect(last).toBe(13);
  await expect(slider).toHaveAttribute('aria-valuenow', '7');
  await expect(page.getByText('Your drawing', { exact: true })).toBeVisible();
  await expect(rowOf(page, 7)).toContainText('comes at step 8');

  await page.getByRole('button', { name: /^Step/ }).first().click();
  await expect(slider).toHaveAttribute('aria-valuenow', '8');
  // y − t: below zero for the right answer, above for all others.
  await expect(rowOf(page, 7).locator('.value')).toHaveText(/^−/);
  for (const digit of [0, 1, 2, 3, 4, 5, 6, 8, 9])
    await expect(rowOf(page, digit).locator('.value')).not.toHaveText(/−\d|–/);

  await slider.focus();
  await page.keyboard.press('End');
  await expect(slider).toHaveAttribute('aria-valuenow', String(last));
  await expect(page.getByText('Your drawing, with its gradient')).toBeVisible();
  const painted = await page.locator('.pad canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const opacity = Array.from({ length: data.length / 4 }, (_, i) => data[i * 4 + 3]!);
    return { cells: opacity.length, strongest: Math.max(...opacity) };
  });
  expect(painted).toEqual({ cells: 784, strongest: 255 });
});

test('another label or another drawing keeps the step', async ({ page }) => {
  await draw(page, SEVEN);
  await why(page).click();
  await stepper(page).focus();
  await page.keyboard.press('End');
  await expect(page.getByText('Your drawing, with its gradient')).toBeVisible();
  await page.getByRole('radio', { name: '2 is the right answer' }).check();
  await expect(rowOf(page, 2).locator('.value')).toHaveText(/^−/);
  await expect(rowOf(page, 7).locator('.value')).not.toHaveText(/^−/);
  await expect(page.getByRole('combobox', { name: 'This is a' })).toHaveValue('2');
  await expect(stepper(page)).toHaveAttribute('aria-valuenow', '13');

  await draw(page, [
    [
      [0.3, 0.55],
      [0.75, 0.52],
    ],
  ]);
  await expect(page.getByRole('application', { name: 'Drawing pad, 2 strokes' })).toBeVisible();
  await expect(stepper(page)).toHaveAttribute('aria-valuenow', '13');
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByText('Draw a digit first')).toBeVisible();
});

test('a link from the home page opens the walk at once', async ({ page, site }) => {
  await page.goto(site);
  await page.getByRole('link', { name: /Why/ }).click();
  await expect(stepper(page)).toHaveAttribute('aria-valuenow', '7');
});

test('weights that are damaged are refused in words, and the network stays', async ({ page }) => {
  await draw(page, SEVEN);
  await page.locator('input[type=file]').setInputFiles({
    name: 'broken.safetensors',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from([255, 255, 0, 0, 0, 0, 0, 0, 123]),
  });
  await expect(page.getByRole('alert')).toContainText('broken.safetensors could not be used as weights.');
  await expect(winner(page)).toHaveText('7');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('weights are saved to a file that opens again', async ({ page }) => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save weights' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^digits-784-.*-10\.safetensors$/);
  await page.locator('input[type=file]').setInputFiles(
    await download.path().then((path) => ({
      name: 'mine.safetensors',
      mimeType: 'application/octet-stream',
      buffer: readFileSync(path),
    })),
  );
  await expect(page.getByRole('combobox', { name: 'Network' })).toContainText('file mine.safetensors');
  await draw(page, SEVEN);
  await expect(winner(page)).toHaveText('7');
});

test.describe('without the copy that the service worker keeps', () => {
  test.use({ serviceWorkers: 'block' });

  test('a network that does not load says so, and loads at the second try', async ({ page, site, faults }) => {
    faults.allow(/digits-mlp\.safetensors/, /Failed to load resource/);
    let broken = true;
    await page
      .context()
      .route('**/digits-mlp.safetensors', (route) => (broken ? route.fulfill({ status: 503 }) : route.continue()));
    await page.goto(`${site}?again#/digits`);
    await expect(page.getByRole('alert')).toContainText('weights could not be loaded');
    broken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('combobox', { name: 'Network' })).toContainText('784');
    await draw(page, SEVEN);
    await expect(winner(page)).toHaveText('7');
  });
});

test('a walk is open again, at its step, after the worker died', async ({ page, faults }) => {
  faults.allow(/killed by a test/);
  await draw(page, SEVEN);
  await why(page).click();
  await page.getByRole('button', { name: /^Step/ }).first().click();
  await page.getByRole('button', { name: /^Step/ }).first().click();
  await expect(stepper(page)).toHaveAttribute('aria-valuenow', '9');
  await killWorker(page);
  await expect(page.getByRole('status', { name: 'Messages' })).toContainText('was started again');
  await expect(stepper(page)).toHaveAttribute('aria-valuenow', '9');
  await expect(rowOf(page, 7).locator('.value')).toHaveText(/^−/);
  await draw(page, [
    [
      [0.3, 0.55],
      [0.7, 0.52],
    ],
  ]);
  await expect(page.getByRole('alert')).toHaveCount(0);
});
