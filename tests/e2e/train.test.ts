import type { Page } from '@playwright/test';
import { killWorker } from './support/kill-worker';
import { SEVEN, draw } from './support/pad';
import { expect, test } from './support/test';

const fact = (page: Page, name: string) => page.locator(`[data-fact=${name}]`);
const number = async (page: Page, name: string) => Number((await fact(page, name).innerText()).replaceAll(',', ''));
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function set(page: Page, label: string, value: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByLabel(label, { exact: true }).press('Enter');
}

test.beforeEach(async ({ page, site }) => {
  await page.goto(`${site}#/train`);
  await page.getByLabel('Digits', { exact: true }).selectOption('1000');
});

test('training runs, the loss falls, and a pause stops it', async ({ page }) => {
  await button(page, 'Start').click();
  await expect(button(page, 'Pause')).toBeEnabled();
  await expect.poll(() => number(page, 'iteration')).toBeGreaterThan(200);
  await expect(page.getByLabel('Hidden units', { exact: true })).toBeDisabled();
  await button(page, 'Pause').click();
  await expect(button(page, 'Go on')).toBeVisible();
  const stopped = await number(page, 'iteration');
  await page.waitForTimeout(400);
  expect(await number(page, 'iteration')).toBe(stopped);

  const loss = page.getByRole('slider', { name: 'Loss' });
  await loss.focus();
  const last = (await loss.getAttribute('aria-valuetext')) ?? '';
  await page.keyboard.press('Home');
  const first = (await loss.getAttribute('aria-valuetext')) ?? '';
  const heldOut = (text: string) => Number(/held out ([\d.]+)/.exec(text)?.[1]);
  expect(heldOut(last)).toBeLessThan(heldOut(first));
  expect(await number(page, 'speed')).toBeGreaterThan(0);
});

test('one step counts one, one epoch counts its iterations', async ({ page }) => {
  await button(page, 'One step').click();
  await expect(fact(page, 'iteration')).toHaveText('1');
  await button(page, 'One step').click();
  await expect(fact(page, 'iteration')).toHaveText('2');
  // 1,000 digits in batches of 100.
  await button(page, 'One epoch').click();
  await expect(fact(page, 'iteration')).toHaveText('12');
});

test('learning rate and batch size change while it runs; a bad number is refused beside its field', async ({
  page,
}) => {
  await button(page, 'Start').click();
  await expect.poll(() => number(page, 'iteration')).toBeGreaterThan(0);
  await set(page, 'Learning rate', '0.01');
  await set(page, 'Batch', '20');
  await expect(page.getByRole('alert')).toHaveCount(0);
  const before = await number(page, 'iteration');
  await expect.poll(() => number(page, 'iteration')).toBeGreaterThan(before);
  await set(page, 'Learning rate', '-1');
  await expect(page.getByRole('alert')).toContainText('a number above 0');
});

test('the net in training reads the pad at once, while it trains', async ({ page }) => {
  await button(page, 'Start').click();
  await expect.poll(() => number(page, 'iteration')).toBeGreaterThan(300);
  await button(page, 'Use on the pad').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Digits');
  const chooser = page.getByRole('combobox', { name: 'Network' });
  await expect(chooser.locator('option:checked')).toContainText('784–50–10, in training, iteration');
  await draw(page, SEVEN);
  await expect(page.locator('tr.winner')).toHaveCount(1);
  const reads = await chooser.locator('option:checked').innerText();
  await expect.poll(() => chooser.locator('option:checked').innerText()).not.toBe(reads);
  await page.getByRole('link', { name: 'Train' }).first().click();
  await button(page, 'Pause').click();
  await expect(button(page, 'Go on')).toBeVisible();
});

test('a pause opens the graph of that iteration in the step view', async ({ page }) => {
  await button(page, 'One epoch').click();
  await expect(fact(page, 'iteration')).toHaveText('10');
  await button(page, 'Open this step').click();
  await expect(page.getByRole('heading', { name: 'Iteration 10, step by step' })).toBeFocused();
  const slider = page.locator('section').filter({ hasText: 'step by step' }).getByRole('slider');
  // affine, relu, affine, softmax with loss: 4 forward, the seed, 4 back.
  await expect(slider).toHaveAttribute('aria-valuemax', '9');
  await page.getByRole('button', { name: /^Step/ }).first().click();
  await expect(slider).toHaveAttribute('aria-valuenow', '6');
  // Looking changes nothing.
  await button(page, 'One step').click();
  await expect(fact(page, 'iteration')).toHaveText('11');
});

test('a loss that is no longer a number is explained, and training goes on from the last finite weights', async ({
  page,
}) => {
  await button(page, 'One epoch').click();
  await expect(fact(page, 'iteration')).toHaveText('10');
  await set(page, 'Learning rate', '1e9');
  await button(page, 'Go on').click();
  const message = page.getByRole('alert');
  await expect(message).toContainText('the loss is no longer a finite number');
  await expect(message).toContainText('Choose a smaller learning rate');
  const stopped = await number(page, 'iteration');
  await set(page, 'Learning rate', '0.1');
  await button(page, 'One step').click();
  await expect(fact(page, 'iteration')).toHaveText(String(stopped + 1));
  // These weights are finite but ruined, and the page says that now, and what to do, instead.
  await expect(message).toHaveCount(1);
  await expect(message).toContainText('far above 2.303, which pure guessing gives');
  await expect(message).not.toContainText('no longer a finite number');
});

test('a learning rate that is too large is explained while the numbers are still finite', async ({ page }) => {
  await set(page, 'Learning rate', '100');
  await button(page, 'One epoch').click();
  await expect(page.getByRole('alert')).toContainText('far above 2.303, which pure guessing gives');
  await set(page, 'Learning rate', '0.1');
  await button(page, 'Reset').click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await button(page, 'One step').click();
  await expect(fact(page, 'iteration')).toHaveText('1');
});

test('runs are kept to compare, and come back with the page', async ({ page }) => {
  await button(page, 'One epoch').click();
  await expect(fact(page, 'iteration')).toHaveText('10');
  await button(page, 'Reset').click();
  const row = page.getByRole('row', { name: /784–50–10/ });
  await expect(row).toHaveCount(1);
  await row.getByRole('button', { name: 'Use run 1 on the pad' }).click();
  await expect(page.getByRole('combobox', { name: 'Network' }).locator('option:checked')).toContainText('your run 1');
  await page.reload();
  await page.goto(page.url().replace(/#.*/, '#/train'));
  await expect(page.getByRole('row', { name: /784–50–10/ })).toHaveCount(1);
  await page.getByRole('button', { name: 'Delete run 1' }).click();
  await expect(page.getByRole('row', { name: /784–50–10/ })).toHaveCount(0);
});

test('the first layer is shown as pictures, unit by unit', async ({ page }) => {
  await button(page, 'One step').click();
  const sheet = page.getByRole('application', { name: 'Weights of 50 hidden units' });
  await sheet.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('application', { name: 'Weights of unit 12, 28 by 28' })).toBeVisible();
});

test('a run outlives the worker: its curves and its last saved weights', async ({ page, faults }) => {
  faults.allow(/killed by a test/);
  await button(page, 'Start').click();
  await expect.poll(() => number(page, 'iteration')).toBeGreaterThan(0);
  await button(page, 'Pause').click();
  await expect(button(page, 'Go on')).toBeEnabled();
  await killWorker(page);
  await expect(page.getByRole('alert')).toContainText('The engine stopped and was started again.');
  await page.getByRole('button', { name: 'Use run 1 on the pad' }).click();
  await draw(page, SEVEN);
  await expect(page.locator('tr.winner')).toHaveCount(1);
});

test('the page paints on while the worker trains', async ({ page }, info) => {
  await button(page, 'Start').click();
  await expect.poll(() => number(page, 'iteration')).toBeGreaterThan(0);
  const frames = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let count = 0;
        const start = performance.now();
        const tick = (now: number): void => {
          count += 1;
          if (now - start < 3000) requestAnimationFrame(tick);
          else resolve((count * 1000) / (now - start));
        };
        requestAnimationFrame(tick);
      }),
  );
  info.annotations.push({ type: 'frames per second while training', description: frames.toFixed(1) });
  // Not a speed gate (machines differ): a page that stands still while the worker works would paint almost nothing.
  expect(frames).toBeGreaterThan(10);
});
