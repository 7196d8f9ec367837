import { describe, expect, it } from 'vitest';
import { BARS, judged } from '../../scripts/bench/bars.mjs';
import { CONTENDERS } from '../../scripts/bench/contenders/index.mjs';
import { peakModule } from '../../scripts/bench/peak-wasm.mjs';
import { BEGIN, END, between, pictures, section } from '../../scripts/bench/report/index.mjs';
import { duration, rounded } from '../../scripts/bench/report/numbers.mjs';
import { barPlot, growthPlot } from '../../scripts/bench/report/plots.mjs';
import { scalarDocument } from '../../scripts/bench/small.mjs';
import { learnsAlike, median, ratio } from '../../scripts/bench/stats.mjs';
import { networkSpec, usefulFlops, WORKLOADS } from '../../scripts/bench/workloads.mjs';

// What `npm run bench` does with numbers. The numbers themselves are nobody's test: they belong to the machine.

/** A run of (a) in which this engine makes 100 steps a second, then twice as many when the machine is quicker. */
const results = () => {
  const entry = (place, key, rates, learn = { steps: 9, before: 2.4, after: 0.8 }) => ({
    place,
    key,
    name: CONTENDERS[key]?.name ?? key,
    build: 'x',
    rates,
    ...(learn && { learn }),
  });
  const growth = [10, 100].map((count) => ({ count, load: { median: count / 1e5 }, pass: { median: count / 1e7 } }));
  return {
    settings: { rounds: 3, milliseconds: 10, digits: 5000 },
    machine: { cpu: 'a processor', cores: 2, load: 0.5 },
    versions: ['Chromium 1'],
    workloads: {
      a: [
        entry('chromium', 'backprop', [100, 200, 100]),
        entry('chromium', 'tfjs-wasm', [10, 20, 10]),
        entry('chromium', 'jax', [10, 20, 9], { steps: 9, before: 2.4, after: 2.3 }),
        entry('chromium', 'brain', [1, 2, 1], { steps: 9, before: 0.2, after: 0.1 }),
        { ...entry('chromium', 'convnet', []), learn: undefined, failed: 'it has no <such> kernel' },
        entry('chromium', 'peak', [4e9, 8e9, 4e9], null),
        entry('native', 'numpy-f64', [50, 100, 50]),
      ],
    },
    small: {
      chromium: { graph300: { median: 4e-6 }, load10000: { median: 0.06 }, growth },
    },
    digit: { median: 1e-4, best: 9e-5 },
  };
};

describe('medians and ratios', () => {
  it('takes the middle, or the mean of the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNaN();
  });

  it('compares round by round, so that a machine that changes its speed changes nothing', () => {
    expect(ratio([10, 100, 1000], [5, 50, 500])).toBe(2);
    // The medians alone would say 100 / 500.
    expect(ratio([10, 100, 1000], [5, 500, 500])).toBe(2);
  });

  it('asks whether a contender learnt the same', () => {
    const ours = { before: 2.4, after: 0.8 };
    expect(learnsAlike(ours, { before: 2.3, after: 0.9 })).toBe(true);
    expect(learnsAlike(ours, { before: 2.3, after: 2.2 })).toBe(false);
    expect(learnsAlike(ours, { before: 2.3, after: Number.NaN })).toBe(false);
    expect(learnsAlike(ours, { before: 0.2, after: 0.1 }, true)).toBe(true);
  });
});

describe('workloads', () => {
  it('count the useful work of a sample', () => {
    expect(usefulFlops(WORKLOADS.a)).toBe(2 * 2 * 784 * 50 + 3 * 2 * 50 * 10);
    expect(usefulFlops(WORKLOADS.b)).toBe(2 * 2 * 784 * 128 + 3 * 2 * (128 * 64 + 64 * 10));
    expect(usefulFlops(WORKLOADS.d)).toBe(2 * 2 * 30 * 25 * 576 + 3 * 2 * (4320 * 100 + 100 * 10));
  });

  it('say the networks in the engine’s words', () => {
    expect(networkSpec(WORKLOADS.c)).toEqual({
      input: [2],
      layers: [
        { type: 'affine', units: 8, init: 'xavier' },
        { type: 'tanh' },
        { type: 'affine', units: 8, init: 'xavier' },
        { type: 'tanh' },
        { type: 'affine', units: 1, init: 'xavier' },
      ],
      loss: 'mean_squared_error',
    });
    expect(networkSpec(WORKLOADS.d).layers.map(({ type }) => type)).toEqual([
      ...['conv2d', 'relu', 'max_pool2d'],
      ...['affine', 'relu', 'affine'],
    ]);
  });

  it('makes scalar graphs of any size, each node after its inputs', () => {
    for (const count of [10, 300]) {
      const { nodes } = scalarDocument(count);
      expect(nodes).toHaveLength(count);
      const seen = new Set();
      for (const { id, inputs = [] } of nodes) {
        for (const each of inputs) expect(seen).toContain(each);
        seen.add(id);
      }
    }
  });
});

describe('the loop that stays in registers', () => {
  it.each([1, 12, 14])('adds up %i sums as it should', async (sums) => {
    const { instance } = await WebAssembly.instantiate(peakModule(sums, false));
    let expected = 0;
    for (let i = 0; i < sums; i++) {
      let sum = i;
      for (let n = 0; n < 5; n++) sum = Math.fround(Math.fround(sum * Math.fround(0.999)) + Math.fround(0.999));
      expected = Math.fround(expected + sum);
    }
    expect(instance.exports.run(5)).toBeCloseTo(expected, 4);
  });
});

describe('the report', () => {
  it('rounds to three digits and names units', () => {
    expect([rounded(7976.4), rounded(12.345), rounded(0.61812), rounded(0), rounded(undefined)]).toEqual([
      ...['7,980', '12.3', '0.618', '0', '–'],
    ]);
    expect([duration(4.2e-6), duration(0.0345), duration(1.5)]).toEqual(['4.2 µs', '34.5 ms', '1.5 s']);
  });

  it('judges what was measured, and says what was not', () => {
    const bars = judged(results());
    const of = (label) => bars.find((bar) => bar.label.includes(label));
    expect(bars).toHaveLength(BARS.length);
    expect(of('(a) / TensorFlow.js wasm, idiomatic')).toMatchObject({ value: 10, reached: true, aimReached: false });
    expect(of('(a) / jax-js')).toMatchObject({ value: 10, reached: false });
    expect(of('(a) whole step').value).toBeCloseTo((100 * usefulFlops(WORKLOADS.a) * 100 * 100) / 4e9);
    expect(of('300 scalar nodes')).toMatchObject({ reached: true, aimReached: true });
    expect(of('10,000 nodes')).toMatchObject({ reached: false });
    expect(of('(b) / jax-js')).toMatchObject({ value: undefined, reached: undefined });
  });

  it('writes tables with every contender, who failed and why, and who learnt something else', () => {
    const text = section(results());
    expect(text).toContain('| TensorFlow.js wasm, optimizer.minimize | 10 | 10 |');
    expect(text).toContain('| 50 (native) | 2 |');
    expect(text).toContain('it has no <such> kernel');
    expect(text).toMatch(/jax-js wasm, jit .*2\.40 → 2\.30 \(!\)/);
    expect(text).toMatch(/brain\.js .*\(another loss\)/);
    expect(text).toContain('**no**');
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    for (const row of rows) expect(row.endsWith('|')).toBe(true);
  });

  it('replaces what stands between the markers and nothing else', () => {
    const text = `before\n${BEGIN}\nold\n${END}\nafter\n`;
    const once = between(text, 'new');
    expect(once).toBe(`before\n${BEGIN}\n\nnew\n\n${END}\nafter\n`);
    expect(between(once, 'new')).toBe(once);
    expect(() => between('no markers', 'new')).toThrow('missing');
  });
});

describe('the pictures', () => {
  it('draws longer bars for more, in equal steps for equal ratios', () => {
    const bar = (name, value, ours) => ({ name, value, ours });
    const drawn = barPlot({
      title: 't',
      unit: 'u',
      groups: [{ title: 'g', bars: [bar('a & b', 10), bar('c', 100, true), bar('d', 1000)] }],
    });
    const widths = Array.from(drawn.matchAll(/<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)"/g), (match) =>
      Number(match[1]),
    );
    expect(widths).toHaveLength(3);
    expect(widths[1]).toBeLessThan(widths[2]);
    expect(widths[2] / widths[1]).toBeCloseTo(2, 1);
    expect(drawn).toContain('a &amp; b');
  });

  it('draws linear growth as a straight line', () => {
    const points = [10, 100, 1000].map((count) => ({ count, seconds: count * 1e-6 }));
    const drawn = growthPlot({ title: 't', series: [{ name: 's', points }] });
    const [x, y] = [0, 1].map((axis) =>
      /<polyline points="([^"]+)"/
        .exec(drawn)[1]
        .split(' ')
        .map((pair) => Number(pair.split(',')[axis])),
    );
    expect(x[1] - x[0]).toBeCloseTo(x[2] - x[1], 0);
    expect(y[1] - y[0]).toBeCloseTo(y[2] - y[1], 0);
    expect(y[2]).toBeLessThan(y[0]);
  });

  it('makes one for training and one for growth', () => {
    const drawn = pictures(results());
    expect(Object.keys(drawn)).toEqual(['bench-training.svg', 'bench-growth.svg']);
    for (const svg of Object.values(drawn)) expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(drawn['bench-training.svg']).toContain('10,000'); // 100 steps of 100 samples
    expect(pictures({ workloads: {} })).toEqual({});
  });
});
