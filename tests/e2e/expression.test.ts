import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from './support/test';

const field = (page: Page): Locator => page.getByRole('textbox', { name: /^(Expression|Program)$/ });
const figure = (page: Page): Locator => page.locator('section.figure').getByRole('listbox');
const options = (page: Page): Locator => figure(page).getByRole('option');

async function open(page: Page, site: string, hash: string): Promise<void> {
  await page.goto(`${site}${hash}`);
  await expect(figure(page)).toBeVisible();
  await expect(field(page)).toBeVisible();
}

test.describe('the expression bar', () => {
  test('shows the graph, draws what is typed by the keyboard alone, and goes back', async ({ page, site }) => {
    await open(page, site, '#/graph?example=apples-and-oranges');
    await expect(field(page)).toHaveValue('(apple × appleCount + orange × orangeCount) × tax');
    await field(page).fill('apple * appleCount * tax');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Drawn: 2 operators, 3 inputs.')).toBeVisible();
    // Names keep their values and labels.
    await expect(options(page).filter({ hasText: 'price of an apple' })).toHaveCount(1);
    await expect(page).toHaveURL(/g=/);
    await page.getByRole('slider', { name: 'Step' }).press('End');
    await expect(page.getByRole('row', { name: /price of an apple/ })).toContainText('2.2');
    const drawn = await options(page).count();
    await page.getByRole('button', { name: 'Previous graph' }).click();
    await expect(options(page)).toHaveCount(9);
    // It is the editor's undo, so redo draws it again, and undo goes back once more.
    await page.getByRole('button', { name: 'Redo' }).click();
    await expect(options(page)).toHaveCount(drawn);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(options(page)).toHaveCount(9);
  });

  test('points at the wrong characters and says why; nothing is lost', async ({ page, site }) => {
    await open(page, site, '#/graph?example=apple');
    await field(page).fill('(x + y)^2 × sigmiod(k)');
    await page.keyboard.press('Enter');
    const described = await field(page).getAttribute('aria-describedby');
    await expect(page.locator(`[id="${described?.split(' ')[0]}"]`)).toHaveText(
      /no function “sigmiod”. Did you mean sigmoid\?/,
    );
    await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
    await expect(page.locator('.wrong')).toHaveText('sigmiod');
    await expect(field(page)).toHaveValue('(x + y)^2 × sigmiod(k)');
    await expect(options(page)).toHaveCount(5);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
  });

  test('what the engine refuses is said in the bar, with the names that have no value', async ({ page, site }) => {
    await open(page, site, '#/graph?example=apple');
    await field(page).fill('x = [1, 2]; W = [1, 2; 3, 4; 5, 6]; x @ W + b');
    await page.keyboard.press('Enter');
    await expect(page.getByText('The engine refuses this graph.')).toBeVisible();
    await expect(page.getByText(/These have no value yet and were taken as 1: b\./)).toBeVisible();
    await expect(options(page)).toHaveCount(5);
  });

  test('completes by arrow keys and by a press', async ({ page, site }) => {
    await open(page, site, '#/graph?example=apple');
    await field(page).fill('');
    await field(page).pressSequentially('sig');
    const list = page.getByRole('listbox', { name: 'Suggestions' });
    await expect(list.getByRole('option').first()).toHaveText('sigmoid(x)');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(field(page)).toHaveValue('sigmoid(');
    await field(page).pressSequentially('ap');
    await list.getByRole('option', { name: 'apple' }).click();
    await expect(field(page)).toHaveValue('sigmoid(apple');
    await expect(field(page)).toBeFocused();
    await field(page).pressSequentially(')');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Drawn: 1 operator, 1 input.')).toBeVisible();
  });

  test('a program of several lines, with a function and its derivative', async ({ page, site }) => {
    await open(page, site, '#/graph?example=apple');
    await page.getByRole('button', { name: 'Several lines' }).click();
    await expect(field(page)).toHaveValue('apple = 100\ncount = 2\ntax = 1.1\ntotal = apple × count × tax');
    await field(page).fill("f(x) = x^2 + 3x\nf'(x) = 2x\na = 2\nz = f(a)");
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText(/f′\(x\) differs at −1.75: you wrote −3.5, the engine computes −0.5\./)).toBeVisible();
    await field(page).fill("f(x) = x^2 + 3x\nf'(x) = 2x + 3\na = 2\nz = f(a)");
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('f′(x) agrees with the engine’s gradient at 5 points.')).toBeVisible();
    await page.getByRole('slider', { name: 'Step' }).press('End');
    await expect(page.getByRole('row', { name: /^a (?!×)/ })).toContainText('7');
  });

  test('comes from the address, in the page and in a frame', async ({ page, site }) => {
    await open(page, site, '#expr=(x+y)^2');
    await expect(page.getByText('Drawn: 2 operators, 2 inputs.')).toBeVisible();
    await expect(field(page)).toHaveValue('(x+y)^2');
    await page.goto(`${site}embed.html?expr=${encodeURIComponent('x = 3; x^2')}&step=3`);
    await expect(page.getByRole('option', { name: /^x, value 3, gradient 6/ })).toBeVisible();
  });
});

test.describe('ways out', () => {
  async function saved(page: Page, kind: string): Promise<string> {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: `Save: ${kind}` }).click();
    return readFileSync(await (await download).path(), 'latin1');
  }

  test('every export is made, at this step', async ({ page, site }) => {
    await open(page, site, '#/graph?example=apples-and-oranges&step=8');
    await page.getByRole('button', { name: 'Export' }).click();
    const svg = await saved(page, 'SVG');
    expect(svg).toContain('>2.2</text>');
    expect(svg).toContain('>step 8</text>');
    expect(svg).not.toMatch(/var\(|class=|<script|foreignObject/);
    // By itself in a page, it is drawn.
    const alone = await page.evaluate(async (text) => {
      const image = new Image();
      image.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
      await image.decode();
      return image.naturalWidth;
    }, svg);
    expect(alone).toBeGreaterThan(600);
    expect((await saved(page, 'PNG')).slice(1, 4)).toBe('PNG');
    expect(await saved(page, 'Mermaid')).toContain('flowchart LR');
    expect(await saved(page, 'TikZ')).toContain('\\begin{tikzpicture}');
    expect((await saved(page, 'Derivation')).match(/\\paragraph/g)).toHaveLength(9);
    expect(await saved(page, 'NumPy')).toContain('import numpy as np');
    expect(await saved(page, 'PyTorch')).toContain('.backward(');
    const book = JSON.parse(await saved(page, 'Jupyter notebook')) as { nbformat: number; cells: unknown[] };
    expect([book.nbformat, book.cells.length]).toEqual([4, 10]);
    expect(await saved(page, 'TensorFlow.js')).toContain('tf.grads(');
    expect(await saved(page, 'Program')).toContain('apple = 100');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  test('a link opens the same graph at the same step', async ({ page, site, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open(page, site, '#expr=a = 3; b = 4; a × b + a');
    await expect(page.getByText(/^Drawn/)).toBeVisible();
    await page.getByRole('slider', { name: 'Step' }).press('End');
    await page.getByRole('button', { name: 'Share' }).click();
    await expect(page.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
    await page.getByRole('button', { name: 'Copy the link' }).click();
    await expect(page.getByText('The link is copied.')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const other = await context.newPage();
    await other.goto(link);
    await expect(other.getByRole('row', { name: /^a (?!×)/ })).toContainText('5');
    await expect(field(other)).toHaveValue('a × b + a');
  });

  test('hostile links leave the graph on show and say what is wrong', async ({ page, site }) => {
    await open(page, site, '#/graph?example=apple');
    const pack = (text: string): string => deflateRawSync(text).toString('base64url');
    const label = '<img src=x onerror="document.title=\'hit\'">';
    for (const [g, said] of [
      ['%%%', /damaged/],
      ['AAAA', /damaged/],
      [pack('0'.repeat(5_000_000)), /longer than/],
      [pack('{"nodes":1}'), /A graph document is an object/],
      [pack('{"format":"backprop-graph","version":1,"nodes":[{"id":"x","op":"evil"}]}'), /could not be opened/],
    ] as const) {
      await page.evaluate((hash) => (window.location.hash = hash), `#/graph?g=${encodeURIComponent(g)}`);
      await expect(page.getByRole('alert')).toContainText(said);
      await expect(options(page)).toHaveCount(5);
    }
    const nodes = [{ id: 'x', op: 'input', value: 1, label }, { id: 'y', op: 'neg', inputs: ['x'], label }]; // prettier-ignore
    await page.evaluate(
      (hash) => (window.location.hash = hash),
      `#g=${pack(JSON.stringify({ format: 'backprop-graph', version: 1, nodes }))}`,
    );
    await expect(options(page)).toHaveCount(2);
    await page.getByRole('button', { name: 'Export' }).click();
    await saved(page, 'SVG');
    expect(await page.title()).not.toBe('hit');
    expect(await page.locator('img').count()).toBe(0);
  });
});

test('the code beside the graph: the line of the step, a line as a way to its step', async ({ page, site }) => {
  await open(page, site, '#/graph?example=apples-and-oranges&step=1');
  await page.getByRole('button', { name: 'The graph as code' }).press('Enter');
  const current = page.locator('li[aria-current=step]');
  await expect(current).toHaveText(/^h?.*apple.* \* .*step 1$/);
  const line = page.getByRole('button', { name: /^d_apple = d_apple \+ / });
  await line.press('Enter');
  await expect(page.getByRole('slider', { name: 'Step' })).toHaveAttribute('aria-valuetext', /backward/);
  // Both contributions of the node are lines of its step.
  await expect(current).toHaveCount(2);
  await expect(line).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
    0,
  );
  await page.screenshot({ path: process.env['SHOT'] ?? test.info().outputPath('code.png'), fullPage: true });
});

test('a paste of ten million characters is refused at once, and the page goes on', async ({ page, site, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, site, '#/graph?example=apple');
  await field(page).fill('');
  await page.evaluate(() => navigator.clipboard.writeText('x+'.repeat(5_000_000)));
  await field(page).press('Control+v');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The text is longer than 200000 characters.')).toBeVisible();
  expect((await field(page).inputValue()).length).toBe(200_001);
  await expect(options(page)).toHaveCount(5);
  await field(page).fill('apple × count');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Drawn: 1 operator, 2 inputs.')).toBeVisible();
});

test('a note on the whole graph: left by Escape, written, kept in the link', async ({ page, site }) => {
  await open(page, site, '#/graph?example=apple&step=5');
  const note = page.getByRole('textbox', { name: 'Note on the whole graph' });
  await page.getByRole('button', { name: 'Note on the whole graph' }).press('Enter');
  await note.fill('never mind');
  await page.keyboard.press('Escape');
  await expect(note).toHaveCount(0);
  // The focus is in the figure, not lost.
  expect(await page.evaluate(() => document.activeElement?.closest('[data-pane]') !== null)).toBe(true);
  await page.getByRole('button', { name: 'Note on the whole graph' }).press('Enter');
  await expect(note).toHaveValue('');
  await note.fill('Why is it 2.2?');
  await page.getByRole('button', { name: 'Apply' }).press('Enter');
  await expect(page.getByText('Why is it 2.2?')).toBeVisible();
  await expect(page).toHaveURL(/g=/);
  await page.reload();
  await expect(page.getByText('Why is it 2.2?')).toBeVisible();
});
