// The sections of `npm test`. Each builds what it needs, lets its runner report to a person, and reads the runner's own
// machine-readable report: { passed, failed, skipped }.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { peakModule } from '../bench/peak-wasm.mjs';
import { measureSizes } from '../size.mjs';

const reports = 'build/reports';

/** Runs a command; resolves to its exit code and, with `capture`, its standard output. Its errors go to the screen. */
function start(command, args, { env = {}, capture = false } = {}) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, {
      stdio: ['ignore', capture ? 'pipe' : 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', failed);
    child.on('close', (code, signal) => done({ code: code ?? signal, output }));
  });
}

async function must(command, args) {
  const { code } = await start(command, args);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed (${code}); its messages are above.`);
}

/** A runner that ended badly has failed, whatever its report counts. */
const honest = (tally, code) => (code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally);

/** Catch2: a report for people on stderr, one for us on stdout (a wasm program has no file system). */
async function catch2(command, args, env) {
  const { code, output } = await start(
    command,
    [...args, '--colour-mode', 'none', '--reporter', 'console::out=%stderr', '--reporter', 'json::out=%stdout'],
    { env, capture: true },
  );
  let cases;
  try {
    cases = JSON.parse(output.slice(output.indexOf('{')))['test-run'].totals['test-cases'];
  } catch {
    throw new Error(`${command} stopped (${code}) before its last test.`);
  }
  return honest({ passed: cases.passed, failed: cases.failed, skipped: cases.skipped + cases['fail-but-ok'] }, code);
}

function readReport(file, runner, code) {
  if (!existsSync(file)) throw new Error(`${runner} stopped (${code}) without a report.`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

function freshReport(name) {
  mkdirSync(reports, { recursive: true });
  rmSync(`${reports}/${name}`, { force: true });
  return `${reports}/${name}`;
}

async function native() {
  if (!existsSync('build/native-debug/build.ninja'))
    await must('cmake', ['--preset', 'native-debug', '--log-level=WARNING']);
  await must('cmake', ['--build', '--preset', 'native-debug', '--target', 'backprop_tests']);
  return catch2('build/native-debug/backprop_tests', [], { UBSAN_OPTIONS: 'print_stacktrace=1' });
}

async function wasm() {
  await must('scripts/build-wasm', ['backprop_tests']);
  return catch2('node', ['build/wasm-release/backprop_tests.js']);
}

/** Relaxed SIMD is on by default from Node 21 on. */
async function relaxed() {
  await must('scripts/build-wasm', ['backprop_relaxed_tests']);
  const flags = WebAssembly.validate(peakModule(1, true)) ? [] : ['--experimental-wasm-relaxed-simd'];
  return catch2('node', [...flags, 'build/wasm-release/backprop_relaxed_tests.js']);
}

async function web() {
  await must('scripts/build-wasm', []);
  const file = freshReport('vitest.json');
  const { code } = await start('node_modules/.bin/vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const report = readReport(file, 'Vitest', code);
  return honest(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    code,
  );
}

async function browser() {
  await must('scripts/build', ['--if-changed']);
  const file = freshReport('playwright.json');
  const { code } = await start('node_modules/.bin/playwright', ['test', '--reporter=list,json'], {
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  });
  const { stats } = readReport(file, 'Playwright', code);
  return honest({ passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }, code);
}

const fuzzers = ['document', 'safetensors', 'idx', 'network', 'op'];

/**
 * Each fuzzer for a few seconds, two at a time, as a machine with two cores can; always with the same seed, so that one change is
 * not held up by what another brought. `npm run fuzz -- NAME SECONDS` looks further.
 */
async function fuzz() {
  // 77 is the customary "this cannot run here"; the script has said why.
  const { code } = await start('scripts/fuzz', ['--build']);
  if (code === 77) return { passed: 0, failed: 0, skipped: fuzzers.length, mayBeEmpty: true };
  if (code !== 0) throw new Error('The fuzzers could not be built; the messages are above.');
  const tally = { passed: 0, failed: 0, skipped: 0 };
  const waiting = [...fuzzers];
  const runner = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift())
      tally[(await start('scripts/fuzz', [name, '12', '1'])).code === 0 ? 'passed' : 'failed']++;
  };
  await Promise.all([runner(), runner()]);
  return tally;
}

/** An installed tree, a stranger's project that finds it, and the programs that come with it. */
async function library() {
  if (!existsSync('build/native-debug/build.ninja'))
    await must('cmake', ['--preset', 'native-debug', '--log-level=WARNING']);
  await must('cmake', ['--build', '--preset', 'native-debug', '--target', 'backprop_programs']);
  const { code } = await start('tests/consumer/run', []);
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

async function size() {
  await must('scripts/build', ['--if-changed']);
  return measureSizes();
}

export const sections = {
  native: { title: 'Core, native, under ASan and UBSan (Catch2)', run: native },
  library: { title: 'Core as an installed library, its examples', run: library },
  fuzz: { title: 'Fuzzers under ASan and UBSan (libFuzzer)', run: fuzz },
  wasm: { title: 'Core, the same tests as wasm under Node (Catch2)', run: wasm },
  relaxed: { title: 'The same with fused products (relaxed SIMD)', run: relaxed },
  web: { title: 'Engine, worker and page logic (Vitest)', run: web },
  browser: { title: 'The built page in Chromium (Playwright)', run: browser },
  size: { title: 'What a visitor downloads', run: size },
};
