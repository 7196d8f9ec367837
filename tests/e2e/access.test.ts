import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './support/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const view of ['', 'graph', 'digits', 'train']) {
  for (const theme of ['light', 'dark']) {
    for (const language of ['en', 'zh', 'ja']) {
      test(`axe finds nothing in #/${view}, ${theme}, ${language}`, async ({ page, site }) => {
        await page.addInitScript(
          ([chosenTheme, chosenLanguage]) => {
            localStorage.setItem('backprop-playground.theme', chosenTheme ?? '');
            localStorage.setItem('backprop-playground.language', chosenLanguage ?? '');
          },
          [theme, language],
        );
        await page.goto(`${site}#/${view}`);
        await expect(page.locator('main[aria-busy=false] h1')).toBeVisible();
        await page.waitForLoadState('networkidle');
        const { violations, passes } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
        const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join('  ')}`);
        expect(found).toEqual([]);
        // An empty page has no violations either.
        expect(passes.length).toBeGreaterThan(20);
      });
    }
  }
}
