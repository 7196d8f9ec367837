import { describe, expect, it } from 'vitest';
import { cellOpacity, magnitudeLimit, paintGradient } from '../../../web/pad/gradient-paint';

const colour = (t: number) => (t < 0 ? ([0, 0, 200] as const) : ([200, 100, 0] as const));
const gradient = (...data: number[]) => ({ shape: [1, data.length], data: Float64Array.from(data) });

describe('the gradient over the drawing', () => {
  it('lets weak cells through and hides the stroke under strong ones', () => {
    expect(cellOpacity(0)).toBeCloseTo(0.12);
    expect(cellOpacity(0.2)).toBeCloseTo(0.52);
    expect(cellOpacity(0.44)).toBe(1);
    expect(cellOpacity(1)).toBe(1);
  });

  it('scales by the largest magnitude, whatever its sign', () => {
    expect(magnitudeLimit([0.5, -2, 1])).toBe(2);
    const bytes = paintGradient(gradient(-2, 0.2), colour);
    expect([...bytes]).toEqual([0, 0, 200, 255, 200, 100, 0, Math.round(255 * 0.32)]);
  });

  it('paints nothing for a gradient of zeros or a tensor that was too large to send', () => {
    expect([...paintGradient(gradient(0, 0), colour)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(paintGradient({ shape: [1, 9999], data: null, min: 0, max: 1 }, colour)).toHaveLength(0);
  });

  it('leaves elements that are not finite out', () => {
    expect([...paintGradient(gradient(Number.NaN, 1), colour)].slice(0, 4)).toEqual([0, 0, 0, 0]);
  });
});
