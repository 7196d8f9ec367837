import { parse } from './parse.ts';
import type { Statement } from './types.ts';

type FunctionStatement = Extract<Statement, { kind: 'function' }>;

/** Functions that people bring along and that are no ops: written in the language itself, and drawn as blocks of primitives. */
const SOURCES: Readonly<Record<string, string>> = {
  tan: 'tan(x) = sin(x) / cos(x)',
  sinh: 'sinh(x) = (exp(x) - exp(-x)) / 2',
  cosh: 'cosh(x) = (exp(x) + exp(-x)) / 2',
  log2: `log2(x) = log(x) / ${Math.LN2}`,
  log10: `log10(x) = log(x) / ${Math.LN10}`,
  silu: 'silu(x) = x * sigmoid(x)',
  swish: 'swish(x) = x * sigmoid(x)',
  norm: 'norm(x) = sqrt(sum(x^2))',
  sum_squared_error: 'sum_squared_error(y, t) = 0.5 * sum((y - t)^2)',
  binary_cross_entropy: 'binary_cross_entropy(y, t) = -mean(t * log(y) + (1 - t) * log(1 - y))',
};

/** Names and parameters, for completion. */
export const preludeSignatures: readonly { readonly name: string; readonly signature: string }[] = Object.entries(
  SOURCES,
).map(([name, source]) => ({ name, signature: source.slice(0, source.indexOf(' =')) }));

/** The definition of a function that a program uses without defining it. */
export function preludeFunction(name: string): FunctionStatement | undefined {
  const source = Object.hasOwn(SOURCES, name) ? SOURCES[name] : undefined;
  const [statement] = source === undefined ? [] : parse(source).statements;
  return statement?.kind === 'function' ? statement : undefined;
}
