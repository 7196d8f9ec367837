import { afterEach, expect, it } from 'vitest';
import { language, parseLanguage, pick, preferredLanguage, t } from '../../../web/i18n';

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
