import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { RELAXED_SIMD_PROBE } from '../shared/simd.ts';

const SOURCE = fileURLToPath(new URL('../offline/sw.js', import.meta.url));

/** Writes `sw.js` with the list of the build's files and a version that changes when any of them does. */
export function serviceWorker(): Plugin {
  let folder = '';
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir;
    },
    writeBundle: {
      sequential: true,
      handler() {
        const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((name) => statSync(join(folder, name)).isFile() && !/\.(gz|br|map)$/.test(name) && name !== 'sw.js')
          .map((name) => name.split(sep).join('/'))
          .sort();
        const hash = createHash('sha256');
        for (const name of files) hash.update(name).update(readFileSync(join(folder, name)));
        const version = hash.digest('hex').slice(0, 12);
        writeFileSync(join(folder, 'sw.js'), fill(readFileSync(SOURCE, 'utf8'), version, files));
      },
    },
  };
}

/** Each placeholder once. What is filled in is not looked at again: a file's hash may well hold two underscores. */
function fill(source: string, version: string, files: readonly string[]): string {
  const values = {
    "'__VERSION__'": JSON.stringify(version),
    "['__FILES__']": JSON.stringify(files),
    "['__RELAXED_SIMD_PROBE__']": JSON.stringify([...RELAXED_SIMD_PROBE]),
  };
  return Object.entries(values).reduce((text, [placeholder, value]) => {
    const [before, after, ...rest] = text.split(placeholder);
    if (before === undefined || after === undefined || rest.length > 0)
      throw new Error(`${SOURCE}: wanted the placeholder ${placeholder} once.`);
    return before + value + after;
  }, source);
}
