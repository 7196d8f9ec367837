import { parseNumber } from '../page/format.ts';
import type { Attributes, OpAttribute } from '../shared/api.ts';

type Value = NonNullable<Attributes[string]>;

export const printSetting = (value: Value | undefined): string =>
  value === undefined ? '' : typeof value === 'object' ? value.join(', ') : String(value).replace('-', '−');

/** What was typed for an attribute; undefined where it is none of its type. Ranges are the engine's to judge. */
export function parseSetting(type: OpAttribute['type'], text: string): Value | undefined {
  const plain = text.normalize('NFKC').trim();
  if (type === 'boolean') return plain === 'true' ? true : plain === 'false' ? false : undefined;
  if (type === 'integers') {
    const parts = plain
      .replace(/^\[|\]$/g, '')
      .split(/[,，、×\s]+/)
      .filter((part) => part !== '');
    const numbers = parts.map(parseNumber);
    if (numbers.length === 0 || !numbers.every(Number.isSafeInteger)) return undefined;
    return numbers;
  }
  const number = parseNumber(plain);
  if (Number.isNaN(number) || (type === 'integer' && !Number.isSafeInteger(number))) return undefined;
  return number;
}
