import type { Locator, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { expect, test } from './support/test';

/**
 * The book's sum of two apples and three oranges, built from an empty canvas: 715 to pay, gradients 110, 2.2, 3.3, 165, 650. In each of the
 * ways; what a person does is counted, and `docs/building.md` has the counts.
 */
const canvas = (page: Page): Locator => page.locator('[data-pane]');
const told = (page: Page): Locator => page.locator('.told');

async function empty(page: Page, site: string): Promise<void> {
  await page.goto(`${site}#/graph?example=apple`);
  await expect(page.locator('[data-layer]')).toBeAttached();
  const more = page.getByRole('button', { name: 'More', exact: true });
  if (await more.isVisible()) await more.click();
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await expect(page.getByText('Nothing here yet.')).toBeVisible();
}

/** The middle of what a locator finds. */
async function middle(what: Locator): Promise<readonly [number, number]> {
  const box = await what.boundingBox({ timeout: 5000 });
  if (box === null) throw new Error('it is not on the page');
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/** Does what a person does, and counts it: a click, a drag, a double click, a tap, a key with its modifiers, a word or number typed. */
class Hand {
  count = 0;
  constructor(private readonly page: Page) {}

  async click(what: Locator): Promise<void> {
    this.count += 1;
    await what.click();
  }
  async doubleClick(x: number, y: number): Promise<void> {
    this.count += 1;
    await this.page.mouse.dblclick(x, y);
  }
  async drag(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
    this.count += 1;
    await this.page.mouse.move(...from);
    await this.page.mouse.down();
    await this.page.mouse.move(...to, { steps: 8 });
    await this.page.mouse.up();
  }
  /** Where a finger would go: nothing is scrolled, and what lies over it gets the tap. */
  async tap(what: Locator): Promise<void> {
    this.count += 1;
    await expect(what).toBeVisible();
    await this.page.touchscreen.tap(...(await middle(what)));
  }
  async press(key: string): Promise<void> {
    this.count += 1;
    await this.page.keyboard.press(key);
  }
  async type(text: string): Promise<void> {
    this.count += 1;
    await this.page.keyboard.type(text);
  }
  /** A word into what has the focus, and Enter. */
  async enter(text: string): Promise<void> {
    await this.type(text);
    await this.press('Enter');
  }
}

const documented = new Map(
  [
    ...readFileSync(new URL('../../docs/building.md', import.meta.url), 'utf8').matchAll(/^\| ([^|]+) \| (\d+) \|/gm),
  ].map(([, way = '', count]) => [way, Number(count)]),
);
/** The table of `docs/building.md` says how many it were. */
const expectCount = (way: string, { count }: Hand): void => expect([way, documented.get(way)]).toEqual([way, count]);

/** Values and gradients as the nodes of the figure are read out: names differ from way to way. */
const numbers = (page: Page): Promise<string[]> =>
  canvas(page)
    .getByRole('option')
    .evaluateAll((nodes) =>
      nodes.map((node) => {
        const [, value, gradient] =
          /value ([\d.]+), gradient ([\d.]+)/.exec(node.getAttribute('aria-label') ?? '') ?? [];
        return `${value} ${gradient}`;
      }),
    );

const expected = ['100 2.2', '2 110', '150 3.3', '3 165', '1.1 650', '200 1.1', '450 1.1', '650 1.1', '715 1'];

async function expectTheSum(page: Page): Promise<void> {
  await expect.poll(async () => (await numbers(page)).sort()).toEqual([...expected].sort());
}

/** From the dot at the end of a node's wire, which is there while the pointer is over the node. */
async function wire(hand: Hand, page: Page, from: string, to: Locator, says: RegExp): Promise<void> {
  await page.mouse.move(...(await middle(page.locator(`[data-node="${from}"]`))));
  await hand.drag(await middle(page.locator(`circle.dot[data-handle="${from}"]`)), await middle(to));
  await expect(told(page)).toHaveText(says);
}

const circle = (page: Page, id: string): Locator => page.locator(`[data-node="${id}"] .body`);
const palette = (page: Page): Locator => page.getByRole('button', { name: /^Palette/ });
const quickAdd = (page: Page): Locator => page.getByRole('combobox', { name: 'Add a node' });

/** What is added is connected with what is chosen, and what is still missing something is chosen next. */
const inOrder: readonly (readonly [text: string, says: RegExp])[] = [
  ['apple = 100', /^Added apple\./],
  ['*', /^Added × p, connected with apple\./],
  ['n = 2', /^Added n, connected with × p\./],
  ['+', /^Added \+ q, connected with × p\./],
  ['*', /^Added × r, connected with \+ q\./],
  ['orange = 150', /connected with × r\./],
  ['m = 3', /^Added m, connected with × r\./],
  ['*', /^Added × s, connected with \+ q\./],
  ['tax = 1.1', /^Added tax, connected with × s\./],
];

test('by mouse: from the palette, wires from circle to circle, numbers typed', async ({ page, site }) => {
  test.setTimeout(90_000);
  await empty(page, site);
  const hand = new Hand(page);
  await hand.click(palette(page));
  const put = async (name: string, x: number, y: number, says: string): Promise<void> => {
    const onto = await canvas(page).boundingBox();
    if (onto === null) throw new Error('no canvas');
    // A person sees all of the canvas that is dropped on, without scrolling.
    expect(onto.y + y).toBeLessThan(900);
    const option = page.locator('[data-add]').getByRole('option', { name, exact: true });
    await hand.drag(await middle(option), [onto.x + x, onto.y + y]);
    await expect(told(page)).toContainText(says); // and what the result is now, where that changes
  };
  await put('Input', 90, 45, 'Added x.');
  const first = await middle(page.locator('[data-node="x"]'));
  await put('Input', 90, 125, 'Added y.');
  await put('Input', 90, 215, 'Added z.');
  await put('Input', 90, 295, 'Added x2.');
  await put('Input', 560, 360, 'Added y2.');
  await put('Multiply', 330, 85, 'Added × p.');
  await put('Multiply', 330, 255, 'Added × q.');
  await put('Add', 560, 170, 'Added + r.');
  await put('Multiply', 740, 260, 'Added × s.');
  // Nothing that stands moves while more is put beside it.
  const later = await middle(page.locator('[data-node="x"]'));
  expect(later.map((at, i) => Math.abs(at - first[i]!) < 1)).toEqual([true, true]);
  await wire(hand, page, 'x', circle(page, 'p'), /^Connected x to × p, slot x\.$/);
  await wire(hand, page, 'y', circle(page, 'p'), /^Connected y to × p, slot y\.$/);
  await wire(hand, page, 'z', circle(page, 'q'), /^Connected z to × q, slot x\.$/);
  await wire(hand, page, 'x2', circle(page, 'q'), /^Connected x2 to × q, slot y\.$/);
  await wire(hand, page, 'p', circle(page, 'r'), /^Connected × p to \+ r, slot x\.$/);
  await wire(hand, page, 'q', circle(page, 'r'), /^Connected × q to \+ r, slot y\.$/);
  await wire(hand, page, 'r', circle(page, 's'), /^Connected \+ r to × s, slot x\.$/);
  await wire(hand, page, 'y2', circle(page, 's'), /^Connected y2 to × s, slot y\.$/);
  for (const [name, value] of Object.entries({ x: '100', y: '2', z: '150', x2: '3', y2: '1.1' })) {
    const field = page.getByRole('textbox', { name, exact: true });
    await hand.click(field);
    await hand.enter(value);
  }
  await expectTheSum(page);
  expectCount('mouse, dragged from the palette', hand);
});

test('by mouse: double clicks, and wires that end on nothing', async ({ page, site }) => {
  test.setTimeout(90_000);
  await empty(page, site);
  const hand = new Hand(page);
  const put = async (text: string, x: number, y: number, says: RegExp): Promise<void> => {
    const onto = await canvas(page).boundingBox();
    if (onto === null) throw new Error('no canvas');
    await hand.doubleClick(onto.x + x, onto.y + y);
    await expect(quickAdd(page)).toBeFocused();
    await hand.enter(text);
    await expect(told(page)).toHaveText(says);
  };
  await put('apple = 100', 90, 45, /^Added apple\./);
  await put('n = 2', 90, 125, /^Added n\./);
  await put('orange = 150', 90, 215, /^Added orange\./);
  await put('m = 3', 90, 295, /^Added m\./);
  await put('tax = 1.1', 560, 360, /^Added tax\./);
  // A wire that ends on the empty canvas asks for what it is to lead to.
  const lead = async (from: string, x: number, y: number, text: string, says: RegExp): Promise<void> => {
    const onto = await canvas(page).boundingBox();
    if (onto === null) throw new Error('no canvas');
    await page.mouse.move(...(await middle(page.locator(`[data-node="${from}"]`))));
    await hand.drag(await middle(page.locator(`circle.dot[data-handle="${from}"]`)), [onto.x + x, onto.y + y]);
    await expect(quickAdd(page)).toBeFocused();
    await hand.enter(text);
    await expect(told(page)).toHaveText(says);
  };
  await lead('apple', 330, 85, '*', /^Added × p, connected with apple\./);
  await wire(hand, page, 'n', circle(page, 'p'), /^Connected n to × p/);
  await lead('orange', 330, 255, '*', /^Added × q, connected with orange\./);
  await wire(hand, page, 'm', circle(page, 'q'), /^Connected m to × q/);
  await lead('p', 560, 170, '+', /^Added \+ r, connected with × p\./);
  await wire(hand, page, 'q', circle(page, 'r'), /^Connected × q to \+ r/);
  await lead('r', 740, 260, '*', /^Added × s, connected with \+ r\./);
  await wire(hand, page, 'tax', circle(page, 's'), /^Connected tax to × s/);
  await expectTheSum(page);
  expectCount('mouse, double clicks', hand);
});

test('by mouse in a graph that arranges itself: pressed in the palette, then wired', async ({ page, site }) => {
  test.setTimeout(90_000);
  // Nine nodes one above the other.
  await page.setViewportSize({ width: 1280, height: 1200 });
  await empty(page, site);
  const hand = new Hand(page);
  await palette(page).click();
  const press = async (name: string, says: string): Promise<void> => {
    // Nothing is selected, so nothing is connected by itself.
    await page.locator('[data-add]').getByRole('option', { name, exact: true }).click();
    await expect(told(page)).toContainText(says);
    await page.getByRole('button', { name: 'Deselect' }).click();
  };
  for (const name of ['x', 'y', 'z', 'x2', 'y2']) await press('Input', `Added ${name}.`);
  await press('Multiply', 'Added × p.');
  await press('Multiply', 'Added × q.');
  await press('Add', 'Added + r.');
  await press('Multiply', 'Added × s.');
  for (const [from, to] of ['xp', 'yp', 'zq', 'x2q', 'pr', 'qr', 'rs', 'y2s'].map((way) => [
    way.slice(0, -1),
    way.slice(-1),
  ]))
    await wire(hand, page, from!, circle(page, to!), new RegExp(`^Connected .*${from!} to . ${to!},`));
  for (const [name, value] of Object.entries({ x: '100', y: '2', z: '150', x2: '3', y2: '1.1' })) {
    await page.getByRole('textbox', { name, exact: true }).fill(value);
    await page.keyboard.press('Enter');
  }
  await expectTheSum(page);
});

test('by mouse: pressed in the palette in the order of the sum, numbers typed there', async ({ page, site }) => {
  await empty(page, site);
  const hand = new Hand(page);
  await hand.click(palette(page));
  const signs: Readonly<Record<string, string>> = { '*': 'Multiply', '+': 'Add' };
  for (const [text, says] of inOrder) {
    const name = signs[text];
    if (name === undefined) await hand.enter(text);
    else await hand.click(page.locator('[data-add]').getByRole('option', { name, exact: true }));
    await expect(told(page)).toHaveText(says);
    // One types on.
    await expect(quickAdd(page)).toBeFocused();
  }
  await expectTheSum(page);
  expectCount('mouse, pressed in the palette', hand);
  await page.keyboard.press('Escape');
  await expect(palette(page)).toHaveAttribute('aria-expanded', 'false');
  await expect(canvas(page).getByRole('option', { name: /^× s/ })).toBeFocused();
});

test('by keyboard alone', async ({ page, site }) => {
  await empty(page, site);
  const hand = new Hand(page);
  await expect(canvas(page).locator('svg').first()).toBeFocused();
  for (const [text, says] of inOrder) {
    await hand.press('a');
    await expect(quickAdd(page)).toBeFocused();
    await hand.enter(text);
    await expect(told(page)).toHaveText(says);
  }
  await expectTheSum(page);
  expectCount('keyboard', hand);
  // All of it goes back and comes again.
  for (let i = 0; i < 9; i += 1) await page.keyboard.press('Control+z');
  await expect(page.getByText('Nothing here yet.')).toBeVisible();
  for (let i = 0; i < 9; i += 1) await page.keyboard.press('Control+Shift+z');
  await expectTheSum(page);
});

test('by typing it', async ({ page, site }) => {
  await empty(page, site);
  const hand = new Hand(page);
  await page.getByRole('textbox', { name: 'Expression' }).focus();
  await hand.enter('apple = 100; n = 2; orange = 150; m = 3; tax = 1.1; (apple * n + orange * m) * tax');
  expectCount('typing', hand);
  await expect(canvas(page).getByRole('option')).toHaveCount(9);
  await expect(page.getByText(/^Before step 1 of 9|^Step \d of 9/).first()).toBeVisible();
  await page.getByRole('button', { name: 'To the end' }).click();
  await expectTheSum(page);
});

test.describe('by touch', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('from an empty canvas: the palette, signs tapped, numbers typed', async ({ page, site }) => {
    await empty(page, site);
    const hand = new Hand(page);
    await hand.tap(palette(page));
    const option = (name: RegExp | string): Locator => page.locator('[data-add]').getByRole('option', { name });
    const signs: Readonly<Record<string, string>> = { '*': 'Multiply', '+': 'Add' };
    for (const [text, says] of inOrder) {
      await expect(quickAdd(page)).toBeFocused();
      if (text in signs) await hand.tap(option(signs[text]!));
      else {
        await hand.type(text);
        await hand.tap(option(/^Input/));
      }
      await expect(told(page)).toHaveText(says);
    }
    await expectTheSum(page);
    expectCount('touch, 390 px', hand);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  test('a node is tapped, its menu is in sight, and "Connect to…" draws the wire', async ({ page, site }) => {
    await page.goto(`${site}#/graph?example=apple`);
    await expect(page.locator('[data-layer]')).toBeAttached();
    const hand = new Hand(page);
    const tap = (what: Locator): Promise<void> => hand.tap(what);
    // A wire is taken out and drawn again.
    await tap(circle(page, 'price'));
    await tap(page.getByRole('button', { name: 'Connect to…' }));
    const list = page.getByRole('region', { name: 'Connect × apples to' });
    await tap(list.getByRole('button', { name: /^Take out the wire from number of apples/ }));
    await expect(page.locator('.missing').first()).toHaveText('y missing');
    await canvas(page).evaluate((pane) =>
      window.scrollBy({ top: pane.getBoundingClientRect().top - 20, behavior: 'instant' }),
    );
    await tap(page.locator('[data-node="count"]'));
    await tap(page.getByRole('button', { name: 'Connect to…' }));
    const other = page.getByRole('region', { name: 'Connect number of apples to' });
    await tap(other.getByRole('button', { name: '× apples, slot y', exact: true }));
    await expect(told(page)).toHaveText('Connected number of apples to × apples, slot y.');
    await expect(page.locator('.missing')).toHaveCount(0);
  });
});
