/**
 * npm run bench [-- OPTIONS]: this engine beside its peers, in one run. See docs/performance.md.
 *
 *   --quick          three short rounds
 *   --only a,c       some of a, b, c, d (training), graphs (scalar graphs), digit (a drawing classified)
 *   --rounds N, --milliseconds N
 *   --playground F   a copy of TensorFlow Playground's src/nn.ts, to be measured too
 *   --docs           writes docs/ in any case
 *   --no-docs        leaves docs/ as it is; so do --quick and --only
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bundle } from './bundle.mjs';
import { judged } from './bars.mjs';
import { between, pictures, section } from './report/index.mjs';
import { barsTable, workloadTable } from './report/tables.mjs';
import { measureWorkload } from './rounds.mjs';
import { chromiumSide, nodeSide, pythonSide } from './sides.mjs';
import { WORKLOADS } from './workloads.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'build/bench');
const PARTS = [...Object.keys(WORKLOADS), 'graphs', 'digit'];
const say = (line) => console.log(line);

function settingsOf(args) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string' },
      milliseconds: { type: 'string' },
      playground: { type: 'string' },
      docs: { type: 'boolean', default: false },
      'no-docs': { type: 'boolean', default: false },
    },
  });
  const only = values.only?.split(',') ?? PARTS;
  const unknown = only.filter((part) => !PARTS.includes(part));
  if (unknown.length) throw new Error(`--only ${unknown.join(',')}: there are ${PARTS.join(', ')}.`);
  const number = (name, usual) => {
    const value = Number(values[name] ?? usual);
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`--${name} is ${values[name]}; wanted a whole number above 0.`);
    return value;
  };
  return {
    quick: values.quick,
    only,
    playground: values.playground,
    docs: values.docs || (!values.quick && !values.only && !values['no-docs']),
    rounds: number('rounds', values.quick ? 3 : 9),
    milliseconds: number('milliseconds', values.quick ? 100 : 300),
    digits: 5000,
  };
}

async function writeDigits(count) {
  const { loadEngine } = await import(pathToFileURL(join(root, 'dist/lib/index.js')).href);
  const { images, labels } = (await loadEngine()).handwriting({ seed: 1, count });
  mkdirSync(join(folder, 'site/data'), { recursive: true });
  writeFileSync(join(folder, 'site/data/images.u8'), images);
  writeFileSync(join(folder, 'site/data/labels.u8'), labels);
}

async function measureSmall(sides, settings) {
  const small = {};
  for (const side of sides) {
    const runner = await side.start('backprop');
    const one = async (name) => {
      say(`  ${side.place.padEnd(9)} ${name}`);
      return runner.ask('small', { name, milliseconds: settings.milliseconds });
    };
    small[side.place] = {
      graph300: await one('graph300'),
      load10000: await one('load10000'),
      growth: await one('growth'),
    };
    await runner.stop();
  }
  return small;
}

async function main() {
  const settings = settingsOf(process.argv.slice(2));
  if (settings.playground && !existsSync(settings.playground))
    throw new Error(`--playground ${settings.playground}: there is no such file.`);
  const load = loadavg()[0].toFixed(1);
  if (load > cpus().length / 2)
    say(`the load of this machine is ${load}: only a quiet one gives numbers worth keeping`);
  say(`bundling the peers, writing ${settings.digits} digits`);
  await bundle({ root, folder, playground: settings.playground });
  await writeDigits(settings.digits);
  const page = await chromiumSide(folder);
  const scripts = [page, nodeSide(root, folder)];
  const python = await pythonSide(root, folder);
  if (!python) say('there is no Python with NumPy here: NumPy is left out (Debian: python3-numpy)');
  const sides = python ? [...scripts, python] : scripts;
  const results = {
    settings: { ...settings, playground: Boolean(settings.playground) },
    machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length, load: Number(load) },
    versions: [],
    workloads: {},
  };
  try {
    for (const workload of Object.keys(WORKLOADS).filter((each) => settings.only.includes(each))) {
      say(`\n(${workload}) ${WORKLOADS[workload].title}`);
      results.workloads[workload] = await measureWorkload({ workload, sides, settings, say });
      say(`\n${workloadTable(workload, results.workloads[workload])}`);
    }
    if (settings.only.includes('graphs')) {
      say('\nscalar graphs');
      results.small = await measureSmall(scripts, settings);
    }
    if (settings.only.includes('digit')) {
      say('\na drawn digit');
      results.digit = await page.digit(settings.milliseconds * settings.rounds);
    }
  } finally {
    for (const side of sides) await side.close();
  }
  results.versions = versionsOf(results, scripts);
  write(results);
}

/** Of everything that took part, each once. */
function versionsOf({ workloads }, scripts) {
  const builds = Object.values(workloads)
    .flat()
    .filter(({ key, build }) => build && !/^(backprop|peak|brain|convnet|jax|playground)/.test(key))
    .map(({ key, build }) => (key.startsWith('tfjs') ? `TensorFlow.js ${build.split(',')[0]}` : build));
  const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
  const named = ['@jax-js/jax', 'convnetjs', 'brain.js'].map((name) => `${name} ${dependencies[name]}`);
  return [...scripts.map(({ version }) => version), ...new Set([...builds, ...named])];
}

function write(results) {
  const bars = judged(results);
  say(`\n${barsTable(bars.filter(({ value }) => value !== undefined))}\n`);
  const json = `${JSON.stringify(forFile(results), null, 1)}\n`;
  const drawn = pictures(results);
  const into = (target, images) => {
    mkdirSync(images, { recursive: true });
    writeFileSync(join(target, 'performance.json'), json);
    for (const [name, content] of Object.entries(drawn)) writeFileSync(join(images, name), content);
  };
  into(folder, join(folder, 'images'));
  writeFileSync(join(folder, 'performance.md'), `${section(results)}\n`);
  say('written to build/bench/: performance.md, performance.json, images/');
  if (!results.settings.docs) return;
  const docs = join(root, 'docs');
  into(docs, join(docs, 'images'));
  const file = join(docs, 'performance.md');
  writeFileSync(file, between(readFileSync(file, 'utf8'), section(results)));
  say('and to docs/');
}

/** Rates with four digits are enough for anyone who works the ratios out again. */
const forFile = (results) =>
  JSON.parse(
    JSON.stringify(results, (key, value) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value)),
  );

await main().catch((error) => {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
});
