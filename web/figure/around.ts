import type { Branch, BranchParams, Entries } from './branch';
import { groundFor, sights } from './ground';
import { keptWays, movesSince, type Ways } from './kept-ways';
import type { FigureModel } from './model';
import { placedBranch } from './placed-branch';
import { bodyOf, freeRun, surroundings, type Thing } from './surroundings';

type At = (id: string) => readonly [x: number, y: number];

/** How wires go round what is in their way. Fetched with the first graph whose nodes stand as they were put. */
export interface Around {
  /** Which ways of before still hold. */
  readonly kept: ReturnType<typeof keptWays>;
  readonly branch: (params: BranchParams) => Branch;
  /** For the next picture. */
  readonly ways: (found: Ways['found']) => Ways;
}

export interface AroundRoom {
  readonly bodiesOf: (model: FigureModel, at: At) => readonly Thing[];
  readonly freeRun: typeof freeRun;
  readonly around: (
    model: FigureModel,
    bodies: readonly Thing[],
    at: At,
    runEnd: (id: string) => number,
    entries: Entries,
  ) => (before: Ways | undefined, dragged: boolean) => Around;
}

const room: AroundRoom = {
  bodiesOf: (model, at) =>
    model.nodes.filter(({ shape }) => shape !== 'leaf').map((node) => bodyOf(node, ...at(node.id))),
  freeRun,
  around(model, bodies, at, runEnd, entries) {
    const found = surroundings(model, bodies, at, runEnd, entries.labelLine);
    return (before, dragged) => {
      const moves = movesSince(before?.stands ?? new Map(), found.stands);
      const ground = groundFor(before?.ground, moves);
      const sight = sights(found, ground);
      return {
        kept: keptWays(before?.found ?? new Map(), moves, dragged),
        branch: (params) => placedBranch(params, { around: found, sight, reach: 0 }, entries),
        ways: (ways) => ({ stands: found.stands, ground, found: ways }),
      };
    };
  },
};
export default room;
