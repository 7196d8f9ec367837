import type { Locator, Page } from '@playwright/test';
import { heard, listen } from './support/hear';
import { expect, test } from './support/test';

// The graph view by ear alone: what live regions say, and where the focus is. Every step once, in order, with its numbers.

const node = (page: Page, id: string): Locator => page.locator(`[data-node="${id}"]`);
const focused = (page: Page): Promise<string | null> =>
  page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? null,
  );

async function open(page: Page, site: string, hash: string): Promise<void> {
  await listen(page);
  await page.goto(`${site}#/graph${hash}`);
  await expect(page.locator('[data-layer]')).toBeAttached();
  await page.waitForLoadState('networkidle');
  await heard(page);
}

/** Does something and gives what was said until nothing more came for a while. */
async function after(page: Page, act: () => Promise<unknown>): Promise<string[]> {
  await act();
  const said: string[] = [];
  for (let quiet = 0; quiet < 3;) {
    await page.waitForTimeout(300);
    const more = await heard(page);
    said.push(...more.map(({ text }) => text));
    quiet = more.length === 0 ? quiet + 1 : 0;
  }
  return said;
}

test.describe('in English', () => {
  test('the walk, an edit, its undo, a number that is changed', async ({ page, site }) => {
    test.setTimeout(120_000);
    await open(page, site, '?example=apple');
    const step = page.locator('button.step');
    const press = (key: string) => after(page, () => page.keyboard.press(key));
    await step.focus();
    expect(await press('Enter')).toEqual(['Step 1 of 5, forward. × multiplies 100 by 2 and gives 200.']);
    expect(await press('Enter')).toEqual(['Step 2 of 5, forward. × multiplies 200 by 1.1 and gives 220.']);
    expect(await press('Enter')).toEqual([
      'Step 3 of 5, seed. A change of the sum to pay changes the sum to pay by just as much: the gradient 1 starts the way back.',
    ]);
    expect(await press('Enter')).toEqual([
      'Step 4 of 5, backward. × takes the gradient 1 from the right and sends 1.1 to the apples and 200 to the tax. To the apples: upstream 1 × local 1.1 = 1.1. To the tax: upstream 1 × local 200 = 200.',
    ]);
    expect(await press('Enter')).toEqual([
      'Step 5 of 5, backward. × takes the gradient 1.1 from the right and sends 2.2 to the price and 110 to the number. To the price: upstream 1.1 × local 2 = 2.2. To the number: upstream 1.1 × local 100 = 110.',
    ]);
    expect(await after(page, () => page.getByRole('button', { name: 'One step back' }).press('Enter'))).toEqual([
      expect.stringMatching(/^Step 4 of 5, backward\./),
    ]);

    // An edit is told once; the step that is on show comes after it in silence.
    await node(page, 'apple').focus();
    await page.keyboard.press('a');
    await page.keyboard.type('exp');
    expect(await after(page, () => page.keyboard.press('Enter'))).toEqual([
      'Added exp p, connected with price of an apple. The result is exp p now.',
    ]);
    expect(await focused(page)).toMatch(/^exp p/);
    expect(await press('Control+z')).toEqual(['Undone: add (exp p).']);
    expect(await press('Control+Shift+z')).toEqual(['Done again: add (exp p).']);
    await press('Control+z');
    // Half a word is no mistake; what is found is told when nobody types.
    await node(page, 'apple').focus();
    await page.keyboard.press('a');
    const typed = await after(page, () => page.keyboard.type('k = 5', { delay: 60 }));
    expect(typed).toEqual(['1 choice']);
    await page.keyboard.press('Escape');

    // What a node lacks belongs to its name.
    await node(page, 'tax').focus();
    expect(await press('Delete')).toEqual(['Deleted tax.']);
    expect(await focused(page)).toBe('× tax, y missing');
    await press('Control+z');
    // Nothing to connect with: said, and the focus is on what can be done there.
    await node(page, 'total').focus();
    expect(await press('c')).toEqual([expect.stringMatching(/^There is no slot that this node may lead to/)]);
    expect(await focused(page)).toBe('Take out the wire from × apples (x)');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'To the end' }).press('Enter');
    await after(page, () => page.getByRole('textbox', { name: 'price of an apple', exact: true }).focus());
    expect(await press('ArrowUp')).toEqual([
      expect.stringMatching(/ To the number: upstream 1\.1 × local 101 = 111\.1\.$/),
    ]);
  });

  test('refusals, with the reason', async ({ page, site }) => {
    const nodes = 'X = [1, 2, 3]; W = [1; 2; 3]; v = [1, 2]; X @ W';
    await open(page, site, `?expr=${encodeURIComponent(nodes)}`);
    await node(page, 'v').focus();
    await page.keyboard.press('c');
    const replace = page.getByRole('button', { name: /slot W, instead of W$/ });
    expect(await after(page, () => replace.press('Enter'))).toEqual([expect.stringMatching(/^Not connected\. .*W/)]);
    await page.keyboard.press('Escape');
    // A value of another shape is taken, and what can no longer be computed is heard.
    await node(page, 'W').focus();
    await page.keyboard.press('e');
    await page
      .getByRole('spinbutton', { name: 'Rows' })
      .or(page.getByRole('textbox', { name: 'Rows' }))
      .first()
      .fill('2');
    const said = await after(page, () => page.keyboard.press('Tab'));
    expect(said.join(' ')).toMatch(/W needs 3 rows|3 rows/);
  });

  test('a layer opened and closed, a number unfolded: the focus goes with it', async ({ page, site }) => {
    test.setTimeout(120_000);
    await open(page, site, '?example=softmax-with-loss&step=3');
    await node(page, 'L').focus();
    await page.keyboard.press('Enter');
    const opened = await after(page, () => page.getByRole('button', { name: 'Open into its parts' }).press('Enter'));
    expect(opened).toEqual(['Softmax-with-Loss L is opened: the same numbers, step by step.']);
    expect(await focused(page)).toMatch(/^×−1 L, value 0\.3057, gradient 1/);
    const closed = await after(page, () => page.getByRole('button', { name: 'Close into one node' }).press('Enter'));
    expect(closed).toEqual([
      'L is one node again. The scores receive y − t: how far the probabilities are from the label, divided by the batch size.',
    ]);
    expect(await focused(page)).toMatch(/^Softmax-with-Loss L/);

    // Another example after that has its own names again.
    expect(await after(page, () => page.evaluate(() => (location.hash = '#/graph?example=affine&step=9')))).toEqual([
      'Opened Affine, one sample.',
    ]);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Affine, one sample');
    await page.getByRole('application', { name: /^Gradients of X, 2/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: '∂X[0], unfolded' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(node(page, 'X')).toBeFocused();
    await heard(page);
    await page.getByRole('button', { name: 'Share', exact: true }).press('Enter');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const shared = await after(page, () => page.getByRole('button', { name: 'Copy the link' }).press('Enter'));
    expect(shared).toEqual(['The link is copied.']);
  });
});

for (const [locale, lines] of [
  [
    'zh-CN',
    [
      /^第 1 步，共 5 步，正向。.*200。$/,
      /^第 2 步，共 5 步，正向。.*220。$/,
      /^第 3 步，共 5 步，起点。.*梯度 1/,
      /^第 4 步，共 5 步，反向。.*上游 1 × 局部导数 1\.1 = 1\.1。.*上游 1 × 局部导数 200 = 200。$/,
      /^第 5 步，共 5 步，反向。.*上游 1\.1 × 局部导数 2 = 2\.2。.*上游 1\.1 × 局部导数 100 = 110。$/,
    ],
  ],
  [
    'ja-JP',
    [
      /^ステップ 1／5、順伝播。.*200/,
      /^ステップ 2／5、順伝播。.*220/,
      /^ステップ 3／5、起点。.*勾配 1/,
      /^ステップ 4／5、逆伝播。.*上流 1 × 局所的な微分 1\.1 = 1\.1。.*上流 1 × 局所的な微分 200 = 200。$/,
      /^ステップ 5／5、逆伝播。.*上流 1\.1 × 局所的な微分 2 = 2\.2。.*上流 1\.1 × 局所的な微分 100 = 110。$/,
    ],
  ],
] as const) {
  test.describe(locale, () => {
    test.use({ locale });

    test('every step once, an edit and its undo by name', async ({ page, site }) => {
      await open(page, site, '?example=apple');
      await page.locator('button.step').focus();
      for (const line of lines)
        expect(await after(page, () => page.keyboard.press('Enter'))).toEqual([expect.stringMatching(line)]);
      await node(page, 'apple').focus();
      await page.keyboard.press('a');
      await page.keyboard.type('exp');
      expect(await after(page, () => page.keyboard.press('Enter'))).toEqual([expect.stringContaining('exp p')]);
      expect(await after(page, () => page.keyboard.press('Control+z'))).toEqual([expect.stringContaining('（exp p）')]);
    });
  });
}
