import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/test';

const canvas = (page: Page): Locator => page.locator('[data-pane]');
const nodes = (page: Page): Locator => canvas(page).getByRole('option');
const told = (page: Page): Locator => page.locator('.told');

async function open(page: Page, site: string, hash = '?example=apple'): Promise<void> {
  await page.goto(`${site}#/graph${hash}`);
  await expect(page.locator('[data-layer]')).toBeAttached();
  await expect(nodes(page).first()).toBeVisible();
}

async function middle(what: Locator): Promise<readonly [number, number]> {
  const box = await what.boundingBox({ timeout: 5000 });
  if (box === null) throw new Error('it is not on the page');
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/** Values and gradients, by node. */
const table = (page: Page): Promise<string[]> =>
  page
    .getByRole('table', { name: 'Table of values' })
    .getByRole('row')
    .evaluateAll((rows) =>
      rows.slice(1).map((row) => [0, 2, 3].map((cell) => row.children[cell]?.textContent?.trim() ?? '').join(' | ')),
    );

test('nothing moves under the pointer when a node is chosen, whatever can be done with it', async ({ page, site }) => {
  await open(page, site, '?example=softmax-with-loss&step=3');
  const slider = page.getByRole('slider', { name: 'Step' });
  await expect(page.getByText('Choose a node to change it.')).toBeVisible();
  const before = (await slider.boundingBox())!.y;
  for (const node of await nodes(page).all()) {
    await node.click();
    await expect(page.getByRole('group', { name: 'Selection', exact: true })).toBeVisible();
    expect((await slider.boundingBox())!.y).toBe(before);
  }
});

test('the rule of a step with rows of numbers fits its panel, in the names of the graph', async ({ page, site }) => {
  const expr = 'L = sum((x * y + z)^2); x = [1.25, 2.5, 3.75, -4.125]; y = [3.5, 1.25, 0.375, 9.5]; z = 1';
  await open(page, site, `?expr=${encodeURIComponent(expr)}&step=9`);
  const panel = page.locator('.side .panel');
  await expect(panel).toContainText('sends back two gradients');
  for (const lines of await panel.locator('.lines').all())
    expect(await lines.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
  // z is another node here: what the product computed is called something else.
  await expect(panel.getByRole('math', { name: 'u = x y' })).toBeVisible();
  await expect(panel.getByRole('math', { name: 'u = x y' })).toHaveText(/u\s*=\s*x\s*y/);
});

test('a frame drawn with the mouse selects what lies in it, and Shift adds to it', async ({ page, site }) => {
  await open(page, site);
  const onto = (await canvas(page).boundingBox())!;
  const apple = await middle(page.locator('[data-node="apple"]'));
  const count = await middle(page.locator('[data-node="count"]'));
  await page.mouse.move(onto.x + 4, onto.y + 4);
  await page.mouse.down();
  await page.mouse.move(Math.max(apple[0], count[0]) + 90, Math.max(apple[1], count[1]) + 20, { steps: 6 });
  await expect(page.locator('rect.marquee')).toBeVisible();
  await page.mouse.up();
  await expect(page.locator('rect.marquee')).toHaveCount(0);
  await expect(told(page)).toHaveText('2 nodes selected');
  const tax = await middle(page.locator('[data-node="total"] .body'));
  await page.keyboard.down('Shift');
  await page.mouse.move(tax[0] - 40, tax[1] - 60);
  await page.mouse.down();
  await page.mouse.move(tax[0] + 40, tax[1] + 60, { steps: 6 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(told(page)).toHaveText('3 nodes selected');
  // Pressed on nothing, nothing is selected.
  await page.mouse.click(onto.x + 4, onto.y + 4);
  await expect(nodes(page).and(page.locator('[aria-selected="true"]'))).toHaveCount(0);
});

test('what is copied in one tab is pasted in another', async ({ page, site, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, site);
  await nodes(page).first().focus();
  await page.keyboard.press('Control+a');
  await expect(told(page)).toHaveText('5 nodes selected');
  await page.keyboard.press('Control+c');
  await expect(told(page)).toHaveText(/^Copied 5/);
  const clip: unknown = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  expect(clip).toHaveProperty('nodes');
  const other = await context.newPage();
  await other.goto(`${site}#/graph?example=mul`);
  await expect(other.locator('[data-layer]')).toBeAttached();
  const before = await nodes(other).count();
  await nodes(other).first().focus();
  await other.keyboard.press('Control+v');
  await expect(nodes(other)).toHaveCount(before + 5);
  await expect(told(other)).toHaveText(/^Pasted 5/);
  await other.close();
});

for (const [example, name] of [
  ['sigmoid', /sigmoid/i],
  ['affine-layer', /Affine/],
  ['softmax-with-loss', /Softmax/],
  ['batch-norm', /Batch/],
  ['attention', /softmax|weights/],
] as const) {
  test(`${example} is opened into its parts and closed again: the same numbers`, async ({ page, site }) => {
    await open(page, site, `?example=${example}&step=99`);
    await page.getByRole('button', { name: 'To the end' }).click();
    await expect.poll(async () => (await table(page)).length).toBeGreaterThan(1);
    const before = await table(page);
    const leaves = before.filter((row) => !/[×σ·]|sigmoid|Affine|Softmax|Batch|weights/i.test(row));
    await nodes(page)
      .filter({ has: page.locator('.body, rect, circle') })
      .and(canvas(page).getByRole('option', { name }))
      .first()
      .focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Open into its parts' }).click();
    await expect.poll(async () => (await table(page)).length).toBeGreaterThan(before.length);
    await page.getByRole('button', { name: 'To the end' }).click();
    const opened = await table(page);
    for (const row of leaves) expect(opened).toContain(row);
    await page.getByRole('button', { name: 'Close into one node' }).click();
    await page.getByRole('button', { name: 'To the end' }).click();
    await expect.poll(() => table(page)).toEqual(before);
  });
}

for (const motion of ['no-preference', 'reduce'] as const) {
  test(`opening and closing glides, and leaves nothing behind: motion ${motion}`, async ({ page, site }) => {
    await page.emulateMedia({ reducedMotion: motion });
    await open(page, site, '?example=sigmoid');
    await page.evaluate(() => {
      const seen = { moved: 0 };
      Object.assign(window, { seen });
      const animate = Object.getOwnPropertyDescriptor(Element.prototype, 'animate')?.value as (
        ...args: unknown[]
      ) => Animation;
      Element.prototype.animate = function (...args) {
        seen.moved += 1;
        return animate.apply(this, args);
      };
    });
    const moved = (): Promise<number> =>
      page.evaluate(() => (window as unknown as { seen: { moved: number } }).seen.moved);
    const pictures = canvas(page).locator('.graph-node');
    const nodesThen = await pictures.count();
    await canvas(page)
      .getByRole('option', { name: /sigmoid/i })
      .first()
      .focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Open into its parts' }).click();
    await expect(pictures).not.toHaveCount(nodesThen);
    await expect.poll(async () => (await moved()) > 0).toBe(motion === 'no-preference');
    await page.getByRole('button', { name: 'Close into one node' }).click();
    // What went back into the node is gone when it has arrived.
    await expect(pictures).toHaveCount(nodesThen);
    await expect(canvas(page).getByRole('option')).toHaveCount(nodesThen);
  });
}

test('a number is changed by dragging over it', async ({ page, site }) => {
  await open(page, site);
  const field = page.getByRole('textbox', { name: 'number of apples', exact: true });
  await expect(field).toHaveValue('2');
  const [x, y] = await middle(field);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y, { steps: 6 });
  await page.mouse.up();
  const value = Number(await field.inputValue());
  expect(value).toBeGreaterThan(2);
  await expect.poll(() => table(page)).toContainEqual(expect.stringContaining(`number of apples | ${value}`));
  // One drag is one undo.
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(field).toHaveValue('2');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('a number is a target for a finger', async ({ page, site }) => {
    await open(page, site);
    for (const field of await canvas(page).getByRole('textbox').all())
      expect((await field.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  });

  test('two fingers zoom about the place between them', async ({ page, site }) => {
    await open(page, site);
    const onto = (await canvas(page).boundingBox())!;
    const [x, y] = [onto.x + 150, onto.y + 90];
    const width = async (): Promise<number> => (await page.locator('[data-node="price"] .body').boundingBox())!.width;
    const before = await width();
    const cdp = await page.context().newCDPSession(page);
    const fingers = (type: 'touchStart' | 'touchMove' | 'touchEnd', half: number): Promise<unknown> =>
      cdp.send('Input.dispatchTouchEvent', {
        type,
        touchPoints:
          type === 'touchEnd'
            ? []
            : [
                { x: x - half, y, id: 1 },
                { x: x + half, y, id: 2 },
              ],
      });
    await fingers('touchStart', 30);
    for (let half = 34; half <= 60; half += 4) await fingers('touchMove', half);
    await fingers('touchEnd', 0);
    await expect.poll(width).toBeGreaterThan(before * 1.4);
    await fingers('touchStart', 60);
    for (let half = 56; half >= 30; half -= 4) await fingers('touchMove', half);
    await fingers('touchEnd', 0);
    await expect.poll(width).toBeLessThan(before * 1.2);
  });
});

test('forward mode shows its tangents on the wires, as long as its panel is open', async ({ page, site }) => {
  await open(page, site, '?example=apple&step=5');
  const tangents = canvas(page).locator('.tangent');
  await expect(tangents).toHaveCount(0);
  const panel = page.getByRole('button', { name: 'Forward mode' });
  await panel.click();
  // The price of an apple moves at speed 1: two apples at 1.1.
  await expect(tangents).toHaveText([/1$/, /2$/, /2\.2$/]);
  await expect(nodes(page).filter({ hasText: 'to pay' })).toHaveAttribute('aria-label', /tangent 2\.2/);
  await panel.click();
  await expect(tangents).toHaveCount(0);
});
