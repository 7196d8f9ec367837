import { describe, expect, it } from 'vitest';
import {
  DEFAULTS,
  RANGES,
  iterationsPerEpoch,
  parseRate,
  parseWhole,
  toConfig,
} from '../../../../web/views/train/settings';

describe('settings of a run', () => {
  it('start as the TwoLayerNet of the book', () => {
    expect(toConfig(DEFAULTS)).toMatchObject({ hidden: [50], batchSize: 100, learningRate: 0.1 });
    expect(iterationsPerEpoch(DEFAULTS)).toBe(100);
    expect(iterationsPerEpoch({ ...DEFAULTS, batchSize: 300 })).toBe(34);
  });

  it('take whole numbers in range, in half and full width', () => {
    expect(parseWhole(' 64 ', RANGES.hidden)).toBe(64);
    expect(parseWhole('６４', RANGES.hidden)).toBe(64);
    for (const bad of ['', '0', '501', '-3', '1.5', 'x']) expect(parseWhole(bad, RANGES.hidden)).toBeNull();
  });

  it('take any learning rate above 0 that the engine takes', () => {
    expect(parseRate('0.1')).toBe(0.1);
    expect(parseRate('０．０５')).toBe(0.05);
    expect(parseRate('1e6')).toBe(1e6);
    for (const bad of ['', '0', '-1', '1e10', 'NaN', 'Infinity', 'abc']) expect(parseRate(bad)).toBeNull();
  });
});
