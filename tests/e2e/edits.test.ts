import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { expect, test } from './support/test';

// Five hundred random edits by the page's own keys, menus and pointer, then all of them undone and done again. Edits of drafts alone are in
// tests/web/editor; here everything between a key and the draft takes part, and the engine that follows.

/** mulberry32: the same edits every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

const added = ['+', '*', '-', 'exp', 'tanh', 'sum', 'relu', 'matrix product', 'softmax', '2', 'k = 0.5', 'v = [1, 2, 3]', 'W = [[1, 2], [3, 4]]', '价格 = 3']; // prettier-ignore
const mostNodes = 22;

async function saved(page: Page): Promise<unknown> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Save this graph/ }).click();
  return JSON.parse(readFileSync(await (await download).path(), 'utf8')) as unknown;
}

for (const [seed, example] of [
  [1, 'apples-and-oranges'],
  [2, 'affine-layer'],
] as const) {
  test(`250 random edits of ${example}, all undone and done again: the same documents`, async ({ page, site }) => {
    test.setTimeout(600_000);
    await page.goto(`${site}#/graph?example=${example}`);
    await expect(page.locator('[data-layer]')).toBeAttached();
    const next = random(seed);
    const pick = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T;
    const nodes = page.locator('[data-node]');
    const key = (name: string): Promise<void> => page.keyboard.press(name);
    const undo = page.getByRole('button', { name: 'Undo', exact: true });
    const redo = page.getByRole('button', { name: 'Redo', exact: true });
    const edits = async (): Promise<void> => {
      const count = await nodes.count();
      const chosen = Math.floor(next() * Math.max(1, count));
      if (count > 0) await nodes.nth(chosen).focus();
      else await page.locator('[data-pane] svg[tabindex]').first().focus();
      const kind = count > mostNodes ? 0.65 : count === 0 ? 0 : next();
      if (kind < 0.3) {
        await key('a');
        await page.keyboard.insertText(pick(added));
        await key('Enter');
      } else if (kind < 0.5) {
        await key('c');
        const list = page.getByRole('region', { name: /^Connect / }).locator('li button');
        const ways = await list.count();
        if (ways > 0) await list.nth(Math.floor(next() * ways)).press('Enter');
        // Refused ones leave the list open.
        await key('Escape');
      } else if (kind < 0.58) {
        await key('r');
        await page.keyboard.insertText(pick(['a', 'b', 'Δx', '税', `n${Math.floor(next() * 1000)}`]));
        await key('Enter');
        await key('Escape');
      } else if (kind < 0.7) await key('Delete');
      else if (kind < 0.76) await key('Control+d');
      else if (kind < 0.82) {
        await key(pick(['Shift+ArrowDown', 'Shift+ArrowRight', 'Shift+ArrowUp', 'l']));
      } else if (kind < 0.9) {
        const fields = page.locator('[data-pane] input');
        const inputs = await fields.count();
        if (inputs > 0) {
          await fields.nth(Math.floor(next() * inputs)).focus();
          await key(pick(['ArrowUp', 'ArrowDown']));
        }
      } else if (kind < 0.94) {
        for (let i = 0; i < 1 + Math.floor(next() * 4); i += 1) await key('Control+z');
        if (next() < 0.7) await key('Control+Shift+z');
      } else if (kind < 0.97) {
        await key('n');
        await page.keyboard.insertText('a note');
        await key('Control+Enter');
        await key('Escape');
      } else {
        await key('Control+a');
        await key('Control+c');
        await key('Control+v');
      }
    };

    const first = await saved(page);
    for (let i = 0; i < 250; i += 1) await edits();
    const last = await saved(page);
    expect(last).not.toEqual(first);

    // Back to where nothing is left to undo, by key and by button.
    let steps = 0;
    for (; await undo.isEnabled(); steps += 1) await (steps % 2 === 0 ? key('Control+z') : undo.click());
    expect(steps).toBeGreaterThan(80);
    expect(await saved(page)).toEqual(first);
    for (let i = 0; i < steps; i += 1) await (i % 2 === 0 ? key('Control+Shift+z') : redo.click());
    await expect(redo).toBeDisabled();
    expect(await saved(page)).toEqual(last);
    // The engine has followed: what is drawn is what the draft says.
    expect(await nodes.count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'To the end' }).click();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
}
