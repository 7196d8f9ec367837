// What a visitor downloads, gzipped, against its budgets. The built page is opened in a browser, so what is counted is what
// was asked for. `node scripts/size.mjs` prints the table; `npm test` runs it too.
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { launchChromium } from './lib/chromium.mjs';
import { listen, staticServer } from './lib/static-server.mjs';

const site = fileURLToPath(new URL('../dist/site', import.meta.url));
const wasm = fileURLToPath(new URL('../build/wasm-release', import.meta.url));

/**
 * Budgets in kB (1000 bytes) of gzip, since not every static host has brotli. 270 for everything was the aim; what is below it is not to
 * be lost again. The worker's script counts as page.
 */
const firstLoadBudgets = {
  'page (HTML, JavaScript, CSS)': 96,
  'engine (wasm)': 130,
  fonts: 28,
  'everything before the first step': 252,
};
const fileBudgets = {
  'custom element': ['backprop-playground.js', 2],
  'digit weights': ['models/digits-mlp.safetensors', 120],
};

/** The whole engine, wasm and glue, in kB of brotli. The aim is 60: far off, so this too keeps it from growing. */
const engineBudget = 184;

function partOf(file) {
  if (extname(file) === '.woff2') return 'fonts';
  if (extname(file) === '.wasm') return 'engine (wasm)';
  return ['.html', '.js', '.css'].includes(extname(file)) ? 'page (HTML, JavaScript, CSS)' : 'other';
}

const gzipped = (file) => gzipSync(readFileSync(join(site, file)), { level: 9 }).length;

/** Every file of the site that `page` asks for until it is quiet. */
async function filesLoadedBy(page) {
  const server = staticServer(site);
  const port = await listen(server, { port: 0 });
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ serviceWorkers: 'block' }); // it fetches the rest for later, off the path measured here
    const files = new Set();
    context.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (response.ok() && response.url().startsWith('http'))
        files.add(pathname === '/' ? 'index.html' : pathname.slice(1));
    });
    const tab = await context.newPage();
    await tab.goto(`http://localhost:${port}/${page}`, { waitUntil: 'networkidle' });
    return [...files];
  } finally {
    await browser.close();
    server.close();
  }
}

/** Prints one line a budget; resolves to how many are kept and broken. */
export async function measureSizes() {
  const tally = { passed: 0, failed: 0, skipped: 0 };
  const check = (name, bytes, budget) => {
    const kept = bytes <= budget * 1000;
    tally[kept ? 'passed' : 'failed'] += 1;
    console.log(
      `${kept ? 'ok  ' : 'OVER'} ${name.padEnd(56)} ${(bytes / 1000).toFixed(1).padStart(7)} of ${budget} kB`,
    );
  };

  for (const page of ['', 'embed.html?example=apple']) {
    const sizes = { 'everything before the first step': 0 };
    for (const file of await filesLoadedBy(page)) {
      const bytes = gzipped(file);
      sizes[partOf(file)] = (sizes[partOf(file)] ?? 0) + bytes;
      sizes['everything before the first step'] += bytes;
    }
    if (!sizes['engine (wasm)'])
      throw new Error(`/${page} did not load the engine: what it downloads can't be judged.`);
    for (const [part, budget] of Object.entries(firstLoadBudgets))
      check(`/${page.split('?')[0]}  ${part}`, sizes[part] ?? 0, budget);
  }
  for (const [name, [file, budget]] of Object.entries(fileBudgets)) check(name, gzipped(file), budget);
  const compressed = (file) => brotliCompressSync(readFileSync(join(wasm, file))).length;
  for (const build of ['backprop', 'backprop-relaxed'])
    check(
      `whole engine, ${build}.wasm and glue, brotli`,
      compressed(`${build}.wasm`) + compressed('backprop.mjs'),
      engineBudget,
    );
  return tally;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { failed } = await measureSizes();
  process.exitCode = failed ? 1 : 0;
}
