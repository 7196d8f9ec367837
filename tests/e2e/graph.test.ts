import type { Locator, Page } from '@playwright/test';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from './support/test';

const link = (document: unknown): string => deflateRawSync(JSON.stringify(document)).toString('base64url');
const graph = (nodes: readonly unknown[], more: Record<string, unknown> = {}): Record<string, unknown> => ({
  format: 'backprop-graph',
  version: 1,
  nodes,
  ...more,
});

const figure = (page: Page): Locator => page.getByRole('listbox');
const sentence = (page: Page): Locator => page.getByRole('group', { name: 'Steps' }).getByRole('status');
const track = (page: Page): Locator => page.getByRole('slider', { name: 'Step' });
/** Value and gradient of a row of the table of values. */
async function row(page: Page, name: string): Promise<(string | null)[]> {
  const cells = page
    .getByRole('table', { name: 'Table of values' })
    .getByRole('row')
    .filter({
      has: page.getByRole('rowheader', { name, exact: true }),
    });
  return Promise.all([1, 2].map((column) => cells.getByRole('cell').nth(column).textContent())).then((texts) =>
    texts.map((text) => text?.trim() ?? null),
  );
}

async function open(page: Page, site: string, hash: string): Promise<void> {
  await page.goto(`${site}#/graph${hash}`);
  await expect(figure(page)).toBeVisible();
}

test.describe('stepping', () => {
  test('the apples: forward to 220, back to 2.2, 110 and 200', async ({ page, site }) => {
    await open(page, site, '?example=apple');
    const step = page.getByRole('button', { name: 'Step', exact: true });
    await expect(sentence(page)).toHaveText(/^Before step 1 of 5\./);
    await step.click();
    await expect(sentence(page)).toHaveText('Step 1 of 5, forward. × multiplies 100 by 2 and gives 200.');
    await step.click();
    await expect.poll(() => row(page, '× tax')).toEqual(['220', '–']);
    await step.click();
    await expect(sentence(page)).toHaveText(/^Step 3 of 5, seed\./);
    await step.click();
    await step.click();
    await expect(sentence(page)).toContainText(
      'Step 5 of 5, backward. × takes the gradient 1.1 from the right and sends 2.2 to the price and 110 to the number.',
    );
    await expect.poll(() => row(page, 'price of an apple')).toEqual(['100', '2.2']);
    expect(await row(page, 'number of apples')).toEqual(['2', '110']);
    expect(await row(page, 'tax')).toEqual(['1.1', '200']);
    await expect(page).toHaveURL(/example=apple&step=5$/);
    await page.getByRole('button', { name: 'Start again' }).click();
    await expect(track(page)).toHaveAttribute('aria-valuenow', '0');
  });

  test('the keyboard alone: every key press is a step, however fast', async ({ page, site }) => {
    await open(page, site, '?example=apples-and-oranges');
    await track(page).focus();
    for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowRight', { delay: 0 });
    await expect(sentence(page)).toHaveText(/^Step 4 of 9, forward\./);
    await page.keyboard.press('ArrowLeft');
    await expect(sentence(page)).toHaveText(/^Step 3 of 9/);
    await page.keyboard.press('End');
    await expect(track(page)).toHaveAttribute('aria-valuetext', /^step 9 of 9, backward, × oranges$/);
    await page.keyboard.press('Home');
    await expect(track(page)).toHaveAttribute('aria-valuenow', '0');
    await page.keyboard.press('Space');
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
    await expect(track(page)).toHaveAttribute('aria-valuenow', '2');
    await page.keyboard.press('Space');
    await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  });

  test('right after the page has come, before anything is focused, → and ← step', async ({ page, site }) => {
    await open(page, site, '?example=apple');
    await page.keyboard.press('ArrowRight');
    await expect(sentence(page)).toHaveText(/^Step 1 of 5, forward\./);
    await page.keyboard.press('ArrowLeft');
    await expect(track(page)).toHaveAttribute('aria-valuenow', '0');
  });

  test('by Tab alone one comes to the figure, walks its wires, edits a value and steps', async ({ page, site }) => {
    await open(page, site, '?example=apple&step=2');
    await figure(page)
      .getByRole('option', { name: /^price of an apple/ })
      .focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.locator(':focus')).toHaveAttribute('aria-label', /^× apples/);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('F2');
    await expect(page.locator(':focus')).toHaveAttribute('aria-label', 'price of an apple');
    await page.keyboard.type('150');
    await page.keyboard.press('Enter');
    await expect.poll(() => row(page, '× tax')).toEqual(['330', '–']);
    for (let i = 0; i < 20 && !(await track(page).evaluate((element) => element === document.activeElement)); i += 1) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('End');
    await expect.poll(() => row(page, 'tax')).toEqual(['1.1', '300']);
  });

  test('play runs to the end by itself, also without motion', async ({ page, site }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open(page, site, '?example=apple');
    await page.getByLabel('Speed').selectOption({ label: '4×' });
    await page.getByRole('button', { name: 'Play' }).click();
    await expect(sentence(page)).toHaveText(/^Step 5 of 5/);
    await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  });

  test('the track follows the pointer', async ({ page, site }) => {
    await open(page, site, '?example=apples-and-oranges');
    const box = await track(page).boundingBox();
    if (box === null) throw new Error('the track has no box');
    await page.mouse.move(box.x + 20, box.y + 25);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + 25, { steps: 5 });
    await expect(sentence(page)).toHaveText(/^Step [45] of 9/);
    await page.mouse.move(box.x + box.width - 5, box.y + 25, { steps: 5 });
    await page.mouse.up();
    await expect(sentence(page)).toHaveText(/^Step 9 of 9/);
  });
});

test.describe('values', () => {
  test('an edited input changes everything at once, and the address keeps it', async ({ page, site }) => {
    await open(page, site, '?example=apple&step=2');
    const price = page.getByRole('textbox', { name: 'price of an apple' });
    await price.fill('120');
    await price.press('Enter');
    await expect.poll(() => row(page, '× tax')).toEqual(['264', '–']);
    await expect(sentence(page)).toHaveText(/^Step 2 of 5/);
    await expect(page).toHaveURL(/example=apple&g=[\w-]+&step=2$/);
    await page.reload();
    await expect(figure(page)).toBeVisible();
    await expect.poll(() => row(page, '× tax')).toEqual(['264', '–']);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Two apples with tax');
  });

  test('the original values come back', async ({ page, site }) => {
    await open(page, site, '?example=apple&step=2');
    const price = page.getByRole('textbox', { name: 'price of an apple' });
    await price.fill('120');
    await price.press('Enter');
    await expect.poll(() => row(page, '× tax')).toEqual(['264', '–']);
    await page.getByRole('button', { name: 'Original values' }).click();
    await expect.poll(() => row(page, '× tax')).toEqual(['220', '–']);
    await expect(page).toHaveURL(/example=apple&step=2$/);
  });

  test('what is no number stays in the field with a message, and changes nothing', async ({ page, site }) => {
    await open(page, site, '?example=apple&step=2');
    const price = page.getByRole('textbox', { name: 'price of an apple' });
    await price.fill('many');
    await price.press('Enter');
    await expect(page.getByText(/is not a number/)).toBeVisible();
    expect(await row(page, '× tax')).toEqual(['220', '–']);
  });

  test('the gradient check agrees, and shows its numbers', async ({ page, site }) => {
    await open(page, site, '?example=apples-and-oranges');
    await page.getByRole('button', { name: 'Gradient check: 5 of 5' }).click();
    const table = page.getByRole('region', { name: 'Gradient check' }).getByRole('table');
    await expect(table.getByRole('row')).toHaveCount(6);
    await expect(table.getByRole('row', { name: /^number of oranges/ })).toContainText(/165.*165.*agrees/s);
    await page.keyboard.press('Escape');
  });

  test('a node and its row choose each other', async ({ page, site }) => {
    await open(page, site, '?example=apple&step=5');
    const inTable = page
      .getByRole('table', { name: 'Table of values' })
      .getByRole('button', { name: 'tax', exact: true });
    await inTable.click();
    await expect(figure(page).getByRole('option', { name: /^tax/ })).toHaveAttribute('aria-selected', 'true');
    await page.getByRole('button', { name: 'Step 4: receives its gradient' }).click();
    await expect(sentence(page)).toHaveText(/^Step 4 of 5/);
    await page.getByRole('button', { name: 'Deselect' }).click();
    await expect(inTable).toHaveAttribute('aria-pressed', 'false');
  });
});

test('every example opens, says what it does and steps to its end', async ({ page, site }) => {
  test.setTimeout(180_000);
  await open(page, site, '');
  await page.getByRole('button', { name: 'Examples' }).click();
  const list = page.getByRole('navigation', { name: 'Examples' });
  const hrefs = await list.getByRole('link').evaluateAll((links) => links.map((a) => a.getAttribute('href') ?? ''));
  expect(hrefs.length).toBeGreaterThanOrEqual(20);
  for (const href of hrefs) {
    if (!(await list.isVisible())) await page.getByRole('button', { name: 'Examples' }).click();
    const entry = list.locator(`a[href="${href}"]`);
    const title = (await entry.locator('span').first().textContent()) ?? '';
    await entry.click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(page.getByRole('button', { name: /^Gradient check: (\d+) of \1$/ })).toBeVisible();
    await track(page).focus();
    const last = Number(await track(page).getAttribute('aria-valuemax'));
    expect(last).toBeGreaterThanOrEqual(3);
    for (let step = 1; step <= last; step += 1) {
      await page.keyboard.press('ArrowRight');
      await expect(sentence(page)).toHaveText(new RegExp(`^Step ${step} of ${last}, \\w+\\. .+\\.$`));
    }
    await expect(page.getByRole('button', { name: 'Start again' })).toBeVisible();
  }
});

test.describe('links that are no graph', () => {
  const broken: [name: string, hash: string, says: RegExp][] = [
    ['an example that does not exist', '?example=no-such', /There is no example named “no-such”/],
    ['a damaged link', '?g=hello', /damaged/],
    ['characters that no link has', `?g=${encodeURIComponent('<img src=x onerror=alert(1)>')}`, /damaged/],
    ['a link that is too long', `?g=${'a'.repeat(20_000)}`, /longer than/],
    ['a link that unfolds into megabytes', `?g=${link({ nodes: [], pad: 'a'.repeat(8 << 20) })}`, /longer than/],
    ['JSON that is no document', `?g=${link([1, 2, 3])}`, /A graph document is an object/],
    ['a document without nodes', `?g=${link(graph([]))}`, /not a graph document/],
    [
      'a cycle',
      `?g=${link(
        graph([
          { id: 'a', op: 'neg', inputs: ['b'] },
          { id: 'b', op: 'neg', inputs: ['a'] },
        ]),
      )}`,
      /form a circle.*Concerned: .*a/s,
    ],
    [
      'an op that does not exist',
      `?g=${link(
        graph([
          { id: 'x', op: 'input', value: 1 },
          { id: 'y', op: 'sinn', inputs: ['x'] },
        ]),
      )}`,
      /operation that does not exist/,
    ],
    [
      'an input that is not there',
      `?g=${link(graph([{ id: 'y', op: 'neg', inputs: ['x'] }]))}`,
      /names a node that is not in the graph/,
    ],
    [
      'shapes that do not fit',
      `?g=${link(
        graph([
          { id: 'X', op: 'input', value: [[1, 2, 3]] },
          { id: 'W', op: 'parameter', value: [[1], [2]] },
          { id: 'Y', op: 'matmul', inputs: ['X', 'W'] },
        ]),
      )}`,
      /Shapes do not fit together.*Concerned: .*Y/s,
    ],
    [
      'keys of the prototype',
      `?g=${Buffer.from(deflateRawSync('{"nodes":[{"id":"__proto__","op":"constructor"}],"__proto__":{"x":1}}')).toString('base64url')}`,
      /could not be opened/,
    ],
  ];
  for (const [name, hash, says] of broken) {
    test(`${name}: is said, and the first example is there`, async ({ page, site }) => {
      await open(page, site, hash);
      await expect(page.getByRole('alert').filter({ hasText: says })).toBeVisible();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Two apples with tax');
      await page.getByRole('button', { name: 'Step', exact: true }).click();
      await expect(sentence(page)).toHaveText(/^Step 1 of 5/);
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await expect(page.getByRole('alert')).toHaveCount(0);
    });
  }

  test('the graph from before stays, at its step', async ({ page, site }) => {
    await open(page, site, '?example=mul&step=2');
    await page.evaluate(
      (hash) => {
        location.hash = hash;
      },
      `#/graph${broken[7]?.[1] ?? ''}`,
    );
    await expect(page.getByRole('alert')).toContainText('The graph you see is still the one from before.');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The multiplication node');
    await expect(sentence(page)).toHaveText(/^Step 2 of 3/);
  });

  test('a step outside the graph ends at its last', async ({ page, site }) => {
    await open(page, site, '?example=apple&step=999999999');
    await expect(sentence(page)).toHaveText(/^Step 5 of 5/);
  });
});

test.describe('documents', () => {
  const hostile = '<img src=x onerror="document.title=1">';

  test('a graph in a link opens with its own names, as text', async ({ page, site }) => {
    const nodes = [
      { id: 'x', op: 'input', value: 3, label: hostile },
      { id: 'y', op: 'square', inputs: ['x'] },
    ];
    await open(page, site, `?g=${link(graph(nodes, { title: hostile }))}&step=3`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(hostile);
    await expect(page.locator('main img')).toHaveCount(0);
    await expect.poll(() => row(page, hostile)).toEqual(['3', '6']);
  });

  test('a file is opened, and comes back as it was saved', async ({ page, site }) => {
    await open(page, site, '?example=apple');
    const file = graph([
      { id: 'x', op: 'input', value: 3 },
      { id: 'z', op: 'mul', inputs: ['x', 'x'] },
    ]);
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Open a graph document (JSON)' }).click();
    await (
      await choosing
    ).setFiles({ name: 'z.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your graph');
    await track(page).focus();
    await page.keyboard.press('End');
    await expect(sentence(page)).toHaveText(/x now has 3 \+ 3 = 6\./);
    await expect(page).toHaveURL(/#\/graph\?g=[\w-]+&step=3$/);

    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save this graph as a document (JSON)' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('graph.json');
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk as Uint8Array));
    expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject(file);
  });

  for (const [name, content, says] of [
    ['text', 'price,count\n100,2\n', /notes\.json is not JSON/],
    ['another JSON', '{"cells": []}', /A graph document is an object/],
    ['half a document', '{"format": "backprop-graph", "version": 1, "nodes": [{"id": "x"', /is not JSON/],
  ] as const) {
    test(`a file with ${name} is refused in words, and nothing is lost`, async ({ page, site }) => {
      await open(page, site, '?example=mul&step=3');
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from(content) });
      await expect(page.getByRole('alert')).toContainText(says);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('The multiplication node');
      await expect(sentence(page)).toHaveText(/^Step 3 of 3/);
    });
  }
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the step bar is docked, nothing scrolls sideways, and the bar covers no focus', async ({ page, site }) => {
    await open(page, site, '?example=apples-and-oranges&step=8');
    const bar = page.getByRole('group', { name: 'Steps' });
    const box = await bar.boundingBox();
    expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(844);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    for (const button of await bar.getByRole('button').all()) {
      const size = await button.boundingBox();
      expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(44);
    }
    const show = page.getByRole('button', { name: 'Show' });
    await show.focus();
    const focused = await show.boundingBox();
    expect((focused?.y ?? 0) + (focused?.height ?? 0)).toBeLessThanOrEqual((box?.y ?? 0) + 1);
    await show.click();
    await expect(page.getByRole('table', { name: 'Table of values' })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
