// Runs the test sections named on the command line (without a name all), and adds up what their reports say.
import { sections } from './test-sections.mjs';

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in sections));
if (unknown.length) {
  console.error(`There is no section ${unknown.join(', ')}; there are ${Object.keys(sections).join(', ')}.`);
  process.exit(2);
}

const count = (tally) =>
  `${tally.passed} passed, ${tally.failed} failed${tally.skipped ? `, ${tally.skipped} skipped` : ''}`;
const total = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
for (const [name, { title, run }] of Object.entries(sections)) {
  if (chosen.length && !chosen.includes(name)) continue;
  console.log(`\n=== ${title} ${'='.repeat(Math.max(3, 96 - title.length))}`);
  const start = performance.now();
  const tally = await run().catch((error) => {
    console.error(error.message);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  if (tally.passed + tally.failed === 0 && !tally.mayBeEmpty) {
    console.error(`${title}: no test ran, which counts as a failure.`);
    tally.failed = 1;
  }
  for (const key of Object.keys(total)) total[key] += tally[key];
  lines.push(`${title.padEnd(48)} ${count(tally).padEnd(36)} ${((performance.now() - start) / 1000).toFixed(0)} s`);
}

console.log(`\n=== Summary ${'='.repeat(89)}`);
for (const line of lines) console.log(line);
console.log(`\n${count(total)}`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
