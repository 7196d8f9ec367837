import type { Point } from './path';
import { cuts, distance, inside, type Obstacle } from './route-around';

/** Where a way may turn: a corner of an obstacle, moved out by the gap. Or where it begins or ends. */
export interface Corner {
  readonly at: Point;
  readonly of: Obstacle | null;
  /** The diagonal on which its obstacle lies: 1 down, −1 up; 0 for an end. */
  readonly diagonal: number;
  /** It lies too close to another obstacle. */
  readonly lost: boolean;
}

/** A way may go straight on to a corner. */
export interface Link {
  readonly to: number;
  readonly length: number;
}

/** How far a way keeps off obstacles near which it begins or ends; −1: not at all. */
export type LetOut = ReadonlyMap<Obstacle, number>;

/** A way along an obstacle does not cut it. */
const slack = 0.25;
/** Side of the squares by which obstacles are found, in px. */
const square = 128;
const row = 1 << 16;
const squareOf = (x: number): number => Math.floor(x / square);

/** A place where a way begins or ends. */
export const endAt = (at: Point): Corner => ({ at, of: null, diagonal: 0, lost: false });

/**
 * A way turns round a corner, never away from it: the line through both passes the corner's obstacle by. Not so from an end that stands closer
 * to the obstacle than the corner does.
 */
export const isTaut = ({ at, of, diagonal }: Corner, to: Point, end?: LetOut): boolean =>
  diagonal * (to[0] - at[0]) * (to[1] - at[1]) <= 0 || (end !== undefined && of !== null && end.has(of));

/**
 * Obstacles that ways keep off by `gap`, and what can be seen from where between them. What was found out is kept, for all ways and, as long
 * as these obstacles stay, from picture to picture.
 */
export class Corners {
  readonly gap: number;
  readonly all: readonly Corner[];
  readonly #squares = new Map<number, Obstacle[]>();
  readonly #links: Link[][] = [];
  readonly #seen = new Map<string, readonly Link[]>();

  constructor(obstacles: readonly Obstacle[], gap: number) {
    this.gap = gap;
    for (const obstacle of obstacles)
      for (let x = squareOf(obstacle.x0 - gap); x <= squareOf(obstacle.x1 + gap); x += 1)
        for (let y = squareOf(obstacle.y0 - gap); y <= squareOf(obstacle.y1 + gap); y += 1) {
          const here = this.#squares.get(x * row + y);
          if (here) here.push(obstacle);
          else this.#squares.set(x * row + y, [obstacle]);
        }
    this.all = obstacles.flatMap((of) => {
      const [x0, y0, x1, y1] = [of.x0 - gap, of.y0 - gap, of.x1 + gap, of.y1 + gap];
      const corner = (at: Point, diagonal: number): Corner => ({ at, of, diagonal, lost: this.covers(at) });
      return [corner([x0, y0], 1), corner([x1, y0], -1), corner([x1, y1], 1), corner([x0, y1], -1)];
    });
  }

  /** A place lies too close to an obstacle. */
  covers(place: Point): boolean {
    const near = this.#squares.get(squareOf(place[0]) * row + squareOf(place[1]));
    return near !== undefined && near.some((obstacle) => inside(place, obstacle, this.gap - slack));
  }

  /** For a way that begins or ends at a place: how far it keeps off what stands closer than the gap. */
  letOut(place: Point): LetOut {
    const near = this.#squares.get(squareOf(place[0]) * row + squareOf(place[1])) ?? [];
    return new Map(
      near
        .filter((obstacle) => inside(place, obstacle, this.gap))
        .map((obstacle) => [obstacle, inside(place, obstacle) ? -1 : inside(place, obstacle, 0.5) ? 0 : 0.5]),
    );
  }

  /** Something stands in the way from a to b. */
  blocks(a: Point, b: Point, end?: LetOut, other?: LetOut): boolean {
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const step = dx < 0 ? -1 : 1;
    const last = squareOf(b[0]);
    // Column by column the squares that the line passes, from a on: what is in the way is mostly near.
    for (let x = squareOf(a[0]); step * x <= step * last; x += step) {
      const enter = Math.min(Math.max(x * square, Math.min(a[0], b[0])), Math.max(a[0], b[0]));
      const leave = Math.min(Math.max((x + 1) * square, Math.min(a[0], b[0])), Math.max(a[0], b[0]));
      const y0 = dx === 0 ? a[1] : a[1] + ((enter - a[0]) * dy) / dx;
      const y1 = dx === 0 ? b[1] : a[1] + ((leave - a[0]) * dy) / dx;
      const bottom = squareOf(Math.max(y0, y1));
      for (let y = squareOf(Math.min(y0, y1)); y <= bottom; y += 1) {
        const near = this.#squares.get(x * row + y);
        if (near === undefined) continue;
        for (const obstacle of near) {
          if (!cuts(a, b, obstacle, this.gap - slack)) continue;
          const room = Math.min(end?.get(obstacle) ?? this.gap, other?.get(obstacle) ?? this.gap);
          if (room === this.gap || (room >= 0 && cuts(a, b, obstacle, room - slack))) return true;
        }
      }
    }
    return false;
  }

  /** The corners to which a way may go on from a corner. */
  linksOf(corner: number): readonly Link[] {
    return (this.#links[corner] ??= this.linksFrom(this.all[corner]!));
  }

  /** The corners to which a way may go that begins at a place. */
  linksAt(place: Point): readonly Link[] {
    const key = place.join(' ');
    let links = this.#seen.get(key);
    if (links === undefined) {
      links = this.linksFrom(endAt(place), this.letOut(place));
      this.#seen.set(key, links);
    }
    return links;
  }

  linksFrom(from: Corner, end?: LetOut): Link[] {
    const links: Link[] = [];
    this.all.forEach((corner, to) => {
      if (corner.lost || corner === from || !isTaut(from, corner.at) || !isTaut(corner, from.at, end)) return;
      if (!this.blocks(from.at, corner.at, end)) links.push({ to, length: distance(from.at, corner.at) });
    });
    return links;
  }
}
