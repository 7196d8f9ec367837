import type { FrameLocator, Locator, Page } from '@playwright/test';
import { createServer } from 'node:http';
import { deflateRawSync } from 'node:zlib';
import { listen } from '../../scripts/lib/static-server.mjs';
import { expect, test as base } from './support/test';

interface Heard {
  readonly name: string;
  readonly from: string;
  readonly detail: Record<string, unknown>;
}

const HARM = `<style nonce="host">
  * { margin: 7px !important; font: italic 30px serif !important; color: lime !important; letter-spacing: 9px !important; }
  * { display: inline !important; } html, body, main { display: block !important; } head, script, style { display: none !important; }
  iframe, svg, button { width: 40px !important; height: 20px !important; visibility: hidden !important; }
  .far { display: block !important; height: 3000px !important; }
</style>`;

/** A course page: a strict policy of its own, and, if wanted, styles that mean harm to everything they reach. */
const hostPage = (site: string, body: string, hostile: boolean): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Lecture</title>
${hostile ? HARM : ''}
<script nonce="host">
  window.heard = [];
  for (const name of ['bp-ready', 'bp-step', 'bp-error', 'bp-resize', 'bp-change', 'bp-state'])
    document.addEventListener(name, (event) => heard.push({ name, from: event.target.id, detail: event.detail }));
</script>
<script type="module" src="${site}backprop-playground.js"></script></head>
<body><main>${body}</main></body></html>`;

const test = base.extend<{ host: (body: string, hostile?: boolean) => Promise<void> }>({
  /** Opens a page of another origin than the site's. */
  host: async ({ page, site }, use) => {
    let html = '';
    const origin = new URL(site).origin;
    const server = createServer((request, response) => {
      if (request.url !== '/') return response.writeHead(204).end();
      return response
        .writeHead(200, {
          'Content-Type': 'text/html; charset=utf-8',
          'Content-Security-Policy': `default-src 'none'; script-src 'nonce-host' ${origin}; style-src 'nonce-host'; frame-src ${origin}; require-trusted-types-for 'script'`,
        })
        .end(html);
    });
    const port = (await listen(server, { port: 0 })) as number;
    await use(async (body, hostile = true) => {
      html = hostPage(site, body, hostile);
      await page.goto(`http://127.0.0.1:${port}/`);
    });
    server.close();
  },
});

const frame = (page: Page, id: string): FrameLocator => page.locator(`#${id}`).frameLocator('iframe');
const sentence = (inner: FrameLocator): Locator => inner.getByRole('status').filter({ hasText: /\S/ });
const heard = (page: Page, name: string, from: string): Promise<Heard[]> =>
  page.evaluate(
    ([name, from]) =>
      (window as unknown as { heard: Heard[] }).heard.filter((event) => event.name === name && event.from === from),
    [name, from] as const,
  );
const last = async (page: Page, name: string, from: string): Promise<Record<string, unknown> | undefined> =>
  (await heard(page, name, from)).at(-1)?.detail;
const send = (page: Page, id: string, command: string, value?: unknown, mark?: string): Promise<void> =>
  page.evaluate(
    ([id, command, value, mark]) =>
      (document.getElementById(id) as unknown as { send(...all: unknown[]): void }).send(command, value, mark),
    [id, command, value, mark] as const,
  );

test('two figures in a page of another origin live side by side', async ({ page, host }) => {
  await host(`<backprop-playground id="a" example="apple" step="4"></backprop-playground>
    <backprop-playground id="b" example="apples-and-oranges" lang="zh-Hans" theme="dark"></backprop-playground>`);
  const [a, b] = [frame(page, 'a'), frame(page, 'b')];
  await expect(sentence(a)).toHaveText(/^Step 4 of 5, backward\./);
  await expect(b.getByRole('heading', { level: 1 })).toHaveText('苹果和橘子');
  await expect(b.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(b.locator('html')).toHaveCSS('color-scheme', 'dark');

  for (const [id, inner] of [
    ['a', a],
    ['b', b],
  ] as const) {
    await expect.poll(() => last(page, 'bp-ready', id)).toMatchObject({ version: 1, id: null });
    // As high as its content: nothing is cut off, nothing is left over.
    const height = async (): Promise<number> => {
      const own = (await inner.locator('.embed').boundingBox())!.height;
      return Math.abs((await page.locator(`#${id} iframe`).boundingBox())!.height - own);
    };
    await expect.poll(height).toBeLessThan(1.5);
    expect((await last(page, 'bp-resize', id))?.['height']).toBeGreaterThan(300);
  }
  expect(await last(page, 'bp-ready', 'a')).toMatchObject({ example: 'apple', step: 4, last: 5 });
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');

  // The host's styles stop at the element.
  await expect(
    a
      .getByRole('button', { name: 'Step', exact: true })
      .or(a.getByRole('button', { name: 'Step' }))
      .first(),
  ).toHaveCSS('visibility', 'visible');
  await expect(a.getByRole('heading', { level: 1 })).toHaveCSS('letter-spacing', 'normal');

  await b.getByRole('button', { name: '下一步', exact: true }).click();
  await expect.poll(() => last(page, 'bp-step', 'b')).toMatchObject({ step: 1, phase: 'forward' });
  expect(await last(page, 'bp-step', 'a')).toMatchObject({ step: 4, last: 5, phase: 'backward' });
  await a.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(() => last(page, 'bp-step', 'a')).toMatchObject({ step: 5 });
  await expect(sentence(a)).toHaveText(/sends 2\.2 to the price and 110 to the number/);
  expect(await last(page, 'bp-step', 'b')).toMatchObject({ step: 1 });
});

test('follows commands, attributes and its Reset, and answers', async ({ page, host }) => {
  await host('<backprop-playground id="a" example="apple" step="1"></backprop-playground>');
  const a = frame(page, 'a');
  // Given before the frame is there: it waits.
  await page.evaluate(() => (document.getElementById('a') as unknown as { seek(step: number): void }).seek(2));
  await expect(sentence(a)).toHaveText(/^Step 2 of 5/);

  const plain = page.evaluate(
    () =>
      new Promise((resolve) =>
        document
          .getElementById('a')!
          .addEventListener(
            'step',
            (event) => resolve([event.bubbles, (event as CustomEvent<{ step: number }>).detail.step]),
            { once: true },
          ),
      ),
  );
  await page.locator('#a').evaluate((element) => element.setAttribute('step', '5'));
  await expect(sentence(a)).toHaveText(/^Step 5 of 5/);
  expect(await plain).toEqual([false, 5]);

  await send(page, 'a', 'set', { node: 'apple', value: 200 });
  await expect.poll(() => last(page, 'bp-change', 'a')).toMatchObject({ node: 'apple', value: 200 });
  await expect(sentence(a)).toHaveText(/220 to the number/);
  await expect(a.getByRole('link', { name: /new tab/ })).toHaveAttribute(
    'href',
    /^\.\/#\/graph\?example=apple&g=[\w-]+&step=5$/,
  );
  await send(page, 'a', 'getState', undefined, 'mine');
  await expect
    .poll(() => last(page, 'bp-state', 'a'))
    .toMatchObject({ id: 'mine', example: 'apple', step: 5, lang: 'en' });
  const state = (await last(page, 'bp-state', 'a')) as { graph: { nodes: { id: string; value?: unknown }[] } };
  expect(JSON.stringify(state.graph.nodes.find(({ id }) => id === 'apple'))).toContain('200');

  await page.evaluate(() => (document.getElementById('a') as unknown as { reset(): void }).reset());
  await expect(sentence(a)).toHaveText(/^Step 1 of 5, forward\. × multiplies 100 by 2/);
  await a.getByRole('textbox').first().fill('300');
  await a.getByRole('textbox').first().press('Enter');
  await expect.poll(async () => (await heard(page, 'bp-change', 'a')).length).toBe(2);
  await a.getByRole('button', { name: /^Reset/ }).click();
  await expect(sentence(a)).toHaveText(/^Step 1 of 5, forward\. × multiplies 100 by 2/);

  await send(page, 'a', 'play');
  await expect(sentence(a)).toHaveText(/^Step 3 of 5/);
  await send(page, 'a', 'pause');
  await page.locator('#a').evaluate((element) => {
    element.setAttribute('theme', 'dark');
    element.setAttribute('lang', 'ja');
  });
  await expect(a.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(a.locator('html')).toHaveAttribute('lang', 'ja');
  await page.locator('#a').evaluate((element) => element.setAttribute('example', 'relu'));
  await expect.poll(() => last(page, 'bp-ready', 'a')).toMatchObject({ example: 'relu', step: 0 });

  for (const [command, value, code] of [
    ['seek', -1, 'InvalidValue'],
    ['setLang', 'tlh', 'InvalidValue'],
    ['fly', 1, 'UnknownCommand'],
    ['set', { node: 'nobody', value: 1 }, 'UnknownNode'],
    ['set', { node: 'y', value: 1 }, 'NotALeaf'],
    ['load', 'no-such-example', 'UnknownExample'],
  ] as const) {
    await send(page, 'a', command, value, `to ${command}`);
    await expect.poll(() => last(page, 'bp-error', 'a')).toMatchObject({ code, id: `to ${command}` });
  }
});

test('what cannot be shown is said in the frame and told to the host', async ({ page, host }) => {
  const cycle = { format: 'backprop-graph', version: 1, nodes: [{ id: 'a', op: 'neg', inputs: ['a'] }] };
  const g = deflateRawSync(JSON.stringify(cycle)).toString('base64url');
  await host(`<backprop-playground id="none" example="pears"></backprop-playground>
    <backprop-playground id="text" graph="{&quot;nodes&quot;:"></backprop-playground>
    <backprop-playground id="cycle" graph='${JSON.stringify(cycle)}'></backprop-playground>`);
  for (const [id, code, words] of [
    ['none', 'UnknownExample', 'There is no example named “pears”.'],
    ['text', 'MalformedDocument', 'damaged'],
    ['cycle', 'Cycle', 'circle'],
  ] as const) {
    await page.locator(`#${id}`).evaluate((element) => element.scrollIntoView());
    await expect(frame(page, id).getByRole('alert')).toContainText(words);
    await expect.poll(() => last(page, 'bp-error', id)).toMatchObject({ code, id: null });
    expect((await last(page, 'bp-error', id))?.['message']).not.toBe('');
  }
  // And the next command mends it.
  await send(page, 'none', 'load', { example: 'apple', step: 3 });
  await expect(sentence(frame(page, 'none'))).toHaveText(/^Step 3 of 5, seed\./);
  await send(page, 'none', 'load', { g });
  await expect.poll(() => last(page, 'bp-error', 'none')).toMatchObject({ code: 'Cycle' });
  // An expression is judged in the language of the reader.
  await send(page, 'none', 'load', { expr: 'sigmiod(x)' });
  await expect(frame(page, 'none').getByRole('alert')).toContainText('Did you mean sigmoid?');
  await send(page, 'none', 'setLang', 'zh');
  await expect(frame(page, 'none').getByRole('alert')).toContainText('没有名为“sigmiod”的函数。是不是 sigmoid？');
  await send(page, 'none', 'setLang', 'en');
  await expect(sentence(frame(page, 'none'))).toHaveText(/^Step 3 of 5, seed\./);
});

test('an expression in an attribute: drawn, and drawn anew when it changes', async ({ page, host }) => {
  await host(`<backprop-playground id="typed" expr="x = 3; y = x^2 + 1" lang="en"></backprop-playground>`);
  const typed = frame(page, 'typed');
  await expect(sentence(typed)).toHaveText(/^Before step 1 of 5/);
  await page.locator('#typed').evaluate((element) => element.setAttribute('expr', 'a = 2; b = 5; a * b'));
  await expect(sentence(typed)).toHaveText(/^Before step 1 of 3/);
  await send(page, 'typed', 'seek', 1);
  await expect(sentence(typed)).toHaveText(/2 by 5 and gives 10/);
});

test('a plain frame, on a phone: follows the step, tells LTI its height, lets the page scroll, keeps nothing', async ({
  page,
  site,
  host,
}) => {
  await page.setViewportSize({ width: 390, height: 700 });
  await host(
    `<backprop-playground id="a" example="apples-and-oranges" readonly></backprop-playground><p class="far">…</p>`,
  );
  const a = frame(page, 'a');
  await expect(sentence(a)).toHaveText(/^Before step 1/);
  await expect(a.getByRole('textbox')).toHaveCount(0);
  const box = (await page.locator('#a iframe').boundingBox())!;
  expect(box.width).toBeLessThanOrEqual(390);
  await page.mouse.move(box.x + box.width / 2, box.y + 120);
  await page.mouse.wheel(0, 400);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(200);

  await host('<p>A frame without the element.</p>', false);
  await page.evaluate((src) => {
    const seen: unknown[] = [];
    Object.assign(window, { seen });
    addEventListener('message', ({ data }) => seen.push(data));
    const inner = document.createElement('iframe');
    inner.src = src;
    document.body.append(inner);
  }, `${site}embed.html?example=sigmoid&lang=en&theme=light`);
  await expect
    .poll(() =>
      page.evaluate(
        () =>
          (window as unknown as { seen: { subject?: string; height?: number }[] }).seen.find(
            ({ subject }) => subject === 'lti.frameResize',
          )?.height,
      ),
    )
    .toBeGreaterThan(80);
  const inner = page.frames().find((other) => other.url().includes('embed.html'))!;
  await inner.locator('.sentence').waitFor({ state: 'attached' });
  expect(await inner.locator('meta[http-equiv=Content-Security-Policy]').getAttribute('content')).not.toMatch(
    /unsafe-inline|'unsafe-eval'/,
  );

  // In a frame the browser may refuse storage altogether; as a page of its own it would be allowed.
  await page.goto(`${site}embed.html?example=apple&theme=dark&lang=ja`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('リンゴを 2 個買う');
  const kept = await page.evaluate(async () => [
    localStorage.length,
    sessionStorage.length,
    document.cookie,
    (await navigator.serviceWorker.getRegistrations()).length,
  ]);
  expect(kept).toEqual([0, 0, '', 0]);
});
