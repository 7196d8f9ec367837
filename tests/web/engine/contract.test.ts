import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import createGraphsModule from '../../../build/wasm-release/backprop-graphs.mjs';
import createModule from '../../../build/wasm-release/backprop.mjs';
import * as api from '../../../web/engine';
import { CORE_CALLS } from '../../../web/engine/core-module';
import { loadCore } from '../../../web/engine/load';
import { makeHandlers } from '../../../web/worker/handlers';
import { Outbox } from '../../../web/worker/outbox';
import { apple, engine, refusal } from './support/engine';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

/** Member names of an interface, from its declaration. */
function membersOf(source: string, name: string): string[] {
  const body = new RegExp(`export interface ${name} \\{([\\s\\S]*?)\\n\\}`).exec(source)?.[1] ?? '';
  return [...body.matchAll(/^ {2}(?:readonly )?(?:'([^']+)'|(\w+))[(?:]/gm)].map(
    (match) => (match[1] ?? match[2]) as string,
  );
}

describe('the module, the types and the worker are one list', () => {
  it.each([
    ['backprop', createModule, Object.keys(CORE_CALLS)],
    // The module for graphs serves every question about a graph, and nothing else.
    [
      'backprop-graphs',
      createGraphsModule,
      Object.keys(CORE_CALLS).filter((name) => /^(graph|build$|memory$|ops$)/.test(name)),
    ],
  ])('%s has every function that TypeScript names, and no other', async (file, create, names) => {
    const wasmBinary = readFileSync(new URL(`../../../build/wasm-release/${file}.wasm`, import.meta.url));
    const module = (await create({ wasmBinary })) as Record<string, unknown>;
    // Helpers of Embind and of Emscripten's calls through pointers are not functions of ours: ours return a reply for any call.
    const embind = [
      'getInheritedInstanceCount',
      'getLiveInheritedInstances',
      'flushPendingDeletes',
      'setDelayFunction',
      'addRunDependency',
      'removeRunDependency',
    ];
    const functions = Object.keys(module).filter(
      (name) =>
        typeof module[name] === 'function' &&
        !name.startsWith('_') &&
        !/^[A-Z]|^on[A-Z]|^dynCall_/.test(name) &&
        !embind.includes(name),
    );
    for (const name of names) expect(functions).toContain(name);
    const extra = functions.filter(
      (name) => !names.includes(name) && !['count_emval_handles', 'locateFile', 'ready', 'then'].includes(name),
    );
    expect(extra).toEqual([]);
  });

  it('the build with relaxed SIMD is started by the same JavaScript', () => {
    const glue = read('build/wasm-release/backprop.mjs');
    expect(read('build/wasm-release/backprop-relaxed.mjs').replaceAll('backprop-relaxed', 'backprop')).toBe(glue);
  });

  it('every member of the API is there at run time', () => {
    const source = read('web/shared/api.ts');
    const graph = engine.graph(apple);
    const network = engine.network({ input: [2], layers: [{ type: 'affine', units: 2 }], loss: 'softmax_with_loss' });
    for (const [name, object] of [
      ['Engine', engine],
      ['Graph', graph],
      ['Network', network],
    ] as const) {
      const members = membersOf(source, name);
      expect(members.length).toBeGreaterThan(5);
      for (const member of members)
        expect((object as unknown as Record<string, unknown>)[member], `${name}.${member}`).toBeDefined();
    }
    graph.dispose();
    network.dispose();
    expect(Object.keys(api).sort()).toEqual(['BackpropError', 'loadEngine']);
  });

  it('every method of the protocol is served, and nothing else', async () => {
    const handlers = makeHandlers(await loadCore(), new Outbox(() => undefined));
    const methods = membersOf(read('web/shared/protocol.ts'), 'Methods');
    expect(methods.length).toBeGreaterThan(15);
    expect(Object.keys(handlers).sort()).toEqual([...methods].sort());
    for (const handler of Object.values(handlers)) expect(handler).toBeTypeOf('function');
  });

  it('the op catalogue is whole', () => {
    expect(engine.build).toEqual({ version: '0.1.0', simd: 'simd128' });
    const names = engine.ops.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const wanted =
      'input parameter constant add sub mul div neg pow square exp log sqrt sin cos tanh sigmoid relu leaky_relu softplus gelu abs maximum minimum sum mean max matmul affine transpose reshape flatten concat softmax log_softmax softmax_with_loss mean_squared_error sigmoid_with_loss conv2d max_pool2d avg_pool2d batch_norm layer_norm dropout';
    for (const name of wanted.split(' ')) expect(names).toContain(name);
    for (const op of engine.ops) {
      expect([
        'leaf',
        'arithmetic',
        'function',
        'reduction',
        'linear',
        'convolution',
        'normalisation',
        'shape',
        'loss',
      ]).toContain(op.category);
      expect(op.title).not.toBe('');
      if (op.category === 'leaf') continue;
      expect(op.formulas.value).not.toBe('');
      expect(op.inputs.length).toBeGreaterThan(0);
      expect(op.formulas.local).toHaveLength(op.inputs.length);
      expect(op.formulas.backward).toHaveLength(op.inputs.length);
      op.inputs.forEach(({ differentiable }, slot) => {
        if (differentiable) expect(op.formulas.backward[slot], `${op.name}, slot ${slot}`).not.toBe('');
      });
    }
  });
});

describe('what the catalogue says of attributes and memory', () => {
  const find = (name: string) => engine.ops.find((op) => op.name === name);

  it('ranges and defaults', () => {
    expect(find('dropout')?.attributes.find(({ name }) => name === 'ratio')).toEqual({
      name: 'ratio',
      type: 'number',
      required: false,
      meaning: expect.any(String) as string,
      min: 0,
      max: 1,
      belowMax: true,
      default: 0.5,
    });
    expect(find('dropout')?.attributes.find(({ name }) => name === 'training')?.default).toBe(true);
    expect(find('conv2d')?.attributes.map(({ name, min, default: given }) => [name, min, given])).toEqual([
      ['stride', 1, 1],
      ['pad', 0, 0],
    ]);
    expect(find('max_pool2d')?.attributes.find(({ name }) => name === 'size')?.required).toBe(true);
  });

  it('are kept by the core: every bound is refused beyond, every default is in its range', () => {
    for (const op of engine.ops) {
      for (const { name, type, min, max, belowMax, default: given } of op.attributes) {
        if (typeof given === 'number') {
          expect(given).toBeGreaterThanOrEqual(min ?? -Infinity);
          expect(given).toBeLessThanOrEqual(max ?? Infinity);
        }
        const beyond = [
          ...(min === undefined ? [] : [min - 1]),
          ...(max === undefined ? [] : [belowMax ? max : max + 1]),
        ];
        for (const value of beyond) {
          const inputs = op.inputs.map((_, i) => `x${i}`);
          const nodes = [
            ...inputs.map((id) => ({ id, op: 'input', value: 1 })),
            { id: 'y', op: op.name, inputs, attrs: { [name]: type === 'integers' ? [value] : value } },
          ];
          expect(refusal(() => engine.graph({ format: 'backprop-graph', version: 1, nodes }))).toMatchObject({
            code: 'InvalidAttribute',
            message: expect.stringContaining(`"${name}"`) as string,
            nodes: ['y'],
          });
        }
      }
    }
  });

  it('variadic ops', () => {
    expect(engine.ops.filter(({ variadic }) => variadic).map(({ name }) => name)).toEqual(['concat']);
    const nodes = ['a', 'b', 'c'].map((id, i) => ({ id, op: 'input', value: [i, i] }));
    const joined = { id: 'y', op: 'concat', inputs: ['a', 'b', 'c', 'a'] };
    const graph = engine.graph({ format: 'backprop-graph', version: 1, nodes: [...nodes, joined] });
    graph.backward();
    expect([...graph.value('y').data]).toEqual([0, 0, 1, 1, 2, 2, 0, 0]);
    expect([...graph.grad('a').data]).toEqual([2, 2]);
    graph.dispose();
    for (const inputs of [['a'], Array<string>(17).fill('a')]) {
      const code = inputs.length === 1 ? 'WrongArity' : 'MalformedDocument';
      const refused = () =>
        engine.graph({ format: 'backprop-graph', version: 1, nodes: [...nodes, { ...joined, inputs }] });
      expect(refusal(refused).code).toBe(code);
    }
  });

  it('what backward reads', () => {
    expect(find('add')?.inputs.map(({ kept }) => kept)).toEqual([[], []]);
    expect(find('mul')?.inputs.map(({ kept }) => kept)).toEqual([['y'], ['x']]);
    expect(find('affine')?.inputs.map(({ kept }) => kept)).toEqual([['W'], ['X'], []]);
    expect(find('sigmoid')?.inputs[0]?.kept).toEqual(['y']);
    expect(find('relu')?.keeps).toBe('mask');
  });
});

describe('the glue', () => {
  it('makes no code at run time, so that the page can forbid it', () => {
    const glue = read('build/wasm-release/backprop.mjs');
    for (const made of [/new\s+Function\b/, /(?<![\w.])eval\s*\(/, /(?<![\w.])Function\s*\(/])
      expect(made.test(glue)).toBe(false);
  });
});

describe('loading', () => {
  it('takes the wasm as bytes', async () => {
    const wasmBinary = readFileSync(new URL('../../../build/wasm-release/backprop.wasm', import.meta.url));
    const other = await api.loadEngine({ wasmBinary });
    expect(other.ops).toEqual(engine.ops);
  });

  it('says where it looked when there is no wasm', async () => {
    const lost = new URL('./no-such-folder/backprop.wasm', import.meta.url);
    await expect(api.loadEngine({ wasmUrl: lost })).rejects.toMatchObject({
      code: 'LoadFailed',
      message: expect.stringContaining(lost.href) as string,
    });
    await expect(api.loadEngine({ wasmBinary: new Uint8Array(8) })).rejects.toMatchObject({ code: 'LoadFailed' });
  });

  it('says which browsers do when there is no SIMD', async () => {
    const validate = WebAssembly.validate;
    WebAssembly.validate = () => false;
    try {
      await expect(api.loadEngine()).rejects.toMatchObject({
        code: 'Unsupported',
        message: expect.stringContaining('SIMD') as string,
      });
    } finally {
      WebAssembly.validate = validate;
    }
  });

  it('gives engines that share nothing', async () => {
    const other = await api.loadEngine();
    const graph = other.graph(apple);
    graph.forward();
    graph.dispose();
    expect(engine.build).toEqual(other.build);
  });
});

describe('memory', () => {
  it('does not grow over a thousand graphs and networks opened and closed', async () => {
    const core = await loadCore();
    const handlers = makeHandlers(core, new Outbox(() => undefined));
    const once = async () => {
      const info = await handlers['graph.open'](apple);
      await handlers['graph.seek'](info.graph, info.steps);
      await handlers['graph.close'](info.graph);
      const network = core.networkCreate(
        '{"input":[64],"layers":[{"type":"affine","units":32}],"loss":"softmax_with_loss"}',
        1,
      );
      core.networkPredict(network, new Float32Array(64), 1);
      core.networkClose(network);
    };
    for (let i = 0; i < 20; i++) await once();
    const before = core.memory();
    expect(before.objects).toBe(0);
    for (let i = 0; i < 1000; i++) await once();
    expect(core.memory()).toEqual(before);
  }, 60_000);
});
