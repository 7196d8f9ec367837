import { afterEach, expect, it } from 'vitest';
import { language, lateSection, parseLanguage, pick, preferredLanguage, t } from '../../../web/i18n';

afterEach(() => language.set('en'));

it('switches every word at once', async () => {
  expect(t.shell.views.graph).toBe('Graph');
  await language.set('zh');
  expect(language.current).toBe('zh');
  expect(t.shell.views.graph).toBe('计算图');
  expect(pick({ en: 'tax', zh: '消费税', ja: '消費税' })).toBe('消费税');
});

it('ends in the language that was asked for last', async () => {
  await Promise.all([language.set('zh'), language.set('ja')]);
  expect(language.current).toBe('ja');
});

it.each([
  ['zh-Hans-CN', 'zh'],
  ['JA', 'ja'],
  ['en_GB', 'en'],
  ['fr', null],
  ['', null],
  [null, null],
])('reads %j as %s', (tag, known) => {
  expect(parseLanguage(tag)).toBe(known);
});

it('takes the first language that it speaks', () => {
  expect(preferredLanguage(['fr-CH', 'ja', 'en'])).toBe('ja');
  expect(preferredLanguage(['fr'])).toBe('en');
});

it('brings the words of late parts along', async () => {
  const asked: string[] = [];
  const loader = (tag: string) => async () => {
    asked.push(tag);
    return { hello: tag };
  };
  const late = lateSection({ en: loader('en'), zh: loader('zh'), ja: loader('ja') });
  await language.set('zh');
  expect(asked).toEqual([]);
  expect(() => late.words.hello).toThrow('before they were loaded');
  await late.load();
  expect(late.words.hello).toBe('zh');
  await language.set('ja');
  expect(late.words.hello).toBe('ja');
  await Promise.all([language.set('en'), late.load()]);
  expect(late.words.hello).toBe('en');
});

it('asks again for late words that could not be fetched', async () => {
  let broken = true;
  const hello = async () => {
    if (broken) throw new Error('offline');
    return { hello: 'hello' };
  };
  const late = lateSection({ en: hello, zh: hello, ja: hello });
  await expect(late.load()).rejects.toThrow('offline');
  broken = false;
  await late.load();
  expect(late.words.hello).toBe('hello');
});
