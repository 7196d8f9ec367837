/** Markdown tables of what was measured. */
import { CONTENDERS } from '../contenders/index.mjs';
import { entryOf, learnsAlike, median, ratio } from '../stats.mjs';
import { WORKLOADS, usefulFlops } from '../workloads.mjs';
import { duration, rounded } from './numbers.mjs';

export const table = (head, rows) => {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
};

/** One row a contender: steps a second where it ran, how many times as fast this engine is beside it, what it learnt. */
export function workloadTable(workload, entries) {
  const keys = [...new Set(entries.map(({ key }) => key))].filter((key) => key !== 'peak');
  const steps = entries.find(({ learn }) => learn)?.learn.steps;
  const ours = { chromium: entryOf(entries, 'chromium', 'backprop'), node: entryOf(entries, 'node', 'backprop') };
  const rows = keys.map((key) => {
    const all = entries.filter((each) => each.key === key);
    const at = (place) => entryOf(entries, place, key);
    const native = at('native');
    const rate = (entry) => (entry ? rounded(median(entry.rates)) : '–');
    const times = (mine, theirs) =>
      mine && theirs && theirs !== mine ? rounded(ratio(mine.rates, theirs.rates)) : '–';
    const learnt = all.find(({ learn }) => learn)?.learn;
    const failure = all.find(({ failed }) => failed)?.failed;
    const loss = learnt ? `${learnt.before.toPrecision(3)} → ${learnt.after.toPrecision(3)}` : (failure ?? '–');
    const other = CONTENDERS[key]?.otherLoss;
    const differs = learnt && ours.chromium && !learnsAlike(ours.chromium.learn, learnt, other) ? ' (!)' : '';
    return [
      all[0].name,
      native ? `${rate(native)} (native)` : rate(at('chromium')),
      times(ours.chromium, native ?? at('chromium')),
      native ? '–' : rate(at('node')),
      times(ours.node, native ?? at('node')),
      `${loss}${differs}${other ? ' (another loss)' : ''}`,
    ];
  });
  const head = [
    '',
    'Chromium, steps/s',
    'this engine / it',
    'Node, steps/s',
    'this engine / it',
    `loss in ${steps} steps`,
  ];
  const peaks = ['chromium', 'node'].flatMap((place) => {
    const entry = entryOf(entries, place, 'peak');
    return entry ? [`${rounded(median(entry.rates) / 1e9)} GFLOPS in ${place === 'node' ? 'Node' : 'Chromium'}`] : [];
  });
  const flops = rounded((usefulFlops(WORKLOADS[workload]) * WORKLOADS[workload].batch) / 1e6);
  const about = peaks.length ? `A step is ${flops} MFLOP of useful work; the peak was ${peaks.join(', ')}.` : '';
  return [`#### (${workload}) ${WORKLOADS[workload].title}`, '', table(head, rows), '', about].join('\n').trimEnd();
}

export function barsTable(bars) {
  const value = ({ unit, value: measured }) =>
    measured === undefined ? 'not measured' : `${rounded(measured)} ${unit}`;
  const limit = ({ unit, atMost }, number) => (number === undefined ? '–' : `${atMost ? '≤ ' : ''}${number} ${unit}`);
  const verdict = ({ reached, aimReached }) => {
    if (reached === undefined) return '–';
    if (!reached) return '**no**';
    return aimReached ? 'yes, and the aim' : 'yes';
  };
  return table(
    ['', 'measured', 'must', 'aim', 'reached'],
    bars.map((bar) => [bar.label, value(bar), limit(bar, bar.must), limit(bar, bar.aim), verdict(bar)]),
  );
}

export function growthTable({ chromium, node }) {
  const rows = (chromium ?? node).growth.map(({ count }, i) => [
    rounded(count),
    ...[chromium, node].flatMap((place) =>
      place ? [duration(place.growth[i].load.median), duration(place.growth[i].pass.median)] : ['–', '–'],
    ),
  ]);
  const each = (place) => [`load, ${place}`, `forward + backward, ${place}`];
  return table(['scalar nodes', ...each('Chromium'), ...each('Node')], rows);
}
