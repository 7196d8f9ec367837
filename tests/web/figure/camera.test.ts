import { describe, expect, it } from 'vitest';
import { lookAt, stepBounds, windowHeight } from '../../../web/figure/camera';
import { layoutGraph } from '../../../web/figure/layout';
import { phone } from '../../../web/figure/measures';
import { estimateText } from '../../../web/figure/text-width';
import { neighbour } from '../../../web/figure/navigate';
import * as graphs from './support/graphs';

const layout = layoutGraph(graphs.applesAndOranges, {
  ops: graphs.ops,
  names: (id) => id,
  measures: phone,
  measureText: estimateText,
  maps: false,
  foldParameters: false,
  formatNumber: String,
});
const width = 350;
const height = windowHeight(layout, 'above', 200, 420);

describe('the phone camera', () => {
  it.each(['a', 'o', 'sum', 'total'])('shows %s with all its wires', (id) => {
    const placed = layout.place.get(id)!;
    const [x, y] = lookAt({ layout, placed, labels: 'above', width, height });
    const bounds = stepBounds(layout, placed, 'above');
    expect(placed.x - 29).toBeGreaterThanOrEqual(x);
    expect(placed.x + 29).toBeLessThanOrEqual(x + width);
    expect(bounds.top).toBeGreaterThanOrEqual(y - 1);
    expect(bounds.bottom).toBeLessThanOrEqual(y + height + 1);
  });

  it('shows the result with its name where the seed is put in', () => {
    const placed = layout.place.get('total')!;
    const [x] = lookAt({ layout, placed, labels: 'above', width: 120, height, seed: true });
    expect(x + 120).toBeGreaterThanOrEqual(stepBounds(layout, placed, 'above').right - 1);
  });

  it('never looks beyond the edges', () => {
    for (const placed of layout.nodes) {
      const [x, y] = lookAt({ layout, placed, labels: 'above', width, height });
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(Math.max(0, layout.width - width));
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(Math.max(0, layout.height - height));
    }
  });
});

describe('arrow keys', () => {
  it('follow the wires left and right', () => {
    expect(neighbour(layout, 'apple', 'ArrowRight')).toBe('a');
    expect(neighbour(layout, 'sum', 'ArrowLeft')).toBe('a');
    expect(neighbour(layout, 'total', 'ArrowRight')).toBeNull();
    expect(neighbour(layout, 'apple', 'ArrowLeft')).toBeNull();
  });

  it('go up and down to what stands there', () => {
    expect(neighbour(layout, 'apple', 'ArrowDown')).toBe('apples');
    expect(neighbour(layout, 'o', 'ArrowUp')).toBe('a');
    expect(neighbour(layout, 'apple', 'ArrowUp')).toBeNull();
  });

  it('reach every node from any other', () => {
    const seen = new Set(['total']);
    const queue = ['total'];
    for (let id = queue.pop(); id; id = queue.pop()) {
      for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const) {
        const next = neighbour(layout, id, key);
        if (next && !seen.has(next)) {
          seen.add(next);
          queue.push(next);
        }
      }
    }
    expect([...seen].sort()).toEqual(layout.nodes.map(({ node }) => node.id).sort());
  });
});
