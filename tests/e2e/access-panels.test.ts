import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/test';

// The graph view with everything open that opens, on graphs of numbers, of tensors, of images, and on none. Every language, theme and width
// meets every other.

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const looks = [
  [1280, 'EN', 'light'],
  [1280, '中文', 'dark'],
  [1280, '日本語', 'light'],
  [390, 'EN', 'dark'],
  [390, '中文', 'light'],
  [390, '日本語', 'dark'],
] as const;

async function violations(page: Page): Promise<string[]> {
  const { violations: found, passes } = await new AxeBuilder({ page }).setLegacyMode().withTags(TAGS).analyze();
  // An empty page has no violations either.
  expect(passes.length).toBeGreaterThan(15);
  return found.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join('  ')}`);
}

/** Every section that can be opened, until none is closed. */
async function openAll(page: Page): Promise<number> {
  const closed = page.locator('.columns h2 button[aria-expanded="false"]');
  const count = await closed.count();
  for (let i = 0; i < count; i += 1) await closed.first().press('Enter');
  await page.waitForLoadState('networkidle');
  return count;
}

async function choose(page: Page, language: string, theme: string): Promise<void> {
  const radio = page.getByRole('radio', { name: language, exact: true });
  // On a phone both are in the menu.
  if (!(await radio.isVisible())) await page.locator('header button[aria-expanded]').first().click();
  // By key: what is in another language has another width, and a click may come while it moves.
  for (const each of [radio, page.locator(`input[value=${theme}]`)]) {
    await each.press('Space');
    await expect(each).toBeChecked();
  }
  const menu = page.locator('header button[aria-expanded="true"]').first();
  if (await menu.isVisible()) await menu.click();
}

for (const [name, example] of [
  ['numbers', '?example=apple&step=5'],
  ['tensors', '?example=affine-layer&step=3'],
  ['a loss', '?example=softmax-with-loss&step=3'],
  ['images', '?example=conv-window&step=99'],
  ['attention', '?example=attention&step=99'],
  ['nothing', '?example=apple'],
] as const) {
  test(`axe finds nothing on a graph of ${name}, all of its panels open`, async ({ page, site }) => {
    test.setTimeout(400_000);
    await page.goto(`${site}#/graph${example}`);
    await expect(page.locator('[data-layer]')).toBeAttached();
    if (name === 'nothing') {
      await page.getByRole('button', { name: 'New', exact: true }).click();
      await expect(page.getByText('Nothing here yet.')).toBeVisible();
    } else {
      await page.getByRole('button', { name: 'To the end' }).click();
      await page.locator('[data-node]').last().focus();
      await page.keyboard.press('Enter');
      expect(await openAll(page)).toBeGreaterThan(5);
    }
    for (const [width, language, theme] of looks) {
      await page.setViewportSize({ width, height: 900 });
      await choose(page, language, theme);
      await openAll(page);
      expect(await violations(page), `${width}, ${language}, ${theme}`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
}

test('axe finds nothing in what the editor opens', async ({ page, site }) => {
  test.setTimeout(400_000);
  await page.goto(`${site}#/graph?example=affine-layer&step=3`);
  await expect(page.locator('[data-layer]')).toBeAttached();
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    // Connect, name, note, values, block, add, keys.
    for (const key of ['c', 'r', 'n', 'e', 'b', 'a', '?']) {
      await page.locator('[data-node]').first().focus();
      if (key === 'b') await page.keyboard.press('Control+a');
      await page.keyboard.press(key);
      await page.waitForLoadState('networkidle');
      expect(await violations(page), `${width}, ${key}`).toEqual([]);
      await page.keyboard.press('Escape');
    }
    for (const button of [/^Palette/, /^My graphs$/, /^Examples$/]) {
      const more = page.getByRole('button', { name: 'More', exact: true });
      if ((await more.isVisible()) && (await more.getAttribute('aria-expanded')) === 'false') await more.click();
      const opener = page.getByRole('button', { name: button });
      await opener.click();
      expect(await violations(page), `${width}, ${button}`).toEqual([]);
      await opener.click();
    }
  }
});
