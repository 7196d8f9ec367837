import { Corners, endAt, isTaut, type Corner, type LetOut, type Link } from './corners';
import { Heap } from './heap';
import type { Point } from './path';
import { distance, type Obstacle } from './route-around';

/** Turning costs as much as this many px of way: one long arc is calmer than two short ones. */
export const turnCost = 24;

export interface Found {
  readonly corners: readonly Point[];
  /** Its length and its turns. */
  readonly cost: number;
}

/**
 * Ways between obstacles of which a few move: what is known of the view between the others stays. Ends of ways may lie within the gap of an
 * obstacle (a wire ends at a node), then it is kept off as far as that allows; an end inside an obstacle ignores it.
 */
export class Sight {
  readonly #still: Corners;
  readonly #moving: Corners;
  readonly #corners: readonly Corner[];
  readonly #links: (readonly Link[])[] = [];
  /** Of the search at work, by corner. */
  readonly #notes;

  constructor(still: Corners, moving: readonly Obstacle[]) {
    this.#still = still;
    this.#moving = new Corners(moving, still.gap);
    this.#corners =
      moving.length === 0
        ? still.all
        : [
            ...still.all.map((corner) => (this.#moving.covers(corner.at) ? { ...corner, lost: true } : corner)),
            ...this.#moving.all.map((corner) => (still.covers(corner.at) ? { ...corner, lost: true } : corner)),
          ];
    const count = this.#corners.length;
    this.#notes = {
      /** From the start to it, with a turn at it. */
      cost: new Float64Array(count),
      /** What a way through it costs at least. */
      hope: new Float64Array(count),
      via: new Int32Array(count),
      state: new Uint8Array(count),
    };
  }

  /** Nothing is in the way from a to b; both are ends of the way. */
  isFree(a: Point, b: Point): boolean {
    return !this.#blocks(a, b, this.#letOut(a), this.#letOut(b));
  }

  /** The shortest way, turns counted in, that takes at most `longest`; null where there is none. */
  way(from: Point, to: Point, longest = Infinity): Found | null {
    if (this.isFree(from, to)) return { corners: [], cost: distance(from, to) };
    const corners = this.#corners;
    const { cost, hope, via, state } = this.#notes;
    cost.fill(Infinity);
    const open = new Heap(hope);
    const end = this.#letOut(to);
    const reach = (links: readonly Link[], from: number, spent: number): void => {
      for (const { to: next, length } of links) {
        const reached = spent + length + turnCost;
        if (reached >= cost[next]! - 1e-9) continue;
        const least = reached + distance(corners[next]!.at, to);
        if (least > longest) continue;
        cost[next] = reached;
        via[next] = from;
        hope[next] = least;
        state[next] = 0;
        open.push(next);
      }
    };
    reach(this.#linksAt(from), -1, 0);
    for (;;) {
      const here = open.pop();
      if (here === undefined) return null;
      const corner = corners[here]!;
      if (state[here] === 0) {
        state[here] = 1;
        if (isTaut(corner, to, end) && !this.#blocks(corner.at, to, end)) {
          const way: Point[] = [];
          for (let at = here; at >= 0; at = via[at]!) way.unshift(corners[at]!.at);
          return { corners: way, cost: hope[here]! };
        }
        // The end is not in sight: there is one more turn at least.
        hope[here]! += turnCost;
        if (hope[here]! <= longest) open.push(here);
      } else if (state[here] === 1) {
        state[here] = 2;
        reach(this.#linksOf(here), here, cost[here]!);
      }
    }
  }

  #linksAt(place: Point): readonly Link[] {
    return this.#joined(endAt(place), this.#still.linksAt(place), this.#letOut(place));
  }

  #linksOf(corner: number): readonly Link[] {
    const from = this.#corners[corner]!;
    const isStill = corner < this.#still.all.length;
    return (this.#links[corner] ??= this.#joined(
      from,
      isStill ? this.#still.linksOf(corner) : this.#still.linksFrom(from),
    ));
  }

  /** What is seen of the still ones, as far as nothing moved before it, and of the moving ones. */
  #joined(from: Corner, still: readonly Link[], end?: LetOut): readonly Link[] {
    const count = this.#still.all.length;
    if (this.#corners.length === count) return still;
    const links = still.filter(
      ({ to }) => !this.#corners[to]!.lost && !this.#moving.blocks(from.at, this.#corners[to]!.at, end),
    );
    for (let to = count; to < this.#corners.length; to += 1) {
      const corner = this.#corners[to]!;
      if (corner.lost || corner === from || !isTaut(from, corner.at) || !isTaut(corner, from.at, end)) continue;
      if (!this.#blocks(from.at, corner.at, end)) links.push({ to, length: distance(from.at, corner.at) });
    }
    return links;
  }

  #letOut(place: Point): LetOut {
    return new Map([...this.#still.letOut(place), ...this.#moving.letOut(place)]);
  }

  #blocks(a: Point, b: Point, end?: LetOut, other?: LetOut): boolean {
    return this.#moving.blocks(a, b, end, other) || this.#still.blocks(a, b, end, other);
  }
}
