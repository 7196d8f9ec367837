/* eslint-disable svelte/prefer-svelte-reactivity -- maps are made anew by every derivation */
import { formatNumber } from '../page/format';
import { figureState, type FigureState } from './figure-state';
import type { FigureProps } from './figure-props';
import { layoutGraph, type FigureLayout } from './layout';
import { forgetTextWidths, measureText } from './measure-text';
import { desktop, phone, type Measures } from './measures';
import { movedLayout } from './moved';
import { printedWidth, runWidths } from './run-widths';
import { tangentMark } from './tensor-block';

/** Below this width the figure is drawn for a phone. */
const phoneWidth = 520;

/** Where everything of a figure stands, and in which state it is. All of it reactive; made while a component starts. */
export class Picture {
  readonly #props: () => FigureProps;
  readonly #width: () => number;
  readonly #room: () => readonly [width: number, height: number] | undefined;
  readonly #widths = runWidths();
  #fonts = $state(0);
  #rested: FigureLayout | undefined;
  #moved: FigureLayout | undefined;
  #before: FigureState | undefined;

  /** `room`: the least sheet for nodes that stand where they were put, see `LayoutOptions`. */
  constructor(
    props: () => FigureProps,
    width: () => number,
    room: () => readonly [width: number, height: number] | undefined,
  ) {
    this.#props = props;
    this.#width = width;
    this.#room = room;
    $effect(() => {
      // The mathematics face arrives after the first paint: measure again.
      let alive = true;
      void document.fonts?.ready.then(() => {
        forgetTextWidths();
        if (alive) this.#fonts += 1;
      });
      return () => (alive = false);
    });
  }

  readonly names = $derived.by((): ((id: string) => string) => {
    const { names, info } = this.#props();
    if (names !== undefined) return names;
    const labels = new Map(info.nodes.map((node) => [node.id, node.label]));
    return (id) => labels.get(id) ?? id;
  });
  readonly small = $derived.by(() => {
    const width = this.#width();
    return this.#props().camera === 'follow' || (width > 0 && width < phoneWidth);
  });
  readonly measures = $derived.by((): Measures => (this.small ? phone : desktop));

  readonly #needs = $derived.by(() => {
    const { info, frame, maps = false } = this.#props();
    return this.#fonts >= 0 ? this.#widths(info, frame, maps, measureText) : new Map<string, number>();
  });

  /** The layout at rest: nothing is being dragged. */
  readonly resting = $derived.by((): FigureLayout => {
    const { info, ops, maps = false, foldParameters = false } = this.#props();
    const { tangents = null } = this.#props();
    const [width, needs] = [this.#width(), this.#needs];
    const tangentNeed = (id: string): number => {
      const tangent = tangents?.[id];
      return tangent === undefined || tangent.data.length > 12
        ? 0
        : printedWidth(tangent, tangent.data.length > 1, measureText) + tangentMark;
    };
    return (this.#rested = layoutGraph(info, {
      ops,
      names: this.names,
      measures: this.measures,
      measureText,
      maps,
      foldParameters,
      formatNumber,
      runWidth: (id) => Math.max(needs.get(id) ?? 0, tangentNeed(id)),
      hasTangent: (id) => tangents?.[id] !== undefined,
      width: width > 0 && !this.small ? width : undefined,
      room: this.#room(),
      before: this.#rested,
    }));
  });
  /** The layout as it is drawn. While nodes are dragged only what they touch is drawn again. */
  readonly layout = $derived.by((): FigureLayout => {
    const { moves = null } = this.#props();
    return (this.#moved = moves === null ? this.resting : movedLayout(this.resting, moves, this.#moved));
  });
  readonly shown = $derived.by(
    (): FigureState =>
      (this.#before = figureState(this.resting.model, this.#props().info, this.#props().frame, this.#before)),
  );
  /** Elements of heat maps need a part that is fetched. */
  readonly hasMaps = $derived.by(() => this.resting.nodes.some(({ node }) => isMap(node.block)));
}

export const isMap = ({ kind }: { readonly kind: string }): boolean => kind === 'map' || kind === 'plate';
