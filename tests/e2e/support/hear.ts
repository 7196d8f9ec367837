import type { Page } from '@playwright/test';

/** Something that a screen reader says by itself. */
export interface Heard {
  /** `polite` or `assertive`, as the region asks for it. */
  readonly how: string;
  readonly text: string;
}

/**
 * Listens to every live region of the page, as a screen reader does: a region is read as a whole when its text changes; alerts also when they
 * come. Before the page is opened. What is hidden, or empty, is not read; nor is a status that comes with its text.
 */
export async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const heard: { how: string; text: string }[] = [];
    Object.assign(window, { heard });
    const selector = '[role="status"], [role="alert"], [role="log"], [aria-live]:not([aria-live="off"])';
    const said = new WeakMap<Element, string>();
    const textOf = (region: Element): string => {
      const words = (node: Node): string => {
        if (node instanceof Text) return node.data;
        if (!(node instanceof Element) || node.getAttribute('aria-hidden') === 'true') return '';
        if (getComputedStyle(node).display === 'none') return '';
        const label = node.getAttribute('aria-label');
        if (label !== null) return ` ${label} `;
        return Array.from(node.childNodes, words).join('');
      };
      return words(region).replace(/\s+/g, ' ').trim();
    };
    const isAlert = (region: Element): boolean =>
      region.getAttribute('role') === 'alert' || region.getAttribute('aria-live') === 'assertive';
    const check = (changed: ReadonlySet<Element>): void => {
      for (const region of document.querySelectorAll(selector)) {
        const text = textOf(region);
        const before = said.get(region);
        said.set(region, text);
        const isNew = before === undefined ? isAlert(region) : changed.has(region);
        const isOff = region.getAttribute('aria-live') === 'off';
        if (text !== '' && isNew && !isOff) heard.push({ how: isAlert(region) ? 'assertive' : 'polite', text });
      }
    };
    new MutationObserver((records) => {
      const changed = new Set<Element>();
      for (const { target } of records) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest(selector);
        if (
          region &&
          (textOf(region) !== said.get(region) ||
            records.some(({ addedNodes }) =>
              [...addedNodes].some((node) => node.parentNode === region && node.nodeType === Node.ELEMENT_NODE),
            ))
        )
          changed.add(region);
      }
      check(changed);
    }).observe(document, { childList: true, characterData: true, subtree: true });
  });
}

/** What was said since it was asked last. */
export const heard = (page: Page): Promise<Heard[]> =>
  page.evaluate(() => (window as unknown as { heard: Heard[] }).heard.splice(0));
