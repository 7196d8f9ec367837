import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './support/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const LANGUAGES = [
  ['EN', 'en'],
  ['中文', 'zh-Hans'],
  ['日本語', 'ja'],
] as const;

for (const view of ['', 'graph', 'digits', 'train']) {
  test(`axe finds nothing in #/${view}, in both themes and all languages`, async ({ page, site }) => {
    test.setTimeout(240_000);
    await page.goto(`${site}#/${view}`);
    await expect(page.locator('main[aria-busy=false] h1')).toBeVisible();
    await page.waitForLoadState('networkidle');
    for (const theme of ['light', 'dark']) {
      await page.locator(`input[value=${theme}]`).check({ force: true });
      for (const [label, lang] of LANGUAGES) {
        await page.getByRole('radio', { name: label, exact: true }).check({ force: true });
        await expect(page.locator('html')).toHaveAttribute('lang', lang);
        const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode().withTags(TAGS).analyze();
        const found = violations.map(
          ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join('  ')}`,
        );
        expect(found, `${theme}, ${lang}`).toEqual([]);
        // An empty page has no violations either.
        expect(passes.length).toBeGreaterThan(20);
      }
    }
  });
}
