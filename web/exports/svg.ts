/**
 * The figure of the page as one SVG document that needs nothing else: styles become attributes, heat maps pictures, text beside them
 * text. It is read from the rendered figure, so it is the figure.
 */

/** What SVG knows as attributes; all else of the styles is inherited from the page and means nothing outside it. */
const PROPERTIES = [
  'fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity', 'paint-order',
] as const; // prettier-ignore
const TEXT = ['font-family', 'font-size', 'font-weight', 'font-style', 'text-anchor'] as const;
const INITIAL: Readonly<Record<string, string>> = {
  'fill-opacity': '1',
  stroke: 'none',
  'stroke-dasharray': 'none',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  opacity: '1',
  'paint-order': 'normal',
  'font-style': 'normal',
  'text-anchor': 'start',
};
const SHAPES = ['g', 'path', 'polygon', 'circle', 'rect', 'text', 'tspan', 'line'];
const GEOMETRY = [
  'd',
  'points',
  'x',
  'y',
  'cx',
  'cy',
  'r',
  'rx',
  'ry',
  'width',
  'height',
  'transform',
  'x1',
  'x2',
  'y1',
  'y2',
  'pathLength',
];
const margin = 16;

export interface SvgOptions {
  readonly title: string;
  /** The mathematics face as a data address, so that numbers look the same everywhere; without it the fallbacks are named. */
  readonly font?: string | null;
}

/** `figure` holds one svg, and heat maps beside it in the same coordinates. */
export function figureSvg(figure: HTMLElement, { title, font = null }: SvgOptions): string {
  const svg = [...figure.querySelectorAll('svg')].find((element) => element.getAttribute('role') === 'listbox');
  if (!svg) throw new Error('the figure has no picture yet');
  const width = Number(svg.getAttribute('width'));
  const height = Number(svg.getAttribute('height'));
  const frame = svg.getBoundingClientRect();
  const scale = frame.width > 0 ? frame.width / width : 1;
  const ground = getComputedStyle(document.documentElement).getPropertyValue('--ground').trim() || '#ffffff';
  const body = [...Array.from(svg.children, (child) => copied(child)), ...beside(svg, frame, scale)].join('\n');
  const box = [-margin, -margin, Math.ceil(width) + 2 * margin, Math.ceil(height) + 2 * margin];
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box.join(' ')}" width="${box[2] ?? 0}" height="${box[3] ?? 0}" role="img">`,
    `<title>${escaped(title)}</title>`,
    ...(font === null ? [] : [`<style>@font-face{font-family:"BP Math";src:url(${font}) format("woff2")}</style>`]),
    `<rect x="${-margin}" y="${-margin}" width="${box[2] ?? 0}" height="${box[3] ?? 0}" fill="${ground}"/>`,
    body,
    '</svg>',
  ].join('\n')}\n`;
}

function copied(element: Element): string {
  const name = element.localName;
  const style = getComputedStyle(element);
  if (!SHAPES.includes(name) || style.display === 'none' || style.visibility === 'hidden') return '';
  const attributes = GEOMETRY.flatMap((key) => {
    const value = element.getAttribute(key);
    return value === null ? [] : [[key, value] as const];
  });
  if (name !== 'g') {
    for (const key of name === 'text' || name === 'tspan' ? [...PROPERTIES, ...TEXT] : PROPERTIES) {
      const value = style.getPropertyValue(key);
      if (value !== '' && value !== INITIAL[key]) attributes.push([key, value]);
    }
    // A hidden target of the pointer.
    if (style.fill === 'rgba(0, 0, 0, 0)' && style.stroke === 'none') return '';
  }
  const inner = Array.from(element.childNodes, (child) =>
    child instanceof Element
      ? copied(child)
      : name === 'text' || name === 'tspan'
        ? escaped(child.textContent ?? '')
        : '',
  ).join('');
  if (name === 'g' && inner === '') return '';
  const written = attributes.map(([key, value]) => ` ${key}="${escaped(value)}"`).join('');
  return `<${name}${written}>${inner}</${name}>`;
}

/** Heat maps and their captions, which are elements of the page over the picture. */
function beside(svg: SVGElement, frame: DOMRect, scale: number): string[] {
  const sheet = svg.parentElement;
  if (!sheet) return [];
  const place = (box: DOMRect) => ({
    x: (box.left - frame.left) / scale,
    y: (box.top - frame.top) / scale,
    width: box.width / scale,
    height: box.height / scale,
  });
  const pictures = Array.from(sheet.querySelectorAll('canvas'), (canvas) => {
    const { x, y, width, height } = place(canvas.getBoundingClientRect());
    const edge = getComputedStyle(document.documentElement).getPropertyValue('--edge').trim() || '#85827a';
    const at = `x="${x.toFixed(2)}" y="${y.toFixed(2)}" width="${width.toFixed(2)}" height="${height.toFixed(2)}"`;
    const picture = `<image ${at} href="${canvas.toDataURL('image/png')}" preserveAspectRatio="none" style="image-rendering:pixelated"/>`;
    return `${picture}<rect ${at} fill="none" stroke="${edge}"/>`;
  });
  const texts: string[] = [];
  const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (!parent || text === '' || svg.contains(node) || parent.closest('.visually-hidden, [aria-live]')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    const { x, y, height } = place(box);
    const style = getComputedStyle(parent);
    const size = parseFloat(style.fontSize);
    const baseline = y + height / 2 + size * 0.34;
    texts.push(
      `<text x="${x.toFixed(2)}" y="${baseline.toFixed(2)}" fill="${style.color}" font-family="${escaped(style.fontFamily)}" ` +
        `font-size="${size}px" font-weight="${style.fontWeight}">${escaped(text)}</text>`,
    );
  }
  return [...pictures, ...texts];
}

/** Text and attribute values, whatever is in them; characters that XML does not have become spaces. */
const escaped = (text: string): string =>
  text
    .replace(/(?![\t\n\r])\p{Cc}|[\p{Cs}\ufffe\uffff]/gu, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
