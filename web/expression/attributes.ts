import type { Attributes, OpInfo } from '../shared/api.ts';
import { fail } from './errors.ts';
import type { Expr, Span } from './types.ts';

interface Given extends Span {
  readonly name: string;
  readonly value: Expr;
}

/** The attributes of a call: names and types as the catalogue has them; their ranges are the core's. */
export function attributesOf(op: OpInfo, given: readonly Given[], call: Span): Attributes | undefined {
  const attributes: Record<string, number | boolean | readonly number[]> = {};
  for (const { name: written, value, at, length } of given) {
    const name = op.attributes.some((each) => each.name === written) ? written : (OTHER_NAMES.get(written) ?? written);
    const known = op.attributes.find((attribute) => attribute.name === name);
    if (known === undefined) {
      fail(
        'UnknownAttribute',
        { at, length },
        { name: written, op: op.name, known: op.attributes.map((each) => each.name).join(', ') },
      );
    }
    if (Object.hasOwn(attributes, name)) fail('AttributeTwice', { at, length }, { name });
    const read = valueOf(value, known.type);
    if (read === undefined) fail('AttributeValue', value, { name, op: op.name, type: known.type });
    attributes[name] = read;
  }
  const missing = op.attributes.find(({ name, required }) => required && !Object.hasOwn(attributes, name));
  if (missing !== undefined) fail('AttributeMissing', call, { name: missing.name, op: op.name });
  return given.length === 0 ? undefined : attributes;
}

/** What other libraries call them. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['dim', 'axis'],
  ['keepdim', 'keepdims'],
  ['negative_slope', 'alpha'],
  ['padding', 'pad'],
  ['kernel_size', 'size'],
]);

/** As JavaScript and as Python write it. */
export const booleanOf = (name: string): boolean | undefined =>
  /^[Tt]rue$/.test(name) ? true : /^[Ff]alse$/.test(name) ? false : undefined;

function valueOf(
  expr: Expr,
  type: OpInfo['attributes'][number]['type'],
): number | boolean | readonly number[] | undefined {
  const isInteger = (x: unknown): x is number => Number.isInteger(x);
  switch (type) {
    case 'boolean':
      return expr.kind === 'name' ? booleanOf(expr.name) : undefined;
    case 'number':
      return expr.kind === 'number' ? expr.value : undefined;
    case 'integer':
      return expr.kind === 'number' && isInteger(expr.value) ? expr.value : undefined;
    case 'integers':
      if (expr.kind === 'number') return isInteger(expr.value) ? expr.value : undefined;
      return expr.kind === 'tensor' && Array.isArray(expr.value) && expr.value.every(isInteger)
        ? expr.value
        : undefined;
  }
}
