import { tick } from 'svelte';
import { connect, list, refusalWords, type Workbench } from './actions.ts';
import { keptZoom } from './canvas.svelte.ts';
import { wishFor } from './connect.ts';

/** How far a pointer moves before it drags, in px. */
const slack = 4;

interface Hold {
  readonly kind: 'node' | 'wire' | 'marquee' | 'pan';
  readonly pointer: number;
  readonly x: number;
  readonly y: number;
  readonly id: string | null;
  started: boolean;
  /** Places of the dragged nodes when it began. */
  base: ReadonlyMap<string, readonly [x: number, y: number]>;
  scroll: readonly [x: number, y: number];
  keep: ReadonlySet<string>;
}

const nodeAt = (target: EventTarget | Element | null): string | null =>
  target instanceof Element ? (target.closest('[data-node]')?.getAttribute('data-node') ?? null) : null;

/**
 * Pointers on the canvas: dragging nodes and wires, selecting by a frame, panning, zooming. `root` holds the figure. Touch: a finger
 * scrolls; what is selected can be dragged, two fingers zoom. Returns how to leave.
 */
export function attachGestures(root: HTMLElement, bench: Workbench): () => void {
  const { editor, canvas } = bench;
  let hold: Hold | null = null;
  /** The click after a drag is none. */
  let swallow = false;
  interface Judgement {
    readonly key: string;
    refusal: string | null;
  }
  let judged: Judgement = { key: '', refusal: null };

  const pane = (): HTMLElement | null => root.querySelector<HTMLElement>('[data-pane]');
  const { scale } = bench;

  function down(event: PointerEvent): void {
    if (hold !== null || !event.isPrimary) return;
    const target = event.target instanceof Element ? event.target : null;
    const inside = pane();
    if (target === null || inside === null || !inside.contains(target)) return;
    if (target.closest('input, button, select, textarea, a, [data-cell]')) return;
    const mouse = event.pointerType !== 'touch';
    const middle = event.button === 1;
    if (event.button !== 0 && !middle) return;
    const handle = target.closest('[data-handle]')?.getAttribute('data-handle') ?? null;
    const id = nodeAt(target);
    const scrolls = inside.scrollWidth > inside.clientWidth + 1 || inside.scrollHeight > inside.clientHeight + 1;
    let kind: Hold['kind'];
    if (middle) kind = 'pan';
    else if (handle !== null) kind = 'wire';
    else if (id !== null) {
      if (!mouse && !editor.selection.has(id)) return;
      kind = 'node';
    } else if (!mouse) return;
    else kind = event.shiftKey || !scrolls ? 'marquee' : 'pan';
    if (middle || handle !== null) event.preventDefault();
    hold = {
      kind,
      pointer: event.pointerId,
      x: event.clientX,
      y: event.clientY,
      id: handle ?? id,
      started: false,
      base: new Map(),
      scroll: [inside.scrollLeft, inside.scrollTop],
      keep: event.shiftKey ? editor.selection : new Set(),
    };
  }

  function begin(held: Hold): void {
    held.started = true;
    const layout = bench.layout();
    if (held.kind === 'node' && held.id !== null && layout !== null) {
      if (!editor.selection.has(held.id)) editor.select([held.id]);
      held.base = new Map(
        [...editor.selection].flatMap((id) => {
          const placed = layout.place.get(id);
          return placed ? [[id, [placed.x, placed.y] as const]] : [];
        }),
      );
    }
    root.setPointerCapture?.(held.pointer);
  }

  function move(event: PointerEvent): void {
    if (hold?.pointer !== event.pointerId) {
      if (hold === null && event.pointerType === 'mouse') hover(event);
      return;
    }
    const [dx, dy] = [event.clientX - hold.x, event.clientY - hold.y];
    if (!hold.started) {
      if (Math.hypot(dx, dy) < slack) return;
      begin(hold);
    }
    event.preventDefault();
    const k = scale();
    switch (hold.kind) {
      case 'node':
        canvas.moves = new Map([...hold.base].map(([id, [x, y]]) => [id, [x + dx / k, y + dy / k] as const]));
        return;
      case 'pan':
        pane()?.scrollTo({ left: hold.scroll[0] - dx, top: hold.scroll[1] - dy, behavior: 'instant' });
        return;
      case 'marquee':
        frame(hold, event);
        return;
      case 'wire':
        aim(hold.id!, event);
    }
  }

  /** The node under the pointer; the last one stays while the pointer is on its way along the wire to the dot at its end. */
  function hover(event: PointerEvent): void {
    const over = nodeAt(event.target) ?? handleOf(event.target);
    const layout = bench.layout();
    const run = over === null && canvas.hovered !== null ? layout?.runs.get(canvas.hovered) : undefined;
    if (run !== undefined) {
      const [x, y] = bench.toSheet(event.clientX, event.clientY);
      if (x > run.x0 - 30 && x < run.x1 + 30 && Math.abs(y - run.y) < 36) return;
    }
    canvas.hovered = over;
  }

  const handleOf = (target: EventTarget | null): string | null =>
    target instanceof Element ? (target.closest('[data-handle]')?.getAttribute('data-handle') ?? null) : null;

  function frame(held: Hold, event: PointerEvent): void {
    const [x0, y0] = bench.toSheet(held.x, held.y);
    const [x1, y1] = bench.toSheet(event.clientX, event.clientY);
    const box = { x: Math.min(x0, x1), y: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0) };
    canvas.marquee = box;
    const inside = (bench.layout()?.nodes ?? []).filter(
      ({ x, y }) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height,
    );
    editor.select([...held.keep, ...inside.map(({ node }) => node.id)]);
  }

  /** What lies under the pointer as the end of a wire. */
  function under(from: string, clientX: number, clientY: number): { to: string | null; slot: number | null } {
    for (const element of document.elementsFromPoint(clientX, clientY)) {
      const port = element.closest('[data-slot]');
      if (port) return { to: port.getAttribute('data-slot-of'), slot: Number(port.getAttribute('data-slot')) };
      const id = nodeAt(element);
      if (id !== null && id !== from) return { to: id, slot: null };
    }
    const [x, y] = bench.toSheet(clientX, clientY);
    // A finger is wider than a circle.
    const near = bench
      .layout()
      ?.nodes.find(
        ({ node, x: cx, y: cy }) =>
          node.id !== from &&
          node.shape !== 'leaf' &&
          Math.abs(x - cx) < node.width / 2 + 18 &&
          Math.abs(y - cy) < node.height / 2 + 18,
      );
    return { to: near?.node.id ?? null, slot: null };
  }

  function aim(from: string, event: PointerEvent): void {
    const [x, y] = bench.toSheet(event.clientX, event.clientY);
    const { to, slot } = under(from, event.clientX, event.clientY);
    if (to === null) {
      canvas.wire = { from, x, y, to: null, slot: null, refusal: null };
      return;
    }
    const wish = wishFor(editor.draft, from, to, slot ?? undefined);
    const refusal = wish.wire === null ? refusalWords(bench, wish.refusal, to) : null;
    canvas.wire = { from, x, y, to, slot: wish.wire?.slot ?? slot, refusal };
    if (wish.wire === null) return;
    const { wire } = wish;
    const key = JSON.stringify(wire);
    if (judged.key === key) {
      if (judged.refusal !== null) canvas.wire = { ...canvas.wire, refusal: judged.refusal };
      return;
    }
    const judgement: Judgement = { key, refusal: null };
    judged = judgement;
    void editor.judge(wire).then((error) => {
      if (error === null) return;
      const node = bench.words()?.full(to) ?? to;
      judgement.refusal = bench.dictionary().editor.refusedShapes({ node, message: error.message });
      if (judged === judgement && canvas.wire?.to === to) canvas.wire = { ...canvas.wire, refusal: judgement.refusal };
    });
  }

  function drop(): void {
    const { moves } = canvas;
    if (moves === null || bench.layout() === null) return;
    const frozen = bench.frozen();
    const k = scale();
    const positions: Record<string, readonly [number, number]> = { ...frozen };
    for (const [id, place] of moves) {
      const [x, y] = bench.toDocument(place);
      positions[id] = [Math.round(x), Math.round(y)];
    }
    if (frozen !== null) canvas.zoom = keptZoom(k);
    editor.do({ type: 'move', positions }, bench.dictionary().editor.moved({ nodes: list(bench, [...moves.keys()]) }));
    canvas.moves = null;
  }

  function up(event: PointerEvent): void {
    if (hold?.pointer !== event.pointerId) return;
    const held = hold;
    hold = null;
    if (!held.started) {
      if (held.kind === 'marquee' || held.kind === 'pan') editor.select([]);
      return;
    }
    swallow = true;
    setTimeout(() => (swallow = false), 0);
    switch (held.kind) {
      case 'node':
        drop();
        return;
      case 'marquee':
        canvas.marquee = null;
        if (editor.selection.size > 0)
          editor.say(bench.dictionary().editor.selectedCount({ count: editor.selection.size }));
        return;
      case 'pan':
        return;
      case 'wire': {
        const { wire } = canvas;
        canvas.wire = null;
        judged = { key: '', refusal: null };
        if (wire === null) return;
        if (wire.to !== null) void connect(bench, wire.from, wire.to, wire.slot ?? undefined);
        else if (pane()?.contains(document.elementFromPoint(event.clientX, event.clientY)))
          canvas.adding = { at: [event.clientX, event.clientY], from: wire.from };
      }
    }
  }

  function cancel(event: PointerEvent): void {
    if (hold?.pointer !== event.pointerId) return;
    hold = null;
    canvas.moves = null;
    canvas.wire = null;
    canvas.marquee = null;
  }

  function click(event: MouseEvent): void {
    if (swallow) {
      event.preventDefault();
      event.stopPropagation();
      swallow = false;
      return;
    }
    const id = nodeAt(event.target);
    if (id !== null && (event.shiftKey || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      editor.toggle(id);
    }
  }

  function doubleClick(event: MouseEvent): void {
    const inside = pane();
    const target = event.target instanceof Element ? event.target : null;
    if (!target || !inside?.contains(target) || nodeAt(target) !== null || target.closest('input, button, [data-cell]'))
      return;
    event.preventDefault();
    canvas.adding = { at: [event.clientX, event.clientY], from: null };
  }

  /** Another scale; the point under the pointer stays where it is. */
  async function zoomTo(zoom: number, clientX: number, clientY: number): Promise<void> {
    const next = keptZoom(zoom);
    const inside = pane();
    const layout = bench.layout();
    if (inside === null || layout === null || next === canvas.zoom) return;
    const [x, y] = bench.toSheet(clientX, clientY);
    const [dx, dy] = layout.origin;
    canvas.zoom = next;
    await tick();
    const after = bench.layout();
    const box = root.querySelector('[data-layer]')?.getBoundingClientRect();
    if (!after || !box) return;
    const [ax, ay] = layout.stored ? [x + dx - after.origin[0], y + dy - after.origin[1]] : [x, y];
    inside.scrollTo({
      left: inside.scrollLeft + box.left + ax * next - clientX,
      top: inside.scrollTop + box.top + ay * next - clientY,
      behavior: 'instant',
    });
  }

  function wheel(event: WheelEvent): void {
    const inside = pane();
    if (!inside?.contains(event.target as Node)) return;
    const wanted = event.ctrlKey || event.metaKey || (inside.contains(document.activeElement) && !event.shiftKey);
    if (!wanted || event.deltaY === 0) return;
    const now = scale();
    const next = keptZoom(now * Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0016)));
    // At its end the wheel scrolls the page again.
    if (next === now && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    void zoomTo(next, event.clientX, event.clientY);
  }

  let pinch: { distance: number; zoom: number } | null = null;
  const spread = ({ touches }: TouchEvent): number =>
    Math.hypot(touches[0]!.clientX - touches[1]!.clientX, touches[0]!.clientY - touches[1]!.clientY);
  function touch(event: TouchEvent): void {
    if (event.touches.length !== 2 || !pane()?.contains(event.target as Node)) {
      pinch = null;
      return;
    }
    if (event.cancelable) event.preventDefault();
    if (event.type === 'touchstart' || pinch === null) {
      pinch = { distance: Math.max(1, spread(event)), zoom: scale() };
      canvas.moves = null;
      hold = null;
      return;
    }
    const [a, b] = [event.touches[0]!, event.touches[1]!];
    void zoomTo(
      (pinch.zoom * spread(event)) / pinch.distance,
      (a.clientX + b.clientX) / 2,
      (a.clientY + b.clientY) / 2,
    );
  }

  function leave(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || hold?.started !== true) return;
    event.preventDefault();
    event.stopPropagation();
    hold = null;
    swallow = true;
    canvas.moves = null;
    canvas.wire = null;
    canvas.marquee = null;
  }

  const off = new AbortController();
  const { signal } = off;
  root.addEventListener('pointerdown', down, { signal });
  root.addEventListener('pointermove', move, { signal });
  root.addEventListener('pointerup', up, { signal });
  root.addEventListener('pointercancel', cancel, { signal });
  root.addEventListener('click', click, { signal, capture: true });
  root.addEventListener('dblclick', doubleClick, { signal });
  root.addEventListener('wheel', wheel, { signal, passive: false });
  root.addEventListener('touchstart', touch, { signal, passive: false });
  root.addEventListener('touchmove', touch, { signal, passive: false });
  window.addEventListener('keydown', leave, { signal, capture: true });
  return () => off.abort();
}
