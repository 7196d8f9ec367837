/** Measures contenders in turn: rounds of one window each, so that a slow minute of the machine slows everyone. */
import { CONTENDERS, NATIVE } from './contenders/index.mjs';
import { WORKLOADS } from './workloads.mjs';

const INFO = { ...CONTENDERS, ...NATIVE };

/** Whoever takes part in a workload on a side, in the order of the tables. */
const keysFor = (workload, { place }) =>
  Object.entries(place === 'native' ? NATIVE : CONTENDERS).flatMap(([key, { on }]) =>
    on.includes(workload) ? [key] : [],
  );

/** One workload: who prepared, learnt and ran at what rates (a second, by round), and who could not, with the reason. */
export async function measureWorkload({ workload, sides, settings, say }) {
  const { learn, rounds: most = settings.rounds } = WORKLOADS[workload];
  const rounds = Math.min(settings.rounds, most);
  const steps = settings.quick ? learn.quick : learn.full;
  const runners = [];
  for (const side of sides) {
    for (const key of keysFor(workload, side)) {
      const { name } = INFO[key];
      const entry = { place: side.place, key, name, rates: [] };
      runners.push({ entry });
      const runner = await side.start(key);
      try {
        entry.build = await runner.ask('prepare', { workload, count: settings.digits });
        if (!INFO[key].notTraining) entry.learn = { steps, ...(await runner.ask('learn', { workload, steps })) };
        runners.at(-1).runner = runner;
        const learnt = entry.learn
          ? `: loss ${shown(entry.learn.before)} → ${shown(entry.learn.after)} in ${steps} steps`
          : '';
        say(`  ${side.place.padEnd(9)} ${name}${learnt}`);
      } catch (error) {
        entry.failed = error.message.replace(/^page\.evaluate: (Error: )?/, '').split('\n')[0];
        say(`  ${side.place.padEnd(9)} ${name} cannot: ${entry.failed}`);
        await runner.stop();
      }
    }
  }
  const able = runners.filter(({ runner }) => runner);
  for (let round = 0; round < rounds; round++) {
    say(`  round ${round + 1} of ${rounds}`);
    // Each round begins with another one.
    for (let i = 0; i < able.length; i++) {
      const { entry, runner } = able[(i + round) % able.length];
      const { count, seconds } = await runner.ask('run', { workload, milliseconds: settings.milliseconds });
      entry.rates.push(count / seconds);
    }
  }
  for (const { runner } of able) await runner.stop();
  return runners.map(({ entry }) => entry);
}

const shown = (loss) => loss.toPrecision(3);
