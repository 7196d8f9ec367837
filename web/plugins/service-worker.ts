import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

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

function fill(source: string, version: string, files: readonly string[]): string {
  const filled = source
    .replace("'__VERSION__'", JSON.stringify(version))
    .replace("['__FILES__']", JSON.stringify(files));
  if (filled.includes('__'))
    throw new Error(`${SOURCE}: a placeholder is left; wanted '__VERSION__' and ['__FILES__'] once each.`);
  return filled;
}
