import { expect, it } from 'vitest';
import { build } from '../../../web/expression/build';
import { claimsOf, judge, type ClaimEngine } from '../../../web/expression/claims';
import { engine } from '../engine/support/engine';
import { ops } from './support';

const real: ClaimEngine = {
  gradients: async (document, ids) => {
    const graph = engine.graph(document);
    graph.backward();
    const result = ids.map((id) => graph.grad(id).data[0] ?? NaN);
    graph.dispose();
    return Promise.resolve(result);
  },
  values: async (document, ids) => {
    const graph = engine.graph(document);
    graph.forward();
    const result = ids.map((id) => graph.value(id).data[0] ?? NaN);
    graph.dispose();
    return Promise.resolve(result);
  },
};

const verdicts = async (source: string) =>
  Promise.all(claimsOf(build(source, { ops }).program, { ops }).map((claim) => judge(claim, real)));

it.each([
  ["f(x) = x^2 + 3x; f'(x) = 2x + 3; z = f(a)", 'f′(x)'],
  ['f(x) = x^2 + 3x; df/dx = 2x + 3; z = f(a)', '∂f/∂x'],
  ['f(x, y) = x^2 × y; ∂f/∂y = x^2; f(a, b)', '∂f/∂y'],
  ['f(x, y) = x^2 × y; ∂f/∂u(u, v) = 2u × v; f(a, b)', '∂f/∂u'],
  ["g(u) = k × u; g'(u) = k; k = 7; g(a)", 'g′(u)'],
  ["f(x) = 3x; f'(x) = 3; f(a)", 'f′(x)'],
  ["f(x) = x; f'(x) = 1; f(a) + 1", 'f′(x)'],
  ["s(x) = 1/(1 + exp(-x)); s'(x) = s(x) × (1 - s(x)); s(a)", 's′(x)'],
  ["f(x) = ln(x); f'(x) = 1/x; f(a)", 'f′(x)'],
])('%s is right', async (source, title) => {
  const [verdict] = await verdicts(source);
  expect(verdict).toMatchObject({ title, agrees: true, differs: null });
});

it.each([
  ["f(x) = x^2 + 3x; f'(x) = 2x; z = f(a)", -1.75, -3.5, -0.5],
  ["f(x) = relu(x); f'(x) = 1; f(a)", -1.75, 1, 0],
])('%s is wrong, and where', async (source, x, claimed, truth) => {
  const [verdict] = await verdicts(source);
  expect(verdict?.agrees).toBe(false);
  expect(verdict?.differs?.x).toBe(x);
  expect(verdict?.differs?.claimed).toBeCloseTo(claimed, 12);
  expect(verdict?.differs?.engine).toBeCloseTo(truth, 12);
});

it('compares only where the function is defined', async () => {
  const [verdict] = await verdicts("f(x) = ln(x); f'(x) = 1/x; f(a)");
  expect(verdict?.compared).toBeLessThanOrEqual(5);
  expect(verdict?.compared).toBeGreaterThanOrEqual(3);
});

it('says nothing about functions of arrays', async () => {
  const [verdict] = await verdicts("f(x) = softmax(x); f'(x) = x; f([1, 2])");
  expect(verdict?.agrees).toBeNull();
});
