import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const CORE = resolve(import.meta.dirname, '../../../core');

/** Rooms of the core, lowest first, and whom each may include besides itself. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  text: [],
  error: ['text'],
  random: ['error'],
  tensor: ['error'],
  json: ['tensor', 'error', 'text'],
  kernels: ['tensor', 'error'],
  ops: ['kernels', 'tensor', 'error'],
  graph: ['ops', 'json', 'tensor', 'error'],
  step: ['graph', 'ops', 'tensor', 'error'],
  plan: ['graph', 'ops', 'kernels', 'tensor', 'error'],
  nn: ['plan', 'graph', 'ops', 'json', 'tensor', 'random', 'error'],
  digits: ['tensor', 'random', 'error'],
  train: ['nn', 'plan', 'graph', 'ops', 'digits', 'kernels', 'tensor', 'random', 'error'],
  session: ['step', 'train', 'nn', 'digits', 'graph', 'ops', 'json', 'tensor', 'random', 'error'],
  bindings: ['session', 'step', 'train', 'nn', 'digits', 'graph', 'ops', 'kernels', 'tensor', 'error'],
  cli: ['step', 'train', 'nn', 'digits', 'graph', 'ops', 'tensor', 'error'],
  examples: ['step', 'train', 'nn', 'digits', 'graph', 'ops', 'tensor', 'error'],
};

/** Public headers that are not named after their room. */
const ROOM_OF_HEADER: Readonly<Record<string, string>> = {
  shape: 'tensor',
  element: 'tensor',
  simd: 'kernels',
  op: 'ops',
  batch_norm: 'ops',
  document: 'graph',
  composites: 'graph',
  tangents: 'graph',
  stepper: 'step',
  gradient_check: 'step',
  lens: 'step',
  memory: 'step',
  non_finite: 'step',
  nudge: 'step',
  paths: 'step',
  open_graph: 'session',
  book: 'session',
  network: 'nn',
  safetensors: 'nn',
  optimizer: 'train',
  trainer: 'train',
};

/** Programs around the library, which may do both. */
const PROGRAMS = /^(cli|examples)\//;
/** Time and files would make the core's results depend on where it runs. */
const CLOCK_OR_IO = /^<(chrono|ctime|time\.h|fstream|iostream|filesystem|thread|mutex|future|atomic)>$/;

const files = readdirSync(CORE, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(h|cpp)$/.test(name));

function includesOf(file: string): string[] {
  return Array.from(
    readFileSync(join(CORE, file), 'utf8').matchAll(/^\s*#\s*include\s+([<"][^>"]+[>"])/gm),
    (match) => match[1] ?? '',
  );
}

/** The room of a path below `core/`, or of an include as it is written; undefined for other libraries and neighbours. */
function roomOf(path: string): string | undefined {
  const header = /^(?:include\/)?backprop\/(\w+)\.h$/.exec(path)?.[1];
  if (header !== undefined) return ROOM_OF_HEADER[header] ?? header;
  const [first = '', second] = path.replace(/^src\//, '').split('/');
  return second !== undefined && first in MAY ? first : undefined;
}

describe('the rooms of core/', () => {
  it('are all on the list', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter((file) => !((roomOf(file) ?? '') in MAY))).toEqual([]);
  });

  it.each(Object.entries(MAY))('%s includes only what it may: %j', (room, may) => {
    const crossings = files
      .filter((file) => roomOf(file) === room)
      .flatMap((file) => includesOf(file).map((include) => ({ file, include })))
      .filter(({ include }) => {
        const target = roomOf(include.slice(1, -1));
        return target !== undefined && target !== room && !may.includes(target);
      })
      .map(({ file, include }) => `${file} includes ${include}`);
    expect(crossings).toEqual([]);
  });

  it('point one way: no room may include one above it', () => {
    const order = Object.keys(MAY);
    for (const [room, may] of Object.entries(MAY)) {
      for (const other of may) expect(order.indexOf(other), `${room} → ${other}`).toBeLessThan(order.indexOf(room));
    }
  });

  it('know Emscripten in the bindings only, and where JavaScript reads and writes numbers', () => {
    const users = files.filter((file) => includesOf(file).some((include) => include.startsWith('<emscripten')));
    expect(users.length).toBeGreaterThan(0);
    expect(users.filter((file) => !file.startsWith('bindings/') && file !== 'src/text/number.cpp')).toEqual([]);
  });

  it('have no clock and no input or output, but for the programs around the library', () => {
    const library = files.filter((file) => !PROGRAMS.test(file));
    const users = library.filter((file) => includesOf(file).some((include) => CLOCK_OR_IO.test(include)));
    expect(users).toEqual([]);
    // <cstdio> is there for snprintf, which writes to memory.
    const printers = library.filter((file) =>
      /\b(printf|fprintf|puts|fopen|fwrite)\s*\(/.test(readFileSync(join(CORE, file), 'utf8')),
    );
    expect(printers).toEqual([]);
  });

  it('show no Eigen in public headers', () => {
    const users = files.filter(
      (file) => file.startsWith('include/') && includesOf(file).some((include) => include.includes('Eigen')),
    );
    expect(users).toEqual([]);
  });
});
