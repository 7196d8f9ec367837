import { encode } from 'uqr';

/** Characters of a link: beyond this the squares get too small for a phone (version 33 of 40, lowest correction). */
export const longestQr = 2071;

/** A link as the squares of a QR code, each a unit, with the quiet border that readers need; null where it is too long. */
export function qrPath(text: string): { readonly size: number; readonly path: string } | null {
  if (new TextEncoder().encode(text).length > longestQr) return null;
  const { size, data } = encode(text, { ecc: text.length < 300 ? 'M' : 'L', border: 4 });
  const runs: string[] = [];
  data.forEach((row, y) => {
    for (let x = 0; x < row.length; x += 1) {
      if (row[x] !== true) continue;
      let end = x;
      while (row[end] === true) end += 1;
      runs.push(`M${x} ${y}h${end - x}v1h${x - end}z`);
      x = end;
    }
  });
  return { size, path: runs.join('') };
}

/** The code as a file. Black on white whatever the theme: that is what readers expect. */
export const qrSvg = ({ size, path }: { readonly size: number; readonly path: string }): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size * 8}" height="${size * 8}" shape-rendering="crispEdges">` +
  `<rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>\n`;
