import { spokenWords } from '../i18n/spoken.ts';
import type { Language } from '../i18n/types.ts';
import type { Frame } from '../shared/protocol.ts';
import type { NodeWords } from './node-words.ts';
import { multipliesOut, shortText } from './numbers.ts';

/**
 * The products of a backward step as they stand in the formula panel: upstream × local = contribution, one a slot. Empty for steps
 * that multiply nothing, or more numbers than a sentence holds. Pure.
 */
export function spokenProducts(frame: Frame, names: Pick<NodeWords, 'phrase'>, language: Language): readonly string[] {
  return frame.records.flatMap(({ phase, combine, upstream, local, contribution, to }) => {
    if (phase !== 'backward' || combine !== 'times' || !upstream || !local || !contribution) return [];
    const [a, b, product] = [upstream, local, contribution].map(shortText);
    if (!a || !b || !product) return [];
    const exact = (a === '1' && b === product) || multipliesOut(upstream, local, contribution);
    const sign = exact ? '=' : '≈';
    return [spokenWords[language].product({ to: names.phrase(to), upstream: a, local: b, sign, product })];
  });
}
