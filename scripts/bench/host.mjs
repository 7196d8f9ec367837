/**
 * One contender in a thread of its own, in a browser's worker or in Node's: answers `{ id, kind, … }` with `{ id, result }` or
 * `{ id, error }`. Who asks waits for each answer, so at any time one thread works.
 */
import { CONTENDERS } from './contenders/index.mjs';
import { SMALL } from './small.mjs';
import { WORKLOADS } from './workloads.mjs';

export function host(post) {
  let contender;
  const kinds = {
    async prepare({ key, workload, data, places }) {
      const { load, options } = CONTENDERS[key];
      const { create } = await load();
      contender = await create({ workload: WORKLOADS[workload], data, ...places, ...options });
      return contender.build;
    },
    async learn({ steps }) {
      const before = await contender.loss();
      await contender.learn(steps);
      return { before, after: await contender.loss() };
    },
    run: ({ milliseconds }) => contender.run(milliseconds),
    small: ({ name, places, milliseconds }) => SMALL[name]({ ...places, milliseconds }),
  };
  return async ({ id, kind, ...rest }) => {
    try {
      post({ id, result: await kinds[kind](rest) });
    } catch (error) {
      post({ id, error: error instanceof Error ? error.message : String(error) });
    }
  };
}
