/** Width in px of a text at a size; `math` in the mathematics face, `strong` at weight 600. */
export type MeasureText = (text: string, size: number, face: 'text' | 'strong' | 'math') => number;

/** Good to a few per cent without a browser: wide for CJK, narrow for thin Latin letters. */
export const estimateText: MeasureText = (text, size, face) => {
  let width = 0;
  for (const char of text) {
    if (/[\u2E80-\uFFEF]/.test(char)) width += 1;
    else if (/[ilj.,:;'|!I1 ]/.test(char)) width += face === 'math' && char === '1' ? 0.5 : 0.32;
    else if (/[mwMW×−]/.test(char)) width += 0.8;
    else width += 0.55;
  }
  return width * size * (face === 'strong' ? 1.06 : 1);
};

/** Breaks a label in two lines of about equal width where it is wider than `limit`. CJK may break anywhere. */
export function wrapLabel(text: string, limit: number, width: (text: string) => number): string[] {
  if (width(text) <= limit) return [text];
  const cjk = /[\u3040-\u30FF\u3400-\u9FFF]/.test(text);
  const breaks: number[] = [];
  for (let i = 1; i < text.length; i += 1) if (cjk || text[i] === ' ') breaks.push(i);
  let best: string[] = [text];
  let bestWidth = width(text);
  for (const at of breaks) {
    const lines = [text.slice(0, at).trimEnd(), text.slice(at).trimStart()];
    const widest = Math.max(...lines.map(width));
    if (widest < bestWidth) [best, bestWidth] = [lines, widest];
  }
  return best;
}
