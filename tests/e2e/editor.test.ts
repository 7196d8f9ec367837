import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/test';

const canvas = (page: Page): Locator => page.locator('[data-pane]');
const nodes = (page: Page): Locator => canvas(page).getByRole('option');
const node = (page: Page, name: RegExp): Locator => canvas(page).getByRole('option', { name });
const told = (page: Page): Locator => page.locator('.told');
async function open(page: Page, site: string, hash = '?example=apple'): Promise<void> {
  await page.goto(`${site}#/graph${hash}`);
  await expect(page.locator('[data-layer]')).toBeAttached();
}

async function empty(page: Page, site: string): Promise<void> {
  await open(page, site);
  // On a phone what is done with whole graphs waits behind one button.
  const more = page.getByRole('button', { name: 'More', exact: true });
  if (await more.isVisible()) await more.click();
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await expect(page.getByText('Nothing here yet.')).toBeVisible();
}

/** Puts something on by the quick-add field, which is open. */
async function type(page: Page, text: string, says: RegExp): Promise<void> {
  const field = page.getByRole('combobox', { name: 'Add a node' });
  await expect(field).toBeFocused();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await expect(told(page)).toHaveText(says);
}

test.describe('apple by touch', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('from an empty canvas, with the palette and the buttons below the canvas', async ({ page, site }) => {
    await empty(page, site);
    const add = async (text: string): Promise<void> => {
      await page.getByRole('button', { name: /^Palette/ }).tap();
      await type(page, text, /^Added/);
      await page.getByRole('button', { name: /^Palette/ }).tap();
    };
    await add('apple = 100');
    await add('multiply');
    await add('n = 2');
    await expect(node(page, /^× p, value 200/)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});

test.describe('wires that may not be', () => {
  test('are refused with the reason, by menu and while dragging', async ({ page, site }) => {
    await open(page, site, '?example=apple');
    // All slots are taken.
    await node(page, /^tax/).focus();
    await page.keyboard.press('c');
    const list = page.getByRole('region', { name: 'Connect tax to' });
    await expect(list.getByRole('button', { name: /^× apples, slot x, instead of price of an apple$/ })).toBeVisible();
    await page.keyboard.press('Escape');
    // The last node leads nowhere: everything else is behind it.
    await node(page, /^× tax/).focus();
    await page.keyboard.press('c');
    await expect(told(page)).toHaveText(/^There is no slot that this node may lead to/);
    await page.keyboard.press('Escape');
    const from = await page.locator('path[data-handle="price"]').boundingBox();
    const to = await page.locator('[data-node="apple"]').boundingBox();
    const circle = await page.locator('[data-node="price"] .body').boundingBox();
    if (from === null || to === null || circle === null) throw new Error('nothing to drag');
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + 20, to.y + to.height / 2, { steps: 5 });
    await expect(page.locator('.refusal')).toHaveText('price of an apple is given its value: it takes no wire.');
    await page.mouse.up();
    await expect(told(page)).toHaveText(/^Not connected\./);
  });

  test('shapes that do not fit are refused in the words of the engine', async ({ page, site }) => {
    await empty(page, site);
    await page.keyboard.press('a');
    await type(page, 'X = [[1, 2, 3]]', /^Added X/);
    await page.keyboard.press('a');
    await type(page, 'matrix product', /^Added · p, connected with X/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('a');
    await type(page, 'W = [[1], [2]]', /^Added W/);
    // It is kept, drawn broken, with the engine's sentence.
    await expect(page.locator('.missing')).toContainText('W needs 3 rows');
    await expect(node(page, /^· p, refused/)).toBeAttached();
    await page.keyboard.press('Control+z');
    await expect(page.locator('.missing')).toHaveText('W missing');
  });
});

test.describe('what is built', () => {
  test('is kept through a reload, unfinished nodes too', async ({ page, site }) => {
    await empty(page, site);
    await page.keyboard.press('a');
    await type(page, 'a = 3', /^Added a/);
    await page.keyboard.press('a');
    await type(page, '+', /^Added \+ p, connected with a/);
    await expect(page.locator('.missing')).toHaveText('y missing');
    await page.waitForTimeout(1200);
    await page.reload();
    await expect(page.locator('.missing')).toHaveText('y missing');
    await page.goto('about:blank');
    await page.goto(`${site}#/graph`);
    await expect(page.locator('.missing')).toHaveText('y missing');
  });

  test('is kept under a name, opened, renamed, deleted and brought back', async ({ page, site }) => {
    await open(page, site, '?example=mul');
    await page.getByRole('button', { name: 'My graphs' }).click();
    const list = page.getByRole('region', { name: 'My graphs' });
    await list.getByRole('textbox', { name: 'Keep under the name' }).fill('Mine');
    await list.getByRole('button', { name: 'Keep', exact: true }).click();
    await expect(told(page)).toHaveText('Kept as Mine.');
    await list.getByRole('button', { name: 'Rename Mine' }).click();
    await list.getByRole('textbox', { name: 'Rename Mine' }).fill('Ours');
    await page.keyboard.press('Enter');
    await list.getByRole('button', { name: 'Delete Ours' }).click();
    await expect(list.getByText('No graph is kept yet.')).toBeVisible();
    await list.getByRole('button', { name: 'Bring back' }).click();
    await list.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'New', exact: true }).click();
    await page.getByRole('button', { name: 'My graphs' }).click();
    await list.getByRole('button', { name: 'Open Ours' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ours');
    await expect(nodes(page)).toHaveCount(3);
  });
});

test.describe('keys', () => {
  test('rename, note, duplicate, copy, cut, paste, delete, and letters only in the canvas', async ({ page, site }) => {
    await open(page, site, '?example=mul');
    await page.getByRole('button', { name: 'Step', exact: true }).focus();
    await page.keyboard.press('a');
    await expect(page.getByRole('combobox', { name: 'Add a node' })).toHaveCount(0);
    await nodes(page).first().focus();
    await page.keyboard.press('r');
    await page.keyboard.type('width');
    await page.keyboard.press('Enter');
    await expect(node(page, /^width/)).toBeFocused();
    await page.keyboard.press('n');
    await page.keyboard.type('in metres');
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect(page.locator('.notes')).toContainText('in metres');
    await node(page, /^width/).focus();
    await page.keyboard.press('Control+d');
    await expect(told(page)).toHaveText('Duplicated 1 node.');
    await expect(nodes(page)).toHaveCount(4);
    await page.keyboard.press('Delete');
    await expect(nodes(page)).toHaveCount(3);
    await page.keyboard.press('Control+a');
    await expect(told(page)).toHaveText('3 nodes selected');
    await page.keyboard.press('Control+z');
    await expect(nodes(page)).toHaveCount(4);
    await page.getByRole('button', { name: 'Keys' }).click();
    await expect(page.getByRole('dialog', { name: 'Keys of the canvas' })).toBeVisible();
    await page.keyboard.press('Escape');
  });

  test('move nodes and zoom', async ({ page, site }) => {
    await open(page, site, '?example=apple');
    await node(page, /^tax/).focus();
    const before = await page.locator('[data-node="tax"]').boundingBox();
    for (let i = 0; i < 5; i += 1) await page.keyboard.press('Shift+ArrowDown');
    await expect(told(page)).toHaveText('Moved tax.');
    await expect
      .poll(async () =>
        Math.round(((await page.locator('[data-node="tax"]').boundingBox())?.y ?? 0) - (before?.y ?? 0)),
      )
      .toBeGreaterThan(30);
    await page.keyboard.press('+');
    await expect(told(page)).toHaveText(/^1\d\d%$/);
    await page.keyboard.press('0');
    await page.keyboard.press('l');
    await expect(told(page)).toHaveText('Arranged from left to right.');
  });
});

test('a matrix is edited as a table, and rows are pasted from a spreadsheet', async ({ page, site }) => {
  await open(page, site, '?example=affine-batch');
  await node(page, /^X/).first().focus();
  await page.keyboard.press('e');
  const editor = page.getByRole('region', { name: 'Values of X' });
  await expect(editor.getByRole('textbox')).toHaveCount(4);
  await editor.getByRole('textbox').first().focus();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', '1\t2\n3\t4\n5\t6\n');
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  await expect(told(page)).toHaveText('Pasted 3 × 2 cells.');
  await expect(editor.getByRole('textbox')).toHaveCount(6);
});
