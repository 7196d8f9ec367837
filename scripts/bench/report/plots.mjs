/** Plots as SVG text: no styles from outside, readable on light and dark pages by a ground of their own. */
import { duration, rounded } from './numbers.mjs';

const INK = '#1f2430';
const FAINT = '#d9dce3';
const OURS = '#0b6bcb';
const THEIRS = '#9aa3b2';
const SECOND = '#c2571a';
const FONT = 'font-family="system-ui, sans-serif" font-size="12"';

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const svg = (width, height, title, parts) =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}" ${FONT} fill="${INK}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="6" fill="#fff"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
const text = (x, y, content, more = '') => `<text x="${place(x)}" y="${place(y)}"${more}>${escaped(content)}</text>`;
const place = (number) => Number(number.toFixed(1));

/** Whole powers of ten that enclose the values. */
function decades(values) {
  const lowest = Math.floor(Math.log10(Math.min(...values)));
  return { lowest, highest: Math.max(lowest + 1, Math.ceil(Math.log10(Math.max(...values)))) };
}
const powers = ({ lowest, highest }) => Array.from({ length: highest - lowest + 1 }, (_, i) => 10 ** (lowest + i));

/** Bars on a logarithmic axis: `groups` of `{ title, bars: [{ name, value, ours }] }`, values above 0. */
export function barPlot({ title, unit, groups }) {
  const [left, right, row, top] = [276, 96, 20, 44];
  const width = 786;
  const range = decades(groups.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const x = (value) => {
    const share = (Math.log10(value) - range.lowest) / (range.highest - range.lowest);
    return left + share * (width - left - right);
  };
  const parts = [text(16, 24, title, ' font-weight="600"')];
  let y = top;
  for (const group of groups) {
    parts.push(text(16, y + 14, group.title, ' font-weight="600"'));
    y += row + 2;
    for (const { name, value, ours } of group.bars) {
      const end = place(x(value));
      parts.push(
        text(left - 8, y + 13, name, ' text-anchor="end"'),
        `<rect x="${left}" y="${y + 3}" width="${place(Math.max(1, end - left))}" height="${row - 7}" fill="${ours ? OURS : THEIRS}"/>`,
        text(Math.max(left + 1, end) + 6, y + 13, rounded(value)),
      );
      y += row;
    }
    y += 8;
  }
  const lines = powers(range).flatMap((value) => [
    `<line x1="${place(x(value))}" x2="${place(x(value))}" y1="${top}" y2="${y}" stroke="${FAINT}"/>`,
    text(x(value), y + 14, rounded(value), ' text-anchor="middle"'),
  ]);
  parts.splice(1, 0, ...lines);
  parts.push(text(width - 16, y + 30, unit, ' text-anchor="end"'));
  return svg(width, y + 40, title, parts);
}

/** Lines over the number of nodes, both axes logarithmic: `series` of `{ name, points: [{ count, seconds }] }`. A straight 45° line is linear growth. */
export function growthPlot({ title, series }) {
  const [left, right, top, bottom] = [70, 200, 44, 48];
  const [width, height] = [760, 400];
  const all = series.flatMap(({ points }) => points);
  const across = decades(all.map(({ count }) => count));
  const up = decades(all.map(({ seconds }) => seconds));
  const along = (value, { lowest, highest }) => (Math.log10(value) - lowest) / (highest - lowest);
  const x = (count) => left + along(count, across) * (width - left - right);
  const y = (seconds) => height - bottom - along(seconds, up) * (height - top - bottom);
  const parts = [text(16, 24, title, ' font-weight="600"')];
  for (const count of powers(across)) {
    parts.push(
      `<line x1="${place(x(count))}" x2="${place(x(count))}" y1="${top}" y2="${height - bottom}" stroke="${FAINT}"/>`,
      text(x(count), height - bottom + 16, rounded(count), ' text-anchor="middle"'),
    );
  }
  for (const seconds of powers(up)) {
    parts.push(
      `<line x1="${left}" x2="${width - right}" y1="${place(y(seconds))}" y2="${place(y(seconds))}" stroke="${FAINT}"/>`,
      text(left - 8, y(seconds) + 4, duration(seconds), ' text-anchor="end"'),
    );
  }
  parts.push(text((left + width - right) / 2, height - 12, 'scalar nodes', ' text-anchor="middle"'));
  // Names beside the ends of their lines, kept apart.
  const ends = series.map(({ points }) => y(points.at(-1).seconds) + 4);
  const order = ends.map((_, i) => i).sort((a, b) => ends[a] - ends[b]);
  order.forEach((i, n) => {
    if (n > 0) ends[i] = Math.max(ends[i], ends[order[n - 1]] + 16);
  });
  series.forEach(({ name, points, dashed }, i) => {
    const colour = i % 2 ? SECOND : OURS;
    const line = points.map(({ count, seconds }) => `${place(x(count))},${place(y(seconds))}`).join(' ');
    parts.push(
      `<polyline points="${line}" fill="none" stroke="${colour}" stroke-width="2"${dashed ? ' stroke-dasharray="5 4"' : ''}/>`,
      ...points.map(
        ({ count, seconds }) => `<circle cx="${place(x(count))}" cy="${place(y(seconds))}" r="3" fill="${colour}"/>`,
      ),
      text(width - right + 8, ends[i], name, ` fill="${colour}"`),
    );
  });
  return svg(width, height, title, parts);
}
