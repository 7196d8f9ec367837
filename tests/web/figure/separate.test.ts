import { describe, expect, it } from 'vitest';
import { enforce, separate, topDown, type Separation } from '../../../web/figure/separate';

const solve = (wanted: number[], separations: Separation[], weight = wanted.map(() => 1)): number[] =>
  separate({ wanted, weight, separations, force: new Float64Array(separations.length), rounds: 2000 });

describe('separate', () => {
  it('leaves alone what is far enough apart', () => {
    expect(solve([0, 100], [{ above: 0, below: 1, gap: 50 }])).toEqual([0, 100]);
  });

  it('parts two equals evenly', () => {
    const [a, b] = solve([10, 10], [{ above: 0, below: 1, gap: 40 }]);
    expect(a).toBeCloseTo(-10, 3);
    expect(b).toBeCloseTo(30, 3);
  });

  it('lets the lighter one give way', () => {
    const [a, b] = solve([0, 0], [{ above: 0, below: 1, gap: 40 }], [1000, 1]);
    expect(Math.abs(a!)).toBeLessThan(0.1);
    expect(b).toBeCloseTo(40, 0);
  });

  it('finds the least squares solution of a tight stack', () => {
    const gaps = [0, 1, 2].map((above) => ({ above, below: above + 1, gap: 10 }));
    const y = solve([0, 0, 0, 0], gaps);
    [-15, -5, 5, 15].forEach((expected, i) => expect(y[i]).toBeCloseTo(expected, 1));
  });
});

describe('enforce and topDown', () => {
  it('makes every gap hold', () => {
    const gaps = [
      { above: 0, below: 1, gap: 10 },
      { above: 1, below: 2, gap: 10 },
      { above: 0, below: 2, gap: 35 },
    ];
    const y = [0, 3, 4];
    enforce(y, gaps, topDown(3, gaps)!);
    expect(y).toEqual([0, 10, 35]);
  });

  it('refuses a circle', () => {
    expect(
      topDown(2, [
        { above: 0, below: 1, gap: 1 },
        { above: 1, below: 0, gap: 1 },
      ]),
    ).toBeNull();
  });
});
