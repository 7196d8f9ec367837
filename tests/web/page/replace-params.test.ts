// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { replaceParams } from '../../../web/page/route';

const LONG_ENOUGH = 1000;

describe('the address that follows a view', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    window.location.hash = '#/graph?example=apple';
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is written once for many changes, with the last of them', () => {
    const replaced = vi.spyOn(window.history, 'replaceState');
    for (const step of [1, 2, 3]) replaceParams({ example: 'apple', step });
    vi.advanceTimersByTime(LONG_ENOUGH);
    expect(window.location.hash).toBe('#/graph?example=apple&step=3');
    expect(replaced).toHaveBeenCalledTimes(1);
  });

  it('waits for a rest, but not for ever', () => {
    const replaced = vi.spyOn(window.history, 'replaceState');
    replaced.mockClear();
    for (let step = 1; step <= 5; step += 1) {
      replaceParams({ example: 'apple', step });
      vi.advanceTimersByTime(100);
    }
    expect(replaced).not.toHaveBeenCalled();
    for (let step = 6; step <= 20; step += 1) {
      replaceParams({ example: 'apple', step });
      vi.advanceTimersByTime(100);
    }
    expect(replaced).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(LONG_ENOUGH);
    expect(window.location.hash).toBe('#/graph?example=apple&step=20');
  });

  it('does not undo the choice of another example', () => {
    replaceParams({ example: 'apple', step: 5 });
    window.location.hash = '#/graph?example=mul';
    vi.advanceTimersByTime(LONG_ENOUGH);
    expect(window.location.hash).toBe('#/graph?example=mul');
    replaceParams({ example: 'mul', step: 1 });
    vi.advanceTimersByTime(LONG_ENOUGH);
    expect(window.location.hash).toBe('#/graph?example=mul&step=1');
  });

  it('does not lead back to a view that was left', () => {
    replaceParams({ example: 'apple', step: 5 });
    window.location.hash = '#/train';
    vi.advanceTimersByTime(LONG_ENOUGH);
    expect(window.location.hash).toBe('#/train');
  });
});
