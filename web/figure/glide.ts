import { tick } from 'svelte';

interface Point {
  readonly x: number;
  readonly y: number;
}

const MILLISECONDS = 320;
const EASE = 'cubic-bezier(0.2, 0, 0, 1)';

/** Where the nodes of a figure are in its pane: the page around it may move meanwhile. */
function places(svg: Element): Map<string, { element: SVGGElement; centre: Point }> {
  const pane = (svg.closest('[data-pane]') ?? svg).getBoundingClientRect();
  return new Map(
    Array.from(svg.querySelectorAll<SVGGElement>('[data-node]'), (element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [
        element.dataset['node'] ?? '',
        { element, centre: { x: x - pane.x + width / 2, y: y - pane.y + height / 2 } },
      ];
    }),
  );
}

function middle(points: readonly Point[]): Point | null {
  if (points.length === 0) return null;
  const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }));
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/**
 * Makes a change of the graph in a figure below `root` and lets its nodes glide: those that stay, from where they were; new ones out
 * of the nodes `members`; those that go, into what is left of them. Wires and numbers come up behind. Readers who want no motion get
 * none, and so do very large graphs.
 */
export async function glide(
  root: HTMLElement | undefined,
  members: readonly string[],
  change: () => Promise<void>,
): Promise<void> {
  const svg = root?.querySelector('svg[role="listbox"]');
  const before = svg ? places(svg) : new Map<string, { element: SVGGElement; centre: Point }>();
  if (!svg || before.size > 100 || matchMedia('(prefers-reduced-motion: reduce)').matches) return change();
  const copies = new Map(Array.from(before, ([id, { element }]) => [id, element.cloneNode(true) as SVGGElement]));
  const source = middle(members.flatMap((id) => before.get(id)?.centre ?? []));

  await change();
  await tick();
  const drawn = root?.querySelector<SVGSVGElement>('svg[role="listbox"]');
  if (!drawn) return;
  const scale = drawn.getBoundingClientRect().width / drawn.width.baseVal.value || 1;
  const after = places(drawn);
  const by = (from: Point, to: Point): string =>
    `translate(${(from.x - to.x) / scale}px, ${(from.y - to.y) / scale}px)`;
  const options = { duration: MILLISECONDS, easing: EASE };

  for (const [id, { element, centre }] of after) {
    const was = before.get(id)?.centre;
    const from = was ?? source;
    if (from === null) continue;
    element.animate(
      was ? { transform: [by(was, centre), 'none'] } : { transform: [by(from, centre), 'none'], opacity: [0, 1] },
      options,
    );
  }
  const left = [...after].filter(([id]) => members.includes(id) || !before.has(id));
  const target = middle(left.map(([, { centre }]) => centre));
  for (const [id, { centre }] of before) {
    const copy = copies.get(id);
    if (after.has(id) || target === null || copy === undefined) continue;
    // A picture alone: nobody finds it by its name, number or role.
    for (const element of [copy, ...copy.querySelectorAll('*')])
      for (const name of ['id', 'role', 'tabindex', 'data-node', 'aria-label', 'aria-selected'])
        element.removeAttribute(name);
    copy.setAttribute('aria-hidden', 'true');
    copy.style.pointerEvents = 'none';
    drawn.append(copy);
    const end = copy.animate({ transform: ['none', by(target, centre)], opacity: [1, 0] }, options);
    void end.finished.catch(() => undefined).then(() => copy.remove());
  }
  for (const element of drawn.children)
    if (!element.hasAttribute('data-node') && element.getAttribute('style') === null)
      element.animate({ opacity: [0, 1] }, { ...options, delay: MILLISECONDS / 3, fill: 'backwards' });
}
