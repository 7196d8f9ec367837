import { describe, expect, it } from 'vitest';
import { layoutGraph, type FigureLayout } from '../../../web/figure/layout';
import { desktop, phone, type Measures } from '../../../web/figure/measures';
import { estimateText } from '../../../web/figure/text-width';
import type { GraphInfo } from '../../../web/shared/protocol';
import { labelBoxes, nodeBoxes, overlaps, wiresThroughLabels, wiresThroughNodes } from './support/boxes';
import * as graphs from './support/graphs';
import { plain } from './support/options';

interface Drawing {
  readonly info: GraphInfo;
  readonly maps?: boolean;
}

const drawings: Readonly<Record<string, Drawing>> = {
  apple: { info: graphs.apple },
  'apples and oranges': { info: graphs.applesAndOranges },
  'square of a sum': { info: graphs.squareOfSum },
  'x times x': { info: graphs.twice },
  'one price, two baskets': { info: graphs.sharedPrice },
  'sigmoid as a graph': { info: graphs.sigmoidGraph },
  'affine in parts': { info: graphs.affineParts },
  'affine as a layer': { info: graphs.affineLayer },
  'softmax with loss': { info: graphs.softmaxLoss },
  'a skipped wire': { info: graphs.skip },
  'two results': { info: graphs.twoResults },
  'digit network': { info: graphs.digits, maps: true },
  'balanced tree': { info: graphs.balancedTree(13) },
  'tangle 1': { info: graphs.tangle(10, 1) },
  'tangle 2': { info: graphs.tangle(16, 2) },
  'tangle 3': { info: graphs.tangle(18, 12) },
};

const lay = ({ info, maps = false }: Drawing, measures: Measures = desktop, width?: number): FigureLayout =>
  layoutGraph(info, {
    ops: graphs.ops,
    names: (id) => info.nodes.find((node) => node.id === id)?.label ?? id,
    measures,
    measureText: estimateText,
    maps,
    foldParameters: maps,
    formatNumber: String,
    width,
  });

const at = (layout: FigureLayout, id: string) => layout.place.get(id)!;

describe.each(Object.entries(drawings))('%s', (_, drawing) => {
  describe.each([
    ['desktop', desktop],
    ['phone', phone],
  ])('%s', (_name, measures) => {
    const layout = lay(drawing, measures);

    it('has no wire that points left', () => {
      for (const { points } of [...layout.wires, ...layout.lanes]) {
        for (let i = 1; i < points.length; i += 1) expect(points[i]![0]).toBeGreaterThanOrEqual(points[i - 1]![0]);
      }
      for (const { from, to } of layout.wires) expect(at(layout, from).x).toBeLessThan(at(layout, to).x);
    });

    it('keeps all numbers, labels and nodes apart', () => {
      expect(overlaps([...labelBoxes(layout, measures.labels), ...nodeBoxes(layout)])).toEqual([]);
    });

    it('leads no wire through a node or a number', () => {
      expect(wiresThroughNodes(layout)).toEqual([]);
      expect(wiresThroughLabels(layout, measures.labels)).toEqual([]);
    });

    it('gives every wire a horizontal run for its labels', () => {
      for (const { node } of layout.nodes) {
        const run = layout.runs.get(node.id)!;
        expect(run.x1 - run.x0).toBeGreaterThanOrEqual(measures.run - 24);
        expect(run.middle - node.extent.width / 2).toBeGreaterThanOrEqual(run.x0);
        expect(run.middle + node.extent.width / 2).toBeLessThanOrEqual(run.x1 + 14);
      }
    });

    it('stays inside its own bounds', () => {
      for (const box of [...labelBoxes(layout, measures.labels), ...nodeBoxes(layout)]) {
        expect(box.x0).toBeGreaterThanOrEqual(0);
        expect(box.y0).toBeGreaterThanOrEqual(0);
        expect(box.x1).toBeLessThanOrEqual(layout.width);
        expect(box.y1).toBeLessThanOrEqual(layout.height);
      }
    });

    it('is the same every time', () => {
      const again = lay(drawing, measures);
      expect(again.nodes.map(({ x, y }) => [x, y])).toEqual(layout.nodes.map(({ x, y }) => [x, y]));
      expect(again.wires.map(({ d }) => d)).toEqual(layout.wires.map(({ d }) => d));
    });
  });
});

describe('order', () => {
  it.each([
    'apple',
    'apples and oranges',
    'square of a sum',
    'affine as a layer',
    'softmax with loss',
    'balanced tree',
  ])('keeps the inputs of every node of %s in slot order from top to bottom', (name) => {
    const layout = lay(drawings[name]!);
    for (const { node } of layout.nodes) {
      const heights = node.feeds.map(({ from }) => at(layout, from).y);
      expect(heights).toEqual([...heights].sort((a, b) => a - b));
    }
  });

  it('swaps the picture when the slots are swapped', () => {
    const swapped = graphs.infoOf([
      { id: 'x', op: 'input', value: 1 },
      { id: 'y', op: 'input', value: 2 },
      { id: 'z', op: 'sub', inputs: ['y', 'x'] },
    ]);
    const layout = lay({ info: swapped });
    expect(at(layout, 'y').y).toBeLessThan(at(layout, 'x').y);
  });
});

describe('alignment', () => {
  it('draws a chain as one straight line', () => {
    const layout = lay({ info: graphs.chain(12) });
    expect(new Set(layout.nodes.map(({ y }) => y)).size).toBe(1);
    expect(layout.forks).toEqual([]);
  });

  it('puts an operator in the middle of its inputs, and continues the line of a computed value', () => {
    const layout = lay({ info: graphs.applesAndOranges });
    const middle = (a: string, b: string): number => (at(layout, a).y + at(layout, b).y) / 2;
    expect(Math.abs(at(layout, 'a').y - middle('apple', 'apples'))).toBeLessThanOrEqual(1);
    expect(Math.abs(at(layout, 'o').y - middle('orange', 'oranges'))).toBeLessThanOrEqual(1);
    expect(Math.abs(at(layout, 'sum').y - middle('a', 'o'))).toBeLessThanOrEqual(1);
    expect(at(layout, 'total').y).toBe(at(layout, 'sum').y);
    expect(at(layout, 'tax').y).toBeGreaterThan(at(layout, 'total').y + 80);
  });

  it('starts an input just before its first use, not at the left edge', () => {
    const layout = lay({ info: graphs.applesAndOranges });
    expect(at(layout, 'tax').x).toBeGreaterThan(at(layout, 'o').x);
    expect(at(layout, 'apple').x).toBe(at(layout, 'oranges').x);
  });

  it('takes a skipped wire round the nodes on a straight lane', () => {
    const layout = lay({ info: graphs.skip });
    const heights = new Set(layout.lanes.map(({ points }) => points[points.length - 1]![1]));
    expect(layout.lanes).toHaveLength(3);
    expect(heights.size).toBe(1);
    expect(layout.forks).toHaveLength(1);
  });
});

describe('widths', () => {
  it('stretches the runs towards the width there is, and not beyond half their length', () => {
    const narrow = lay({ info: graphs.apple });
    const wide = lay({ info: graphs.apple }, desktop, narrow.width + 80);
    expect(wide.width).toBeGreaterThan(narrow.width + 60);
    expect(wide.width).toBeLessThanOrEqual(narrow.width + 84);
    expect(lay({ info: graphs.apple }, desktop, 4000).width).toBeLessThan(narrow.width * 1.5);
  });

  it('makes room for wide numbers', () => {
    const layout = layoutGraph(graphs.squareOfSum, {
      ...plain,
      runWidth: (id) => (id === 't' ? 300 : 0),
    });
    const run = layout.runs.get('t')!;
    expect(run.x1 - run.x0).toBeGreaterThanOrEqual(300);
  });
});

describe('stored positions', () => {
  it('are respected when every node has one', () => {
    const info = graphs.infoOf([
      { id: 'x', op: 'input', value: 1, position: [0, 0] },
      { id: 'y', op: 'input', value: 2, position: [0, 140] },
      { id: 'z', op: 'add', inputs: ['x', 'y'], position: [230, 50] },
    ]);
    const layout = lay({ info });
    expect(at(layout, 'z').x - at(layout, 'x').x).toBe(230);
    expect(at(layout, 'z').y - at(layout, 'x').y).toBe(50);
    expect(at(layout, 'y').y - at(layout, 'x').y).toBe(140);
  });

  it('are ignored when one is missing', () => {
    const info = graphs.infoOf([
      { id: 'x', op: 'input', value: 1, position: [900, 0] },
      { id: 'z', op: 'exp', inputs: ['x'] },
    ]);
    const layout = lay({ info });
    expect(at(layout, 'x').x).toBeLessThan(at(layout, 'z').x);
  });
});

describe('large graphs', () => {
  it('lays a chain of 300 nodes and a tangle of 300 out in CPU time that a page can spare', () => {
    const started = process.cpuUsage();
    lay({ info: graphs.chain(300) });
    lay({ info: graphs.tangle(300, 9) });
    const { user } = process.cpuUsage(started);
    expect(user / 1000).toBeLessThan(4000);
    // The machine may be busy; CPU time above is what counts.
  }, 120_000);

  it('lays a graph of one input out', () => {
    const layout = lay({ info: graphs.infoOf([{ id: 'x', op: 'input', value: 1 }]) });
    expect(layout.nodes).toHaveLength(1);
    expect(layout.width).toBeGreaterThan(100);
  });
});
