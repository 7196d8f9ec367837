import { tick, untrack } from 'svelte';
import { MediaQuery } from 'svelte/reactivity';
import { lookAt, windowHeight } from './camera';
import type { FigureProps } from './figure-props';
import type { FigureLayout, PlacedNode } from './layout';
import type { Picture } from './picture.svelte';

/** Below this scale the figure follows the step instead of shrinking. */
const leastScale = 0.75;
const mostScale = 1.3;
const mostHeight = 640;
/** Of a larger graph, numbers and heat maps are drawn in the window that is seen and around it: the rest costs more than a frame. */
const manyNodes = 60;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** How a figure is seen: its scale, the height of its pane, and which part of the sheet is in sight. Made while a component starts. */
export class Camera {
  readonly #props: () => FigureProps;
  readonly #picture: () => Picture;
  readonly #printing = new MediaQuery('print');
  /** A canvas that is zoomed keeps the height that it had. */
  #settled = 0;
  #looked = '';
  width = $state(0);
  pane = $state<HTMLDivElement>();
  scroll = $state.raw({ x: 0, y: 0 });

  constructor(props: () => FigureProps, picture: () => Picture) {
    this.#props = props;
    this.#picture = picture;
    this.#followSteps();
    this.#followSelection();
    this.#keepCorner();
  }

  readonly zoom = $derived.by(() => this.#props().zoom ?? null);
  /** The least sheet on which nodes stand where they were put: it fills a pane that is zoomed. */
  readonly room = $derived.by((): readonly [width: number, height: number] | undefined =>
    this.zoom !== null && this.width > 0
      ? [Math.floor(this.width / this.zoom), Math.floor(this.#settled / this.zoom)]
      : undefined,
  );
  readonly #fitting = $derived.by(() => (this.width > 0 ? this.width / this.#resting.width : 1));
  /** The graph is larger than the pane: the step of the moment is in sight. */
  readonly follows = $derived.by(() => this.zoom === null && this.#fitting < leastScale);
  readonly scale = $derived.by(
    () =>
      this.zoom ??
      (this.follows ? 1 : Math.min(this.#fitting, mostScale, Math.max(1, mostHeight / this.#resting.height))),
  );
  readonly #height = $derived.by(() =>
    this.follows
      ? windowHeight(this.#resting, this.#picture().measures.labels, 200, 420)
      : this.#resting.height * this.scale,
  );
  readonly paneHeight = $derived.by(() => {
    const { leastHeight = 0 } = this.#props();
    if (this.zoom === null || this.#settled === 0)
      this.#settled = Math.ceil(Math.max(this.zoom === null ? this.#height : 0, leastHeight));
    return this.#settled;
  });
  readonly scrolls = $derived.by(
    () =>
      this.follows ||
      (this.zoom !== null &&
        (this.#resting.width * this.scale > this.width + 1 || this.#resting.height * this.scale > this.paneHeight + 1)),
  );

  readonly #columnInSight = $derived.by(() => (this.width > 0 ? Math.floor(this.scroll.x / this.width) : 0));
  readonly #rowInSight = $derived.by(() => (this.paneHeight > 0 ? Math.floor(this.scroll.y / this.paneHeight) : 0));
  /** What is drawn in full, in px of the sheet: windows beside the one that is seen included, so that it is there before it is seen. Null: all. */
  readonly #sight = $derived.by((): Box | null => {
    const { scale, width, paneHeight } = this;
    if (!this.scrolls || width === 0 || this.#resting.nodes.length <= manyNodes || this.#printing.current) return null;
    const [column, row] = [this.#columnInSight, this.#rowInSight];
    return {
      left: ((column - 1) * width) / scale,
      right: ((column + 2) * width) / scale,
      top: ((row - 1) * paneHeight) / scale,
      bottom: ((row + 2) * paneHeight) / scale,
    };
  });
  /** Nodes whose numbers and heat maps are drawn. */
  readonly inSight = $derived.by((): readonly PlacedNode[] => {
    const { layout } = this.#picture();
    const sight = this.#sight;
    if (sight === null) return layout.nodes;
    return layout.nodes.filter(({ node, x, y }) => {
      const end = layout.runs.get(node.id)?.x1 ?? x;
      return (
        end > sight.left && x < sight.right && y + node.extent.below > sight.top && y - node.extent.above < sight.bottom
      );
    });
  });
  /** The part of the sheet that is seen, in px of the sheet. */
  readonly frame = $derived.by(() => ({
    x: this.scroll.x / this.scale,
    y: this.scroll.y / this.scale,
    width: this.width / this.scale,
    height: this.paneHeight / this.scale,
  }));

  get #resting(): FigureLayout {
    return this.#picture().resting;
  }

  scrolled(): void {
    if (this.pane) this.scroll = { x: this.pane.scrollLeft, y: this.pane.scrollTop };
  }

  /** Brings a node and what it is computed from into sight. */
  look(id: string | null): void {
    const placed = id === null ? undefined : this.#resting.place.get(id);
    if (!this.pane || !this.scrolls || !placed || (this.#props().moves ?? null) !== null) return;
    const [x, y] = lookAt({
      layout: this.#resting,
      placed,
      labels: this.#picture().measures.labels,
      width: this.width / this.scale,
      height: this.paneHeight / this.scale,
      seed: this.#picture().shown.active?.activity === 'seed',
    });
    const behavior = this.#looked === '' ? 'instant' : 'auto';
    this.pane.scrollTo({ left: x * this.scale, top: y * this.scale, behavior });
    this.#looked = placed.node.id;
  }

  /** Puts a place of the sheet into the middle of the pane. */
  lookAtPlace(x: number, y: number): void {
    this.pane?.scrollTo({
      left: x * this.scale - this.width / 2,
      top: y * this.scale - this.paneHeight / 2,
      behavior: 'instant',
    });
  }

  #followSteps(): void {
    let graph = -1;
    let sight = '';
    $effect(() => {
      const { info, frame } = this.#props();
      const { shown, resting } = this.#picture();
      const edited = graph !== -1 && graph !== info.graph;
      graph = info.graph;
      const first = (): string | null => resting.nodes.find(({ node }) => node.shape !== 'leaf')?.node.id ?? null;
      const active = shown.active?.id ?? (this.follows ? first() : null);
      const seen = `${active} ${frame?.step} ${this.width} ${this.follows ? this.#height : 0}`;
      if (seen === sight) return;
      sight = seen;
      // Whoever builds at a scale of their own looks where they build; otherwise what is chosen comes before what is computed.
      if (edited && this.zoom !== null) return;
      const id = edited ? (untrack(() => this.#props().selected) ?? active) : active;
      // The sheet must have its new size before it can be scrolled.
      void tick().then(() => this.look(id));
    });
  }

  #followSelection(): void {
    $effect(() => {
      const { selected = null } = this.#props();
      if (selected !== null && this.follows) void tick().then(() => this.look(selected));
    });
  }

  /** An edit may move the sheet's corner: the nodes stay under the pointer. (A new scale has its own place to keep.) */
  #keepCorner(): void {
    let corner: { readonly x: number; readonly y: number; readonly scale: number } | null = null;
    $effect(() => {
      const { scale, pane } = this;
      const { stored, origin } = this.#resting;
      const next = this.zoom !== null && stored ? { x: origin[0], y: origin[1], scale } : null;
      if (corner?.scale === next?.scale && corner !== null && next !== null && pane) {
        const [dx, dy] = [(corner.x - next.x) * scale, (corner.y - next.y) * scale];
        if (dx !== 0 || dy !== 0)
          pane.scrollTo({ left: pane.scrollLeft + dx, top: pane.scrollTop + dy, behavior: 'instant' });
      }
      corner = next;
    });
  }
}
