import { estimateText, type MeasureText } from './text-width';

const cache = new Map<string, number>();
let context: CanvasRenderingContext2D | null | undefined;
let faces: { text: string; math: string } | null = null;

/** Forget all widths: the fonts of the page have changed (the mathematics face has arrived, or the language is another). */
export function forgetTextWidths(): void {
  cache.clear();
  faces = null;
}

/** Text widths as this browser sets them; estimated where there is no canvas. */
export const measureText: MeasureText = (text, size, face) => {
  const key = `${face}${size}${text}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  context ??= typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d');
  if (!context) return estimateText(text, size, face);
  if (!faces) {
    const style = getComputedStyle(document.documentElement);
    faces = {
      text: style.getPropertyValue('--font-text').trim() || 'sans-serif',
      math: style.getPropertyValue('--font-math').trim() || 'serif',
    };
  }
  context.font = `${face === 'strong' ? 600 : 400} ${size}px ${face === 'math' ? faces.math : faces.text}`;
  const width = context.measureText(text).width;
  if (cache.size > 5000) cache.clear();
  cache.set(key, width);
  return width;
};
