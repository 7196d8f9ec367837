import { describe, expect, it, vi } from 'vitest';
import { aroundRoom } from '../../../web/figure/late-parts.svelte';
import { layoutGraph, type FigureLayout } from '../../../web/figure/layout';
import { movedLayout } from '../../../web/figure/moved';
import { Corners } from '../../../web/figure/corners';
import { cuts, lengthBy, lengthOf, type Obstacle } from '../../../web/figure/route-around';
import { Sight } from '../../../web/figure/sight';
import type { Point } from '../../../web/figure/path';
import type { DocumentNode } from '../../../web/shared/api';
import { nodeBoxes, wiresThroughNodes } from './support/boxes';
import * as graphs from './support/graphs';
import { plain } from './support/options';

// The machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

await aroundRoom.load();

const lay = (nodes: readonly DocumentNode[]): FigureLayout =>
  layoutGraph(graphs.infoOf(nodes), {
    ...plain,
  });

/** The same numbers every time, 0…1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A graph of so many operators, scattered; no two bodies closer than 40 px. */
function scattered(count: number, seed: number): DocumentNode[] {
  const random = numbers(seed);
  const side = 130 * Math.ceil(Math.sqrt(count + 4));
  const places: [number, number][] = [];
  while (places.length < count + 4) {
    const [x, y] = [Math.round(random() * side * 1.3), Math.round(random() * side)];
    if (places.every(([ox, oy]) => Math.abs(ox - x) > 150 || Math.abs(oy - y) > 90)) places.push([x, y]);
  }
  const names = ['add', 'mul', 'exp', 'relu', 'affine', 'sub'] as const;
  const slots = { add: 2, mul: 2, exp: 1, relu: 1, affine: 3, sub: 2 };
  return places.map(([x, y], i): DocumentNode => {
    if (i < 4) return { id: `x${i}`, op: 'input', value: i, position: [x, y] };
    const op = names[Math.floor(random() * names.length)]!;
    const inputs = Array.from({ length: slots[op] }, () => Math.floor(random() * i)).map((k) =>
      k < 4 ? `x${k}` : `n${k}`,
    );
    return { id: `n${i}`, op, inputs, position: [x, y] };
  });
}

const wayAround = (from: Point, to: Point, obstacles: readonly Obstacle[], gap: number): readonly Point[] | null =>
  new Sight(new Corners(obstacles, gap), []).way(from, to)?.corners ?? null;

/** Runs that lie on a body to which they do not belong. */
const runsThroughNodes = (layout: FigureLayout): string[] =>
  [...layout.runs.values()].flatMap((run) =>
    nodeBoxes(layout).flatMap((box) =>
      box.id !== run.id && run.x0 < box.x1 && run.x1 > box.x0 && run.y > box.y0 && run.y < box.y1
        ? [`the run of ${run.id} lies on ${box.id}`]
        : [],
    ),
  );

describe('a way round obstacles', () => {
  const wall = { x0: 40, y0: -30, x1: 60, y1: 50 };

  it('is straight where nothing is in the way', () => {
    expect(wayAround([0, 0], [100, 0], [], 8)).toEqual([]);
    expect(wayAround([0, 80], [100, 80], [wall], 8)).toEqual([]);
  });

  it('passes on the shorter side, with room', () => {
    expect(wayAround([0, 0], [100, 0], [wall], 8)).toEqual([
      [32, -38],
      [68, -38],
    ]);
  });

  it('goes round two walls that leave no gap between them', () => {
    const second = { x0: 40, y0: -120, x1: 60, y1: -36 };
    expect(wayAround([0, 0], [100, 0], [wall, second], 8)).toEqual([
      [32, 58],
      [68, 58],
    ]);
  });

  it('is none where the end is walled in', () => {
    const box = [
      { x0: 80, y0: -40, x1: 90, y1: 40 },
      { x0: 110, y0: -40, x1: 120, y1: 40 },
      { x0: 80, y0: -40, x1: 120, y1: -30 },
      { x0: 80, y0: 30, x1: 120, y1: 40 },
    ];
    expect(wayAround([0, 0], [100, 0], box, 4)).toBeNull();
  });

  it('leaves an end that lies close to a wall', () => {
    const way = wayAround([37, 10], [100, 10], [wall], 8)!;
    expect(way.length).toBeGreaterThan(0);
    const points: Point[] = [[37, 10], ...way, [100, 10]];
    for (let i = 1; i < points.length; i += 1) expect(cuts(points[i - 1]!, points[i]!, wall)).toBe(false);
  });

  it('is none where it takes longer than it may', () => {
    const sight = new Sight(new Corners([wall], 8), []);
    const { cost } = sight.way([0, 0], [100, 0])!;
    expect(sight.way([0, 0], [100, 0], cost)?.cost).toBe(cost);
    expect(sight.way([0, 0], [100, 0], cost - 1)).toBeNull();
  });

  const field = (seed: number): { walls: Obstacle[]; from: Point; to: Point } => {
    const random = numbers(seed);
    const walls = Array.from({ length: 12 }, () => {
      const [x, y] = [80 + random() * 700, random() * 400];
      return { x0: x, y0: y, x1: x + 20 + random() * 90, y1: y + 20 + random() * 60 };
    });
    return { walls, from: [0, random() * 400], to: [900, random() * 400] };
  };

  it('cuts none of them, however they lie', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const { walls, from, to } = field(seed);
      const way = wayAround(from, to, walls, 4);
      // The field is open above and below: there is always a way.
      expect(way).not.toBeNull();
      const points = [from, ...way!, to];
      for (let i = 1; i < points.length; i += 1)
        for (const wall of walls) expect(cuts(points[i - 1]!, points[i]!, wall)).toBe(false);
    }
  });

  it('is the shortest of all that turn round corners', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const { walls, from, to } = field(seed);
      const way = new Sight(new Corners(walls, 4), []).way(from, to)!;
      const corners = walls.flatMap(({ x0, y0, x1, y1 }): Point[] => [
        [x0 - 4, y0 - 4],
        [x1 + 4, y0 - 4],
        [x1 + 4, y1 + 4],
        [x0 - 4, y1 + 4],
      ]);
      const isFree = (a: Point, b: Point): boolean => !walls.some((wall) => cuts(a, b, wall, 3.75));
      /** Going on straight past the corner would not lead into its own wall. */
      const isTight = ([ax, ay]: Point, i: number): boolean => {
        const [x, y] = corners[i]!;
        const { x0, y0, x1, y1 } = walls[Math.floor(i / 4)]!;
        const [px, py] = [x + (x - ax) / 1000, y + (y - ay) / 1000];
        return !(px > x0 - 4 && px < x1 + 4 && py > y0 - 4 && py < y1 + 4);
      };
      const goesOn = (i: number, j: number): boolean =>
        isTight(corners[i]!, j) && isTight(corners[j]!, i) && isFree(corners[i]!, corners[j]!);
      // Bellman and Ford, over everything that is in sight of each other.
      const cost = corners.map((corner, i) =>
        isFree(from, corner) && isTight(from, i) ? lengthOf([from, corner]) + 24 : Infinity,
      );
      for (let changed = true; changed;) {
        changed = false;
        corners.forEach((a, i) =>
          corners.forEach((b, j) => {
            const reached = cost[i]! + lengthOf([a, b]) + 24;
            if (reached < cost[j]! - 1e-9 && goesOn(i, j)) [cost[j], changed] = [reached, true];
          }),
        );
      }
      const all = corners.map((corner, i) =>
        isFree(corner, to) && isTight(to, i) ? cost[i]! + lengthOf([corner, to]) : Infinity,
      );
      if (isFree(from, to)) expect(way.corners).toEqual([]);
      else expect(way.cost).toBeCloseTo(Math.min(...all), 6);
      expect(lengthOf([from, ...way.corners, to]) + 24 * way.corners.length).toBeCloseTo(way.cost, 6);
    }
  });

  it('is the same whether some of them count as moving or not', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const { walls, from, to } = field(seed);
      const whole = new Sight(new Corners(walls, 4), []).way(from, to)!;
      const still = new Corners(walls.slice(3), 4);
      const far = { x0: 400, y0: 5000, x1: 450, y1: 5050 };
      // What is known of the still ones is used again.
      new Sight(still, [far]).way(from, to);
      const parts = new Sight(still, walls.slice(0, 3)).way(from, to)!;
      expect(parts.cost).toBeCloseTo(whole.cost, 6);
    }
  });
});

describe('the shortest way by a rectangle', () => {
  it('is straight where they meet, and touches a side or a corner where not', () => {
    const box = { x0: 40, y0: 10, x1: 60, y1: 20 };
    expect(lengthBy([0, 15], [100, 15], box)).toBe(100);
    // A mirror at y = 10 halfway between.
    expect(lengthBy([0, 0], [100, 0], box)).toBeCloseTo(2 * Math.hypot(50, 10), 9);
    expect(lengthBy([0, 0], [20, 0], box)).toBeCloseTo(Math.hypot(40, 10) + Math.hypot(20, 10), 9);
  });
});

describe('wires of nodes that stand as they were put', () => {
  it('go round a node between their ends', () => {
    const layout = lay([
      { id: 'x', op: 'input', value: 1, position: [0, 0] },
      { id: 'a', op: 'exp', inputs: ['x'], position: [200, 0] },
      { id: 'b', op: 'exp', inputs: ['x'], position: [420, 120] },
      { id: 'c', op: 'add', inputs: ['a', 'b'], position: [640, 0] },
      { id: 'm', op: 'neg', inputs: ['x'], position: [420, 0] },
      { id: 'd', op: 'add', inputs: ['c', 'm'], position: [860, 0] },
    ]);
    expect(wiresThroughNodes(layout)).toEqual([]);
    expect(runsThroughNodes(layout)).toEqual([]);
  });

  it('turn back round their own ends where the user stands on the left', () => {
    const layout = lay([
      { id: 'x', op: 'input', value: 1, position: [600, 0] },
      { id: 'a', op: 'relu', inputs: ['x'], position: [200, 0] },
      { id: 'b', op: 'exp', inputs: ['a'], position: [0, 0] },
    ]);
    for (const { to, points } of layout.wires) {
      const box = nodeBoxes(layout).find(({ id }) => id === to)!;
      for (let i = 1; i < points.length; i += 1) expect(cuts(points[i - 1]!, points[i]!, box)).toBe(false);
      expect(points.at(-1)![0]).toBeLessThan(box.x0 + 12);
    }
  });

  it.each(Array.from({ length: 24 }, (_, i) => i + 1))('pass through no other node, scattered %i', (seed) => {
    const layout = lay(scattered(6 + seed, seed));
    expect(layout.stored).toBe(true);
    expect(wiresThroughNodes(layout)).toEqual([]);
    expect(runsThroughNodes(layout)).toEqual([]);
    expect(lay(scattered(6 + seed, seed)).wires).toEqual(layout.wires);
  });

  it('keep off what is dragged, and are the best once it has been dropped', () => {
    for (let seed = 1; seed <= 4; seed += 1) {
      const nodes = scattered(30, seed);
      const resting = lay(nodes);
      const dragged = resting.place.get('n12')!;
      let moving: FigureLayout | undefined;
      for (let k = 1; k <= 12; k += 1) {
        const moves = new Map([['n12', [dragged.x + 20 * k, dragged.y + 11 * k] as const]]);
        moving = movedLayout(resting, moves, moving);
        // Where it is put on top of something there may be no way.
        expect(wiresThroughNodes(moving)).toEqual(wiresThroughNodes(movedLayout(resting, moves)));
      }
      expect(moving!.wires.filter((wire, i) => wire === resting.wires[i]).length).toBeGreaterThan(10);
      const there = nodes.map((node) =>
        node.id === 'n12' ? { ...node, position: [node.position![0] + 240, node.position![1] + 132] as const } : node,
      );
      // With what was known before, and without.
      const dropped = layoutGraph(graphs.infoOf(there), { ...plain, before: resting });
      expect(dropped.wires).toEqual(lay(there).wires);
    }
  });
});

describe('wires into a box', () => {
  it('have a place each, in the order of its slots', () => {
    for (const positions of [false, true]) {
      const layout = lay([
        ...['a', 'b', 'c', 'd', 'e'].map((id, i): DocumentNode => ({
          id,
          op: 'input',
          value: i,
          ...(positions ? { position: [0, 80 * i] as const } : {}),
        })),
        { id: 'z', op: 'concat', inputs: ['a', 'b', 'c', 'd', 'e'], ...(positions ? { position: [300, 160] } : {}) },
      ]);
      const heights = layout.wires.toSorted((a, b) => a.slot - b.slot).map(({ points }) => points.at(-1)![1]);
      for (let i = 1; i < heights.length; i += 1) expect(heights[i]! - heights[i - 1]!).toBeGreaterThanOrEqual(12);
      const { node, y } = layout.place.get('z')!;
      expect(Math.abs(heights[0]! - y)).toBeLessThan(node.height / 2);
    }
  });
});
