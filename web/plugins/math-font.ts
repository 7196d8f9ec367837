import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';
import type { Plugin } from 'vite';
import { MATH_GLYPHS } from './math-glyphs.ts';

const SOURCE = fileURLToPath(
  import.meta.resolve('@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2'),
);
const FOLDER = fileURLToPath(new URL('../../build/font/', import.meta.url));
/** Named by web/styles/math-font.css. */
export const MATH_FONT = `${FOLDER}bp-math.woff2`;

/** STIX Two Math (OFL-1.1) with the glyphs of this page only; its MATH table stays, which stretches fractions and braces. */
export async function writeMathFont(): Promise<void> {
  const source = await readFile(SOURCE);
  // A subset takes a second: it is made again only when its ingredients change.
  const stamp = createHash('sha256').update(source).update(MATH_GLYPHS).digest('hex');
  const old = await readFile(`${FOLDER}stamp`, 'utf8').catch(() => '');
  if (old === stamp) return;
  const subset = await subsetFont(source, MATH_GLYPHS, { targetFormat: 'woff2', noHinting: true });
  await mkdir(FOLDER, { recursive: true });
  await writeFile(MATH_FONT, subset);
  await writeFile(`${FOLDER}stamp`, stamp);
}

/** Makes the font before anything asks for it, and lets the built pages fetch it early: numbers are set in it. */
export function mathFont(): Plugin {
  return {
    name: 'math-font',
    buildStart: writeMathFont,
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const file = Object.keys(bundle ?? {}).find((name) => /bp-math.*\.woff2$/.test(name));
        if (file === undefined) return [];
        const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', href: `./${file}`, crossorigin: true };
        return [{ tag: 'link', attrs, injectTo: 'head' }];
      },
    },
  };
}
