import { expect, test } from './support/test';

test('opens every view by its link, with a title and the focus on its heading', async ({ page, site }) => {
  await page.goto(site);
  await expect(page).toHaveTitle(/^Backprop Playground/);
  for (const name of ['Graph', 'Digits', 'Train']) {
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name }).click();
    await expect(page).toHaveTitle(`${name} – Backprop Playground`);
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeFocused();
    await expect(page.getByRole('link', { name, exact: true })).toHaveAttribute('aria-current', 'page');
  }
  await page.goBack();
  await expect(page).toHaveTitle('Digits – Backprop Playground');
});

test('an unknown address leads home', async ({ page, site }) => {
  await page.goto(`${site}#/lessons/3`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('See how a gradient finds its way back.');
});

test('speaks three languages, switched without a reload and remembered', async ({ page, site }) => {
  await page.goto(site);
  await page.evaluate(() => Object.assign(window, { kept: true }));
  for (const [label, lang, headline] of [
    ['中文', 'zh-Hans', '看梯度怎样一步步往回走。'],
    ['日本語', 'ja', '勾配が逆にたどる道を見る。'],
  ] as const) {
    await page.getByText(label, { exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(headline);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
  }
  expect(await page.evaluate(() => 'kept' in window)).toBe(true);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('勾配が逆にたどる道を見る。');
});

test.describe('a reader whose browser prefers Chinese', () => {
  test.use({ locale: 'zh-CN' });
  test('is greeted in Chinese', async ({ page, site }) => {
    await page.goto(site);
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
    await expect(page.getByRole('radio', { name: '中文' })).toBeChecked();
  });
});

test('light and dark are chosen, remembered, and follow the system on auto', async ({ page, site }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(site);
  const html = page.locator('html');
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await page.getByText('Light', { exact: true }).click();
  await expect(html).toHaveAttribute('data-theme', 'light');
  await page.reload();
  await expect(html).toHaveAttribute('data-theme', 'light');
  await page.getByText('Auto', { exact: true }).click();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(html).toHaveAttribute('data-theme', 'light');
});

test('a dark page is dark from its first paint', async ({ page, site }) => {
  await page.addInitScript(() => localStorage.setItem('backprop-playground.theme', 'dark'));
  // Only the document: what is set here was set before any module ran.
  await page.route(/\.js$/, (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  await page.goto(site);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('works where storage is refused', async ({ page, site }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('refused', 'SecurityError');
      },
    });
  });
  await page.goto(site);
  await page.getByText('Dark', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByText('日本語', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
});

test('the keyboard reaches everything in the bar, and the content at once', async ({ page, site }) => {
  await page.goto(site);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('radio', { name: 'Auto' })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('radio', { name: 'EN' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('everything in the bar is behind one menu button', async ({ page, site }) => {
    await page.goto(site);
    const menu = page.getByRole('button', { name: 'Menu' });
    const graph = page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Graph' });
    await expect(graph).toBeHidden();
    await menu.tap();
    await expect(graph).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(graph).toBeHidden();
    await expect(menu).toBeFocused();
    await menu.tap();
    await graph.tap();
    await expect(page).toHaveTitle('Graph – Backprop Playground');
    await expect(graph).toBeHidden();
  });

  for (const width of [320, 390]) {
    for (const view of ['', 'graph', 'digits', 'train']) {
      test(`nothing sticks out sideways: #/${view} at ${width} px`, async ({ page, site }) => {
        await page.setViewportSize({ width, height: 844 });
        await page.goto(`${site}#/${view}`);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await page.waitForLoadState('networkidle');
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      });
    }
  }
});
