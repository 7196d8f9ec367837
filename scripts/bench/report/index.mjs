/** Everything that is written about a run: a summary for the terminal, sections and pictures for docs/performance.md. */
import { judged } from '../bars.mjs';
import { entryOf, median } from '../stats.mjs';
import { WORKLOADS } from '../workloads.mjs';
import { duration, rounded } from './numbers.mjs';
import { barPlot, growthPlot } from './plots.mjs';
import { barsTable, growthTable, workloadTable } from './tables.mjs';

export const BEGIN = '<!-- bench:begin: written by npm run bench -->';
export const END = '<!-- bench:end -->';

/** The text with the part between the markers replaced. Throws where they are missing. */
export function between(text, part) {
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the lines ${BEGIN} and ${END} are missing`);
  return `${text.slice(0, from + BEGIN.length)}\n\n${part.trim()}\n\n${text.slice(to)}`;
}

export function pictures({ workloads, small }) {
  const files = {};
  const groups = Object.entries(workloads).map(([workload, entries]) => ({
    title: `(${workload}) ${WORKLOADS[workload].title}`,
    bars: [...new Set(entries.map(({ key }) => key))]
      .filter((key) => key !== 'peak')
      .flatMap((key) => {
        const entry = entryOf(entries, 'chromium', key) ?? entryOf(entries, 'native', key);
        if (!entry) return [];
        const value = median(entry.rates) * WORKLOADS[workload].batch;
        return [{ name: entry.name, value, ours: key.startsWith('backprop') }];
      }),
  }));
  if (groups.length) {
    const title = 'Samples trained a second, one thread: Chromium, and NumPy natively';
    files['bench-training.svg'] = barPlot({ title, unit: 'samples/s, logarithmic', groups });
  }
  const places = [
    ['chromium', 'Chromium'],
    ['node', 'Node'],
  ].filter(([place]) => small?.[place]?.growth);
  if (places.length) {
    const series = places.flatMap(([place, name]) =>
      ['load', 'pass'].map((what) => ({
        name: `${what === 'load' ? 'load and order' : 'forward + backward'}, ${name}`,
        dashed: place === 'node',
        points: small[place].growth.map(({ count, ...times }) => ({ count, seconds: times[what].median })),
      })),
    );
    files['bench-growth.svg'] = growthPlot({ title: 'Time over the size of a scalar graph', series });
  }
  return files;
}

export function section(results) {
  const { workloads, small, digit, settings, versions } = results;
  const drawn = pictures(results);
  const picture = (name, alt) => (name in drawn ? [`![${alt}](images/${name})`, ''] : []);
  const machine = `${results.machine.cpu}, ${results.machine.cores} cores; ${versions.join(', ')}`;
  return [
    `Measured on ${machine}: ${settings.rounds} interleaved rounds of ${settings.milliseconds} ms a contender, medians, ratios round by round; ` +
      `${rounded(settings.digits)} generated digits. Load of the machine when it began: ${results.machine.load}.`,
    '',
    '#### Bars',
    '',
    barsTable(judged(results)),
    '',
    ...picture('bench-training.svg', 'Samples a second of every contender, on a logarithmic axis'),
    ...Object.entries(workloads).flatMap(([workload, entries]) => [workloadTable(workload, entries), '']),
    ...(small
      ? [
          '#### Small graphs',
          '',
          growthTable(small),
          '',
          ...picture('bench-growth.svg', 'Loading and passes take time in proportion to the number of nodes'),
        ]
      : []),
    ...(digit
      ? [
          `A drawn digit, from strokes in the page to probabilities in the page through the worker of the built page: ${duration(digit.median)} (best ${duration(digit.best)}); of it ${duration(digit.message)} is what a worker needs that only sends the drawing back.`,
        ]
      : []),
  ].join('\n');
}
