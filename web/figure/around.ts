import type { Branch, BranchParams, Entries } from './branch';
import { keptWays } from './kept-ways';
import type { FigureModel } from './model';
import { placedBranch } from './placed-branch';
import type { Obstacle } from './route-around';
import { bodyOf, freeRun, surroundings } from './surroundings';

type At = (id: string) => readonly [x: number, y: number];

/** How wires go round what is in their way. Fetched with the first graph whose nodes stand as they were put. */
export interface Around {
  readonly stands: ReadonlyMap<string, Obstacle>;
  readonly branch: (params: BranchParams, entries: Entries) => Branch;
  readonly kept: typeof keptWays;
}

export interface AroundRoom {
  readonly bodiesOf: (model: FigureModel, at: At) => ReadonlyMap<string, Obstacle>;
  readonly freeRun: typeof freeRun;
  readonly around: (
    model: FigureModel,
    bodies: ReadonlyMap<string, Obstacle>,
    at: At,
    runEnd: (id: string) => number,
    entries: Entries,
  ) => Around;
}

const room: AroundRoom = {
  bodiesOf: (model, at) =>
    new Map(model.nodes.filter(({ shape }) => shape !== 'leaf').map((node) => [node.id, bodyOf(node, ...at(node.id))])),
  freeRun,
  around(model, bodies, at, runEnd, { labelLine }) {
    const found = surroundings(model, bodies, at, runEnd, labelLine);
    return { stands: found.stands, branch: (params, entries) => placedBranch(params, found, entries), kept: keptWays };
  },
};
export default room;
