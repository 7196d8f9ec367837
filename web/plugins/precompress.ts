import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const COMPRESSIBLE = /\.(html|js|mjs|css|svg|json|webmanifest|wasm|safetensors)$/;
const squeeze = { gz: promisify(gzip), br: promisify(brotliCompress) };

/** Puts a `.gz` and a `.br` beside each file of the build, for hosts that serve such files. */
export function precompress(): Plugin {
  let folder = '';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir;
    },
    writeBundle: {
      // After the service worker was written.
      order: 'post',
      sequential: true,
      async handler() {
        const names = await readdir(folder, { recursive: true });
        for (const name of names.filter((file) => COMPRESSIBLE.test(file))) await compress(join(folder, name));
      },
    },
  };
}

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path);
  await writeFile(`${path}.gz`, await squeeze.gz(bytes, { level: 9 }));
  await writeFile(
    `${path}.br`,
    await squeeze.br(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  );
}
