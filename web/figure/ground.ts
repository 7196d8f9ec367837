import { Corners } from './corners';
import type { Move } from './kept-ways';
import { Sight } from './sight';
import type { Surroundings } from './surroundings';

/** What stands still while something is dragged, and what has been found out about it. */
export interface Ground {
  readonly moving: ReadonlySet<string>;
  /** By gap; with numbers, or of bodies alone. */
  readonly corners: Map<string, Corners>;
}

/** So many nodes may move over a ground; where more do, all is looked at anew. */
const mostMoving = 12;

/** The ground of before, if nothing but what is not part of it has moved. */
export function groundFor(before: Ground | undefined, moves: ReadonlyMap<string, Move>): Ground {
  if (before && [...moves.keys()].every((id) => before.moving.has(id))) return before;
  return { moving: new Set(before && moves.size <= mostMoving ? moves.keys() : []), corners: new Map() };
}

/** The view between all that wires keep off, for a gap, by need. */
export function sights(
  { bodies, labels }: Surroundings,
  { moving, corners }: Ground,
): (gap: number, numbers: boolean) => Sight {
  const made = new Map<string, Sight>();
  return (gap, numbers) => {
    const key = `${gap} ${numbers}`;
    let sight = made.get(key);
    if (sight !== undefined) return sight;
    const things = numbers ? [...bodies, ...labels] : bodies;
    let still = corners.get(key);
    if (still === undefined) {
      still = new Corners(
        things.filter(({ id }) => !moving.has(id)),
        gap,
      );
      corners.set(key, still);
    }
    sight = new Sight(
      still,
      things.filter(({ id }) => moving.has(id)),
    );
    made.set(key, sight);
    return sight;
  };
}
