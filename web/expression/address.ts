import { parse } from './parse.ts';

/**
 * The text that an address means. A plus sign that nobody escaped arrives as a space: where the text cannot be read with spaces,
 * but can with plus signs in their place, those were meant.
 */
export function fromAddress(text: string): string {
  // `a + b` arrives with three spaces, `a+b` with one.
  const meant = [text, text.replace(/ {3}/g, ' + '), text.replace(/ /g, '+')];
  return meant.find(isReadable) ?? text;
}

function isReadable(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}
