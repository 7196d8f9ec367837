import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { NetworkSpec, Tensor } from '../../../web/engine';
import { presets } from '../../../web/presets';
import { engine } from './support/engine';

// The command line is the same engine built natively: what it prints is what the page shows. Natively Eigen multiplies the
// matrices and another C library computes exp, so the last digits may differ.

const PROGRAM = resolve(import.meta.dirname, '../../../build/native-debug/bin/backprop');
const built = existsSync(PROGRAM);
if (!built) console.warn(`skipped: there is no native build at ${PROGRAM} (npm test -- library makes it)`);

const folder = mkdtempSync(join(tmpdir(), 'backprop-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function run(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(PROGRAM, args, { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

function expectNear(ours: ArrayLike<number>, theirs: ArrayLike<number>, tolerance: number, what: string): void {
  expect(theirs.length, what).toBe(ours.length);
  for (let i = 0; i < ours.length; i++) {
    const scale = Math.max(1, Math.abs(ours[i] as number));
    expect(Math.abs((ours[i] as number) - (theirs[i] as number)) / scale, `${what}[${i}]`).toBeLessThanOrEqual(
      tolerance,
    );
  }
}

interface Printed {
  nodes: { id: string; value: Tensor | null; grad: Tensor | null }[];
}

describe.skipIf(!built)('the command line', { timeout: 120_000 }, () => {
  it.each(presets.map(({ id, document }) => [id, document] as const))('runs %s as the page does', (id, document) => {
    const { code, out } = run('run', file(`${id}.json`, JSON.stringify(document)), '--json');
    expect(code).toBe(0);
    const graph = engine.graph(document);
    graph.backward();
    for (const node of (JSON.parse(out) as Printed).nodes) {
      if (node.value) expectNear(graph.value(node.id).data, node.value.data, 1e-13, `value of ${node.id}`);
      if (node.grad) expectNear(graph.grad(node.id).data, node.grad.data, 1e-13, `gradient of ${node.id}`);
    }
    graph.dispose();
  });

  it('checks gradients as the page does', () => {
    const { document } = presets.find(({ id }) => id === 'softmax-with-loss') ?? presets[0]!;
    const { code, out } = run('gradcheck', file('check.json', JSON.stringify(document)), '--json');
    expect(code).toBe(0);
    const graph = engine.graph(document);
    const ours = graph.checkGradients();
    const theirs = JSON.parse(out) as { node: string; agrees: boolean; analytic: Tensor }[];
    expect(theirs.map(({ node }) => node)).toEqual(ours.map(({ node }) => node));
    ours.forEach(({ analytic, node }, i) => expectNear(analytic.data, theirs[i]?.analytic.data ?? [], 1e-13, node));
    graph.dispose();
  });

  it('trains to the weights that the page trains to, and evaluates them alike', async () => {
    const spec: NetworkSpec = {
      input: [784],
      layers: [{ type: 'affine', units: 16 }, { type: 'relu' }, { type: 'affine', units: 10 }],
      loss: 'softmax_with_loss',
    };
    const count = 300;
    const digits = engine.handwriting({ seed: 3, count });
    const idx = (shape: number[], data: Uint8Array) => {
      const header = Buffer.alloc(4 + 4 * shape.length);
      header.set([0, 0, 8, shape.length]);
      shape.forEach((extent, i) => header.writeUInt32BE(extent, 4 + 4 * i));
      return Buffer.concat([header, data]);
    };
    const data = [
      '--images',
      file('i', idx([count, 28, 28], digits.images)),
      '--labels',
      file('l', idx([count], digits.labels)),
    ];
    const out = join(folder, 'w.safetensors');
    const how = [
      '--optimizer',
      'adam',
      '--learning-rate',
      '0.005',
      '--batch',
      '50',
      '--iterations',
      '40',
      '--seed',
      '7',
    ];
    const { code, err } = run(
      'train',
      file('spec.json', JSON.stringify(spec)),
      ...data,
      ...how,
      '--init-seed',
      '4',
      '--out',
      out,
    );
    expect(err).toBe('');
    expect(code).toBe(0);

    const network = engine.network(spec, { seed: 4 });
    const dataset = { ...digits, count, shape: [28, 28] };
    await network.train(dataset, { optimizer: 'adam', learningRate: 0.005, batchSize: 50, iterations: 40, seed: 7 });
    const native = engine.loadNetwork(new Uint8Array(readFileSync(out)).buffer);
    const weights = native.weights();
    for (const [name, { data: ours }] of Object.entries(network.weights()))
      expectNear(ours, weights[name]?.data ?? [], 2e-3, name);

    const printed = JSON.parse(run('evaluate', out, ...data, '--json').out) as { accuracy: number; loss: number };
    const ours = native.evaluate(dataset);
    expect(printed.accuracy).toBeCloseTo(ours.accuracy, 6);
    expect(printed.loss).toBeCloseTo(ours.loss, 4);
    network.dispose();
    native.dispose();
  });

  it('refuses with the core’s sentence and an exit code', () => {
    const bad = run('check', file('bad.json', '{"format": "backprop-graph", "version": 1, "nodes": []}'));
    expect(bad.code).toBe(1);
    expect(bad.err).toMatch(/^MalformedDocument: .*no nodes/);
    expect(run('check', join(folder, 'nowhere.json'))).toMatchObject({ code: 1 });
    expect(run('train', 'TwoLayerNet')).toMatchObject({ code: 2 });
    expect(run('fly').code).toBe(2);
    expect(run('run', 'x', '--depth', '3').err).toContain('--depth');
    expect(run('help').out).toContain('backprop train SPEC');
  });
});
