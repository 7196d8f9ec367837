import { describe, expect, it } from 'vitest';
import { isRefusal, readCommand } from '../../../../web/views/embed/commands.ts';
import { parseOptions } from '../../../../web/views/embed/options.ts';

const message = (command: unknown, value?: unknown, more: object = {}): unknown => ({
  type: 'backprop-playground',
  version: 1,
  command,
  value,
  ...more,
});

describe('what a host may say', () => {
  it.each([
    ['seek', 3],
    ['play', undefined],
    ['load', 'apple'],
    ['load', { graph: { nodes: [] }, step: 2 }],
    ['load', { g: 'abc' }],
    ['set', { node: 'x', value: [1, 2] }],
    ['setTheme', 'dark'],
    ['setLang', 'zh-Hans'],
  ])('%s %j is a command', (command, value) => {
    const given = message(command, value);
    expect(readCommand(given)).toBe(given);
  });

  it.each([
    ['seek', 1.5],
    ['seek', -1],
    ['seek', '3'],
    ['load', ''],
    ['load', { step: 1 }],
    ['load', { example: 'apple', step: -1 }],
    ['set', { node: 'x' }],
    ['set', null],
    ['setTheme', 'pink'],
    ['setLang', 'fr'],
  ])('%s %j is refused with its id and with what was wanted', (command, value) => {
    const refusal = readCommand(message(command, value, { id: 7 }));
    expect(refusal).toMatchObject({ code: 'InvalidValue', id: 7 });
    expect(refusal && isRefusal(refusal) && refusal.message).toMatch(new RegExp(`^${command} wants .+; got .+\\.$`));
  });

  it('refuses unknown commands and versions', () => {
    expect(readCommand(message('fly'))).toMatchObject({ code: 'UnknownCommand', id: null });
    expect(readCommand(message('toString'))).toMatchObject({ code: 'UnknownCommand' });
    expect(readCommand(message('seek', 1, { version: 2 }))).toMatchObject({ code: 'UnsupportedVersion' });
  });

  it('leaves messages of others alone, whatever they are', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    for (const other of [null, undefined, 3, 'seek', [], {}, circle, { type: 'else', command: 'seek' }])
      expect(readCommand(other)).toBeNull();
    expect(readCommand(message('seek', circle))).toMatchObject({ code: 'InvalidValue' });
  });
});

describe('what an address may ask for', () => {
  it('nothing: the apples, the reader’s language and theme', () => {
    expect(parseOptions('', '')).toEqual({
      source: { example: 'apple' },
      step: 0,
      language: null,
      theme: 'auto',
      readonly: false,
      fixedHeight: false,
    });
  });

  it('everything', () => {
    expect(parseOptions('?example=relu&lang=zh-CN&step=2&theme=dark&readonly=1&height=400', '')).toEqual({
      source: { example: 'relu' },
      step: 2,
      language: 'zh',
      theme: 'dark',
      readonly: true,
      fixedHeight: true,
    });
  });

  it('a document, which comes before the example; the fragment comes before the query', () => {
    expect(parseOptions('?example=relu&g=one', '#g=two').source).toEqual({ g: 'two' });
    expect(parseOptions('?example=relu', '#graph=%7B%22nodes%22%3A%5B%5D%7D').source).toEqual({
      graph: '{"nodes":[]}',
    });
  });

  it('what makes no sense is as if it were not there', () => {
    expect(parseOptions('?step=-3&lang=fr&theme=pink&height=tall&readonly=0&example=', '#/')).toEqual(
      parseOptions('', ''),
    );
  });
});
