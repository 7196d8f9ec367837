import { expect, it } from 'vitest';
import { complete } from '../../../web/expression/complete';
import { graphOf, ops } from './support';

/** What is offered at the bar in the text. */
const offered = (text: string, asked = false) => {
  const caret = text.indexOf('|');
  const present = graphOf('apple = 100; `odd name` = 3; apple × `odd name`');
  return complete({ source: text.replace('|', ''), caret, ops, present, asked });
};
const names = (text: string, asked = false) => offered(text, asked).suggestions.map(({ name }) => name);

it('offers functions with their signature', () => {
  const { from, to, suggestions } = offered('x + aff|');
  expect([from, to]).toEqual([4, 7]);
  expect(suggestions[0]).toEqual({ kind: 'function', name: 'affine', insert: 'affine(', signature: 'affine(X, W, B)' });
  expect(offered('sum|').suggestions[0]?.signature).toBe('sum(x, [axis=], [keepdims=])');
});

it('offers names of the graph and of the text first', () => {
  expect(names('a|')[0]).toBe('apple');
  expect(names('total = x; t|')[0]).toBe('total');
  expect(offered('od|').suggestions[0]?.insert).toBe('`odd name`');
});

it('finds the middle of a name from two letters on', () => {
  expect(names('max|')).toContain('softmax');
  expect(names('x|')).not.toContain('exp');
});

it('offers nothing in numbers and comments, or before the first letter unless asked', () => {
  expect(names('12|')).toEqual([]);
  expect(names('x # so|')).toEqual([]);
  expect(names('x + |')).toEqual([]);
  expect(names('x + |', true)).toContain('apple');
  expect(names('x + |', true)).toContain('matmul');
});
