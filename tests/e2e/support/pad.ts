import type { Locator, Page } from '@playwright/test';

export type Stroke = readonly (readonly [x: number, y: number])[];

/** Digits as a person draws them, in parts of the pad's side. */
export const SEVEN: readonly Stroke[] = [
  [
    [0.25, 0.25],
    [0.4, 0.24],
    [0.7, 0.23],
    [0.62, 0.42],
    [0.53, 0.62],
    [0.46, 0.82],
  ],
];
export const ONE: readonly Stroke[] = [
  [
    [0.52, 0.18],
    [0.5, 0.5],
    [0.48, 0.84],
  ],
];
export const ZERO: readonly Stroke[] = [
  Array.from({ length: 21 }, (_, i) => {
    const angle = -Math.PI / 2 - (2 * Math.PI * i) / 20;
    return [0.5 + 0.2 * Math.cos(angle), 0.5 + 0.32 * Math.sin(angle)] as const;
  }),
];

export const padOf = (page: Page): Locator => page.getByRole('application', { name: /Drawing pad/ });

const onPage = (box: { x: number; y: number; width: number; height: number }, [x, y]: readonly [number, number]) =>
  ({ x: box.x + x * box.width, y: box.y + y * box.height }) as const;

async function boxOf(pad: Locator) {
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error('the pad is not on the page');
  return box;
}

/** Draws with the mouse. */
export async function draw(page: Page, strokes: readonly Stroke[]): Promise<void> {
  const box = await boxOf(padOf(page));
  for (const [first, ...rest] of strokes) {
    if (!first) continue;
    const start = onPage(box, first);
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    for (const point of rest) {
      const { x, y } = onPage(box, point);
      await page.mouse.move(x, y, { steps: 2 });
    }
    await page.mouse.up();
  }
}

/** Draws with a finger, through the browser's own touch input. */
export async function drawByTouch(page: Page, strokes: readonly Stroke[]): Promise<void> {
  const box = await boxOf(padOf(page));
  const session = await page.context().newCDPSession(page);
  for (const stroke of strokes) {
    for (const [i, point] of stroke.entries()) {
      await session.send('Input.dispatchTouchEvent', {
        type: i === 0 ? 'touchStart' : 'touchMove',
        touchPoints: [onPage(box, point)],
      });
    }
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }
  await session.detach();
}
