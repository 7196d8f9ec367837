import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { expect, test } from './support/test';

const link = (nodes: readonly unknown[], more: Record<string, unknown> = {}): string =>
  deflateRawSync(JSON.stringify({ format: 'backprop-graph', version: 1, nodes, ...more })).toString('base64url');

const figure = (page: Page): Locator => page.getByRole('listbox');
const sentence = (page: Page): Locator => page.getByRole('group', { name: 'Steps' }).getByRole('status');

async function open(page: Page, site: string, hash: string): Promise<void> {
  await page.goto(`${site}#/graph${hash}`);
  await expect(figure(page)).toBeVisible();
}

async function openPanel(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: title, exact: true }).click();
}

const violations = async (page: Page): Promise<string[]> =>
  (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`,
  );

test.describe('the lens', () => {
  test('from a cell of a product to the numbers behind it, deeper, and back by every way', async ({ page, site }) => {
    await open(page, site, '?example=affine&step=9');
    const matrix = page.getByRole('application', { name: /^Gradients of X, 2/ });
    await matrix.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: '∂X[0], unfolded' })).toBeFocused();
    await expect(page).toHaveURL(/lens=grad/);
    // (1, 2, 3) · the first row of W: 1 + 6 + 15
    await expect(sentence(page)).toHaveText(/^Step 5 of 11, forward\. .* gives 22\.$/);
    await figure(page)
      .getByRole('option', { name: /^∂X · W\[0\], value/ })
      .click();
    await page.getByRole('button', { name: 'Unfold ∂X · W[0]' }).click();
    await expect(page.getByRole('heading', { name: '∂X · W[0], unfolded' })).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Way back' }).getByRole('listitem')).toHaveCount(3);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { name: '∂X[0], unfolded' })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('heading', { name: '∂X · W[0], unfolded' })).toBeVisible();
    await page
      .getByRole('navigation', { name: 'Way back' })
      .getByRole('button', { name: 'Affine, one sample' })
      .click();
    await expect(page.getByRole('heading', { name: /unfolded/ })).toHaveCount(0);
    await expect(sentence(page)).toHaveText(/^Step 5 of 5/);
  });

  test('opens from a link, is stepped like every figure, and has no faults of access', async ({ page, site }) => {
    await open(page, site, '?example=affine-layer&step=3&lens=grad%3A0%2C1%3AX');
    await expect(page.getByRole('heading', { name: '∂X[0, 1], unfolded' })).toBeVisible();
    await expect(sentence(page)).toHaveText('Step 5 of 11, forward. + adds 3 and 3 and gives 6.');
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect(sentence(page)).toHaveText(/^Step 6 of 11, seed\./);
    expect(await violations(page)).toEqual([]);
  });

  test('a link that asks for what is not there says so, and leads back', async ({ page, site }) => {
    await page.goto(`${site}#/graph?example=apple&lens=value%3A7%3AnoSuchNode`);
    await expect(page.getByRole('alert')).toContainText('could not be unfolded');
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await expect(figure(page)).toBeVisible();
  });
});

test('the row and the column that meet, by keyboard', async ({ page, site }) => {
  await open(page, site, '?example=affine-layer&step=3');
  const result = page.getByRole('application', { name: /^∂Y\/∂X, 2 × 2/ });
  await result.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByText('row 2, column 1', { exact: true })).toBeVisible();
  await expect(page.getByRole('math', { name: '4 × 1 + 5 × 1 + 6 × 1 = 15' })).toBeVisible();
});

test('to the step of a node: from the table, from the node, by key', async ({ page, site }) => {
  await open(page, site, '?example=apple');
  await page.getByRole('button', { name: 'Go to step 4, tax' }).click();
  await expect(sentence(page)).toHaveText(/^Step 4 of 5/);
  const node = figure(page).getByRole('option', { name: /^× apples/ });
  await node.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('v');
  await expect(sentence(page)).toHaveText(/^Step 1 of 5/);
  await page.keyboard.press('g');
  await expect(sentence(page)).toHaveText(/^Step 4 of 5/);
});

test('any node can be differentiated, and the seed be changed', async ({ page, site }) => {
  await open(page, site, '?example=apple&step=5');
  await figure(page)
    .getByRole('option', { name: /^× apples/ })
    .click();
  await page.getByRole('button', { name: 'Differentiate this node' }).click();
  await expect(sentence(page)).toHaveText(/^Step 3 of 3, backward\. .* sends 2 to the price and 100 to the number/);
  await page.getByRole('textbox', { name: /^Seed/ }).fill('10');
  await page.keyboard.press('Enter');
  await expect(sentence(page)).toHaveText(/sends 20 to the price and 1000 to the number/);
  // The address keeps both, a moment later.
  const linked = (): unknown => {
    const g = new URLSearchParams(page.url().split('?')[1]).get('g');
    if (g === null) return null;
    const { output, seed } = JSON.parse(inflateRawSync(Buffer.from(g, 'base64url')).toString()) as Record<
      string,
      unknown
    >;
    return { output, seed };
  };
  await expect.poll(linked).toEqual({ output: 'price', seed: 10 });
  await page.reload();
  await expect(sentence(page)).toHaveText(/sends 20 to the price and 1000 to the number/);
});

test('paths between two nodes add up to the gradient', async ({ page, site }) => {
  await open(page, site, '?example=shared-price&step=7');
  await openPanel(page, 'Paths between two nodes');
  await page.getByLabel('From', { exact: true }).selectOption({ label: 'price of an apple' });
  await expect(page.getByRole('button', { name: /^Path \d/ })).toHaveCount(2);
  await expect(page.getByText('2 paths, added up')).toContainText('5');
});

test('a push, its promise, and where that bends', async ({ page, site }) => {
  await open(page, site, '?example=same-twice&step=3');
  await openPanel(page, 'Nudge an input');
  // x = 3, pushed by 0.3: 3.3² − 3² = 1.89, promised 6 × 0.3.
  const hold = page.getByRole('button', { name: /^(Hold to push|Pushed)$/ });
  await hold.focus();
  await page.keyboard.down('Space');
  await expect(page.getByText('The result changes by 1.89; the gradient promises 1.8.')).toBeVisible();
  await page.keyboard.up('Space');
  await expect(hold).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByRole('slider', { name: /^The result over the input/ })).toBeVisible();
});

test('the gradient check: verdicts, the error over h, and the race', async ({ page, site }) => {
  await open(
    page,
    site,
    `?g=${link([
      { id: 'x', op: 'input', value: [1, 0] },
      { id: 'y', op: 'relu', inputs: ['x'] },
      { id: 's', op: 'sum', inputs: ['y'] },
    ])}`,
  );
  await openPanel(page, 'Gradient check, step by step');
  const row = page.getByRole('table', { name: 'Gradient check' }).getByRole('row').nth(1);
  await expect(row).toContainText('kink inside ± h');
  await expect(row).toContainText('1 of 2 elements');
  const curve = page.getByRole('slider', { name: /^Error of the numerical gradient/ });
  await curve.focus();
  await page.keyboard.press('Home');
  await expect(curve).toHaveAttribute('aria-valuetext', /^h 1×10⁻¹²/);
  await page.getByRole('button', { name: 'Start the race' }).click();
  await expect(page.getByText('4 of 4 forward passes')).toBeVisible();
});

test('the race of TwoLayerNet has 79,520 passes, and can be stopped', async ({ page, site }) => {
  await open(page, site, '?example=apple');
  await openPanel(page, 'Gradient check, step by step');
  await page.getByLabel('Graph', { exact: true }).selectOption({ label: 'TwoLayerNet, 784–50–10' });
  await page.getByRole('button', { name: 'Start the race' }).click();
  await expect(page.getByText(/of 79,520 forward passes/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByText(/^Stopped after/)).toBeVisible();
});

test('a NaN is found where it came from', async ({ page, site }) => {
  await open(
    page,
    site,
    `?g=${link([
      { id: 'x', op: 'input', value: -2 },
      { id: 'y', op: 'log', inputs: ['x'] },
      { id: 'z', op: 'square', inputs: ['y'] },
    ])}`,
  );
  await expect(page.getByText('A negative number has no logarithm.')).toBeVisible();
  await page.getByRole('button', { name: 'Go to step 1', exact: true }).click();
  await expect(sentence(page)).toHaveText(/^Step 1 of 5/);
  expect(await violations(page)).toEqual([]);
});

for (const width of [1280, 390]) {
  test(`every panel at ${width} px: nothing is cut off, no fault of access`, async ({ page, site }) => {
    await page.setViewportSize({ width, height: 844 });
    await open(page, site, '?example=affine-layer&step=3');
    for (const title of [
      'Paths between two nodes',
      'Nudge an input',
      'Gradient check, step by step',
      'Forward mode',
      'Memory',
    ]) {
      await openPanel(page, title);
    }
    await expect(page.getByRole('table', { name: 'What every node keeps' })).toBeVisible();
    await expect(page.getByRole('table', { name: /^Speeds and gradients/ })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await violations(page)).toEqual([]);
  });
}

test('the shape detective: blocks pressed or dragged, refused with the reason, found', async ({ page, site }) => {
  const program = 'X = [1, 2, 3; 4, 5, 6]; param W = [1, 0, 2, 1; 0, 1, 1, 1; 2, 1, 0, 1]; L = sum((X @ W)^2)';
  await page.goto(`${site}#/graph?expr=${encodeURIComponent(program)}`);
  await expect(figure(page)).toBeVisible();
  await page.getByRole('button', { name: 'Shape detective' }).press('Enter');
  const block = (name: string): Locator => page.getByRole('group', { name: 'Blocks' }).getByRole('button', { name });
  const said = page.locator('.said');
  await expect(said).toHaveText('Choose two blocks.');
  await block('∂L/∂Y, 2 × 4').press('Enter');
  await block('W, 3 × 4').press('Enter');
  await expect(said).toHaveText(
    'There is no such product: the left has 4 columns, the right 3 rows. They must be equal.',
  );
  await page.getByRole('button', { name: /^Right: W/ }).press('Enter');
  await block('W transposed, 4 × 3').dragTo(page.getByRole('button', { name: 'Right: empty' }));
  await expect(said).toHaveText('It fits, and no other product of these blocks does.');
  await page.getByRole('combobox', { name: 'Gradient of' }).selectOption('W');
  await expect(said).toHaveText('This product is 2 × 3; the gradient must be 3 × 4.');
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: process.env['SHOT'] ?? test.info().outputPath('shapes.png'), fullPage: true });
});
