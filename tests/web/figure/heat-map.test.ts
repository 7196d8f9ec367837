// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import HeatMap from '../../../web/figure/HeatMap.svelte';
import { view } from './support/frames';

// Rendering is quick, a busy machine is not.
vi.setConfig({ testTimeout: 60_000 });
afterEach(cleanup);

const tensor = view([2, 3], [0, 0.25, -0.5, 1, 2, 0.412]);
const map = () => screen.getByRole('application', { name: 'gradient of h' });
const show = (props: Record<string, unknown> = {}) =>
  render(HeatMap, { tensor, scale: 'sign', label: 'gradient of h', ...props });
const spoken = (container: HTMLElement): string => container.querySelector('[aria-live]')!.textContent;
const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await fireEvent.keyDown(map(), { key });
};

describe('the cell cursor', () => {
  it('is silent until it is moved', async () => {
    const { container } = show();
    await fireEvent.focus(map());
    expect(spoken(container)).toBe('');
  });

  it('speaks row, column and value', async () => {
    const { container } = show();
    await fireEvent.focus(map());
    await press('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowDown');
    expect(spoken(container)).toBe('row 2, column 3, 0.412');
  });

  it('stops at the edges', async () => {
    const { container } = show();
    await fireEvent.focus(map());
    await press('ArrowLeft', 'ArrowLeft', 'ArrowUp');
    expect(spoken(container)).toBe('row 1, column 1, 0');
    await press('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown');
    expect(spoken(container)).toBe('row 2, column 3, 0.412');
  });

  it('picks with Enter, by the index of the tensor', async () => {
    const onpick = vi.fn();
    show({ onpick, columns: 2 });
    await fireEvent.focus(map());
    await press('ArrowDown', 'ArrowDown', 'ArrowRight', 'Enter');
    expect(onpick).toHaveBeenCalledExactlyOnceWith([1, 0]);
  });

  it('lets all other keys pass', async () => {
    show();
    const heard: string[] = [];
    const listen = (event: KeyboardEvent): void => void heard.push(event.key);
    document.body.addEventListener('keydown', listen);
    await press('ArrowDown', 'Tab', ' ');
    document.body.removeEventListener('keydown', listen);
    expect(heard).toEqual(['Tab', ' ']);
  });
});

it('outlines the picked cell', () => {
  const { container } = show({ picked: [1, 2], cell: 10 });
  const cursor = container.querySelector<HTMLElement>('.cursor')!;
  expect([cursor.style.left, cursor.style.top]).toEqual(['20px', '10px']);
});
