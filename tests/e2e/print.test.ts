import type { Page } from '@playwright/test';
import { expect, test } from './support/test';

declare global {
  interface Window {
    printed?: number;
  }
}

/** The browser's own dialog would wait for somebody. */
async function watchPrinting(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.print = () => {
      window.printed = (window.printed ?? 0) + 1;
    };
  });
}
const printed = (page: Page): Promise<number> => page.evaluate(() => window.printed ?? 0);
const pages = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

test('a graph prints on one page, with its table and every step; the screen stays at its step', async ({
  page,
  site,
}) => {
  await watchPrinting(page);
  await page.goto(`${site}#/graph?example=apple&step=1`);
  await expect(page.getByRole('listbox')).toBeVisible();
  const walk = page.locator('[data-printed]');
  await expect(walk).toHaveCount(0);

  await page.keyboard.press('Control+p');
  await expect.poll(() => printed(page)).toBe(1);
  await expect(walk).toBeHidden(); // on screen
  await expect(page.getByRole('slider', { name: 'Step' })).toHaveAttribute('aria-valuenow', '1');

  await page.emulateMedia({ media: 'print' });
  await expect(walk.getByRole('heading', { level: 2 })).toHaveCount(5);
  await expect(walk).toContainText('× sends back');
  for (const table of await page.getByRole('table', { name: 'Table of values' }).all())
    await expect(table).toBeVisible();
  for (const name of ['Undo', 'Paths between two nodes', 'Export'])
    await expect(page.getByRole('button', { name })).toHaveCount(0);
  expect(pages(await page.pdf({ format: 'A4' }))).toBe(1);

  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: 'screen' });
  await expect(walk).toHaveCount(0);
});

test('the menu prints the same', async ({ page, site }) => {
  await watchPrinting(page);
  await page.goto(`${site}#/graph?example=sigmoid`);
  await expect(page.getByRole('listbox')).toBeVisible();
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('button', { name: 'Print' }).click();
  await expect.poll(() => printed(page)).toBe(1);
  await expect(page.locator('[data-printed] h2')).not.toHaveCount(0);
});

test('a graph of many steps prints a line for each, on as many pages as they take', async ({ page, site }) => {
  await watchPrinting(page);
  const program = `x = 1.5; ${Array.from({ length: 40 }, (_, i) => `s${i} = ${i ? `s${i - 1}` : 'x'} × 0.9 + ${i}`).join('; ')}`;
  await page.goto(`${site}#/graph?expr=${encodeURIComponent(program)}`);
  await expect(page.getByText(/^Drawn: 80 operators/)).toBeVisible();
  await page.keyboard.press('Control+p');
  await expect.poll(() => printed(page)).toBe(1);
  await page.emulateMedia({ media: 'print' });
  const rows = page.locator('[data-printed] tr');
  await expect(rows).toHaveCount(161);
  await expect(rows.first()).toHaveText(/^1\s*forward\s*× .*1\.35/);
  await expect(rows.last()).toHaveText(/^161\s*backward/);
  expect(pages(await page.pdf({ format: 'A4' }))).toBeGreaterThan(1);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(rows).toHaveCount(0);
});
