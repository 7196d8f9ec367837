// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import GraphFigure from '../../../web/figure/GraphFigure.svelte';
import { tangentLabel } from '../../../web/figure/late-parts.svelte';
import { appleNumbers, frameOf, twiceNumbers } from './support/frames';
import * as graphs from './support/graphs';

// Rendering is quick, a busy machine is not.
vi.setConfig({ testTimeout: 60_000 });
afterEach(cleanup);

const figure = (step: number, props: Record<string, unknown> = {}) =>
  render(GraphFigure, {
    info: graphs.apple,
    frame: frameOf(graphs.apple, appleNumbers, step),
    step,
    ops: graphs.ops,
    ...props,
  });
const option = (name: RegExp) => screen.getByRole('option', { name });

describe('a graph', () => {
  it('names every node with its value and gradient', () => {
    figure(5);
    expect(screen.getAllByRole('option').map((node) => node.getAttribute('aria-label'))).toEqual([
      'price of an apple, value 100, gradient 2.2',
      'number of apples, value 2, gradient 110',
      '× price, value 200, gradient 1.1, step 5',
      'consumption tax, value 1.1, gradient 200',
      '× to pay, value 220, gradient 1',
    ]);
  });

  it('prints values and gradients, each once', () => {
    const { container } = figure(5);
    const printed = [...container.querySelectorAll('.numbers text')].map((text) => text.textContent);
    expect(printed.sort()).toEqual(['1', '1.1', '1.1', '100', '110', '2', '2.2', '200', '200', '220'].sort());
  });

  it('fills the labels and thickens the arrows of the current step only', () => {
    const { container } = figure(5);
    expect([...container.querySelectorAll('.label.filled text')].map((text) => text.textContent)).toEqual([
      '2.2',
      '110',
    ]);
    expect(container.querySelectorAll('.arrow.active')).toHaveLength(2);
    expect(container.querySelectorAll('.arrow')).toHaveLength(5);
    expect(container.querySelectorAll('.flag')).toHaveLength(1);
    expect(container.querySelector('.flag')!.textContent).toBe('step 5');
  });

  it('shows waiting gradients as dots', () => {
    const { container } = figure(4);
    expect(container.querySelectorAll('.pending')).toHaveLength(2);
  });

  it('adds up the gradients of a value that is used twice', () => {
    const { container } = render(GraphFigure, {
      info: graphs.twice,
      frame: frameOf(graphs.twice, twiceNumbers, 3),
      step: 3,
      ops: graphs.ops,
    });
    expect([...container.querySelectorAll('.label.grad')].map((label) => label.textContent.trim())).toEqual([
      '3',
      '3',
      '6',
      '1',
    ]);
    expect(container.querySelectorAll('.sum')).toHaveLength(1);
  });

  it('strikes through what was refused, and says so', () => {
    figure(0, { refused: ['total'] });
    expect(option(/× to pay, refused/)).toBeTruthy();
  });
});

describe('tangents', () => {
  beforeAll(() => tangentLabel.load());
  const tangents = {
    apple: { shape: [], data: Float64Array.of(1) },
    price: { shape: [], data: Float64Array.of(2) },
    total: { shape: [], data: Float64Array.of(2.2) },
  };
  const printed = (container: HTMLElement) =>
    [...container.querySelectorAll('.tangent')].map((label) => label.textContent.replace('ẋ', '').trim());

  it('stand with the values, in the figure, its legend and its words', () => {
    const { container } = figure(5, { tangents });
    expect(printed(container)).toEqual(['1', '2', '2.2']);
    expect(container.querySelector('.legend')!.textContent).toContain('tangent');
    expect(option(/^× price/).getAttribute('aria-label')).toBe('× price, value 200, gradient 1.1, tangent 2, step 5');
    expect(option(/^number of apples/).getAttribute('aria-label')).not.toContain('tangent');
  });

  it('come forward with the values', () => {
    const { container } = figure(1, { tangents });
    expect(printed(container)).toEqual(['1', '2']);
  });

  it('go when nobody asks for them any more', async () => {
    const { container, rerender } = figure(5, { tangents });
    await rerender({ tangents: null });
    expect(printed(container)).toEqual([]);
    expect(container.querySelector('.legend')).toBeNull();
  });
});

describe('the keyboard', () => {
  it('has one tab stop, and arrows that follow the wires', async () => {
    figure(4);
    const stops = screen.getAllByRole('option').filter((node) => node.getAttribute('tabindex') === '0');
    expect(stops).toHaveLength(1);
    stops[0]!.focus();
    await fireEvent.keyDown(stops[0]!, { key: 'ArrowLeft' });
    expect(document.activeElement).toBe(option(/^× price/));
    await fireEvent.keyDown(document.activeElement!, { key: 'ArrowLeft' });
    expect(document.activeElement).toBe(option(/^price of an apple/));
  });

  it('keeps arrow keys to itself, and leaves Space to the step bar', async () => {
    figure(4);
    const heard: string[] = [];
    const listen = (event: KeyboardEvent): void => void heard.push(event.key);
    document.body.addEventListener('keydown', listen);
    const node = option(/^× price/);
    await fireEvent.keyDown(node, { key: 'ArrowRight' });
    await fireEvent.keyDown(node, { key: ' ' });
    document.body.removeEventListener('keydown', listen);
    expect(heard).toEqual([' ']);
  });

  it('chooses with Enter and with a click', async () => {
    const onselect = vi.fn();
    figure(4, { onselect });
    await fireEvent.keyDown(option(/^× price/), { key: 'Enter' });
    await fireEvent.click(option(/^consumption tax/));
    expect(onselect.mock.calls).toEqual([['price'], ['tax']]);
  });

  it('edits an input with F2', async () => {
    figure(4, { editable: true, onedit: vi.fn() });
    await fireEvent.keyDown(option(/^consumption tax/), { key: 'F2' });
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'consumption tax' }));
  });
});

describe('editable inputs', () => {
  const setup = (props: Record<string, unknown> = {}) => {
    const onedit = vi.fn();
    figure(5, { editable: true, onedit, ...props });
    return { onedit, field: screen.getByRole<HTMLInputElement>('textbox', { name: 'price of an apple' }) };
  };

  it('are there for inputs only', () => {
    setup();
    expect(screen.getAllByRole('textbox').map((field) => field.getAttribute('aria-label'))).toEqual([
      'price of an apple',
      'number of apples',
      'consumption tax',
    ]);
  });

  it('commit on Enter', async () => {
    const { onedit, field } = setup();
    await fireEvent.focus(field);
    await fireEvent.input(field, { target: { value: '150' } });
    expect(onedit).not.toHaveBeenCalled();
    await fireEvent.keyDown(field, { key: 'Enter' });
    expect(onedit).toHaveBeenCalledExactlyOnceWith('apple', 150);
  });

  it('change the last digit with arrow keys', async () => {
    const { onedit } = setup();
    const tax = screen.getByRole<HTMLInputElement>('textbox', { name: 'consumption tax' });
    await fireEvent.focus(tax);
    await fireEvent.keyDown(tax, { key: 'ArrowUp' });
    await fireEvent.keyDown(tax, { key: 'ArrowUp' });
    expect(onedit.mock.calls).toEqual([
      ['tax', 1.2],
      ['tax', 1.3],
    ]);
  });

  it('keep what is not a number, with a message, and give the old value back on Escape', async () => {
    const { onedit, field } = setup();
    await fireEvent.focus(field);
    await fireEvent.input(field, { target: { value: '1o0' } });
    await fireEvent.blur(field);
    expect(onedit).not.toHaveBeenCalled();
    expect(field.value).toBe('1o0');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('alert').textContent).toContain('“1o0” is not a number');
    await fireEvent.focus(field);
    await fireEvent.keyDown(field, { key: 'Escape' });
    await tick();
    expect(field.value).toBe('100');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('do not let the step bar hear what is typed', async () => {
    const { field } = setup();
    const heard = vi.fn();
    document.body.addEventListener('keydown', heard);
    await fireEvent.keyDown(field, { key: 'ArrowRight' });
    await fireEvent.keyDown(field, { key: ' ' });
    document.body.removeEventListener('keydown', heard);
    expect(heard).not.toHaveBeenCalled();
  });

  it('send a whole tensor when one of its numbers changes', async () => {
    const onedit = vi.fn();
    const known = { values: { a: [1, 2, 3], t: [0, 1, 0], L: 1.4 }, back: {} };
    render(GraphFigure, {
      info: graphs.softmaxLoss,
      frame: frameOf(graphs.softmaxLoss, known, 0),
      step: 0,
      ops: graphs.ops,
      editable: true,
      onedit,
    });
    const cell = within(screen.getByRole('group', { name: 'a' })).getByRole('textbox', { name: 'a, row 1, column 2' });
    await fireEvent.focus(cell);
    await fireEvent.input(cell, { target: { value: '−5' } });
    await fireEvent.keyDown(cell, { key: 'Enter' });
    expect(onedit).toHaveBeenCalledExactlyOnceWith('a', { shape: [3], data: Float64Array.of(1, -5, 3) });
  });
});
