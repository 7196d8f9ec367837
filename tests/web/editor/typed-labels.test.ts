import { expect, it } from 'vitest';
import { applyEdit, type Edit } from '../../../web/editor/edits';
import { asDraft, type Draft } from '../../../web/editor/draft';
import { graphOf } from '../expression/support';

const typed = asDraft(graphOf('(a * n + o × m)^3 * tax'));
const labels = (draft: Draft): string[] => draft.nodes.filter(({ inputs }) => inputs).map(({ label }) => label ?? '');
const after = (...edits: Edit[]): string[] => labels(edits.reduce<Draft>(applyEdit, typed));
const idOf = (label: string): string => typed.nodes.find((node) => node.label === label)?.id ?? '';

it('a typed graph says what was typed', () => {
  expect(labels(typed)).toEqual(['a × n', 'o × m', 'a × n + o × m', '(a × n + o × m)^3', '']);
});

it('a rewired node no longer says what it was, nor does what was made of it', () => {
  const wanted = ['', 'o × m', '', '', ''];
  expect(after({ type: 'connect', from: 'm', to: idOf('a × n'), slot: 1 })).toEqual(wanted);
  expect(after({ type: 'disconnect', to: idOf('a × n'), slot: 1 })).toEqual(wanted);
  expect(after({ type: 'remove', ids: ['n'] })).toEqual(wanted);
});

it('a renamed input is called by its new name', () => {
  expect(after({ type: 'rename', id: 'n', name: 'count $&' })[2]).toBe('a × count $& + o × m');
  // `o` is another word.
  expect(after({ type: 'rename', id: 'n', name: 'k' })[1]).toBe('o × m');
  expect(after({ type: 'rename', id: 'o', name: 'on' })[2]).toBe('a × n + on × m');
});

it('a constant says the number that it is, and so does what is made of it', () => {
  const three = typed.nodes.find(({ op }) => op === 'constant');
  const draft = applyEdit(typed, { type: 'value', id: three?.id ?? '', value: 4 });
  expect(draft.nodes.find(({ id }) => id === three?.id)?.label).toBe('4');
  expect(labels(draft)[3]).toBe('(a × n + o × m)^4');
});

it('of equal numbers it is not guessed which one was meant', () => {
  const draft = asDraft(graphOf('y = 3x + 3z; L = y^2 + (3x + 3)'));
  const three = draft.nodes.filter(({ value }) => value === 3)[0]?.id ?? '';
  const after = applyEdit(draft, { type: 'value', id: three, value: 5 });
  expect(labels(draft)).toEqual(['3x', '3z', '', 'y^2', '3x', '3x + 3', '']);
  expect(labels(after)).toEqual(['5x', '3z', '', 'y^2', '3x', '3x + 3', '']);
});

it('names that somebody gave stay', () => {
  const named = applyEdit(typed, { type: 'label', id: idOf('a × n'), label: 'price of apples' });
  const draft = applyEdit(named, { type: 'connect', from: 'm', to: idOf('a × n'), slot: 1 });
  expect(labels(draft)[0]).toBe('price of apples');
  const value = applyEdit(typed, { type: 'label', id: 'tax', label: '10%' });
  expect(applyEdit(value, { type: 'value', id: 'tax', value: 3 }).nodes.find(({ id }) => id === 'tax')?.label).toBe(
    '10%',
  );
});

it('is undone with the edit: the same draft where nothing changes', () => {
  expect(applyEdit(typed, { type: 'connect', from: 'n', to: idOf('a × n'), slot: 1 })).toBe(typed);
});

it('a note on the whole graph stays with it, and goes with an empty text', () => {
  const noted = applyEdit(typed, { type: 'note', id: null, text: 'why 2.2?' });
  expect(noted).toMatchObject({ note: 'why 2.2?', nodes: typed.nodes });
  expect(applyEdit(noted, { type: 'note', id: null, text: 'why 2.2?' })).toBe(noted);
  expect('note' in applyEdit(noted, { type: 'note', id: null, text: '' })).toBe(false);
  expect(applyEdit(noted, { type: 'rename', id: 'n', name: 'k' }).note).toBe('why 2.2?');
});
