import { describe, expect, it } from 'vitest';
import { hrefFor, parseRoute } from '../../../web/page/route';

describe('addresses', () => {
  it.each([
    ['', 'home', {}],
    ['#/', 'home', {}],
    ['#/graph', 'graph', {}],
    ['#/graph/', 'graph', {}],
    ['#/graph?example=apple&step=4', 'graph', { example: 'apple', step: '4' }],
    ['#/digits?q=a?b', 'digits', { q: 'a?b' }],
    ['#/home', 'home', {}],
    ['#g=ab-_&step=3', 'graph', { g: 'ab-_', step: '3' }],
    ['#expr=x%2By', 'graph', { expr: 'x+y' }],
    ['#/lessons', 'home', {}],
    ['#/%E0%A4%A', 'home', {}],
  ])('%j opens %s', (hash, view, params) => {
    expect(parseRoute(hash)).toEqual({ view, params });
  });

  it('come back as they were written', () => {
    const params = { example: 'apples and oranges', step: '4', note: 'α=β&γ' };
    expect(parseRoute(hrefFor('graph', params))).toEqual({ view: 'graph', params });
  });

  it('leave out what is not set', () => {
    expect(hrefFor('graph', { example: 'apple', step: undefined })).toBe('#/graph?example=apple');
    expect(hrefFor('home')).toBe('#/');
  });
});
