import { BackpropError, type GraphDocument, type NetworkPresetOptions, type NetworkSpec } from '../shared/api';
import { invalid } from './invalid';

/**
 * A document or spec as the text that the core reads and validates. Refuses what JSON would change in silence: NaN and
 * infinities (they would arrive as null), and values that are no data at all.
 */
export function toJson(
  document: GraphDocument | NetworkSpec | NetworkPresetOptions,
  what: 'graph document' | 'network spec' | 'options of a network',
): string {
  try {
    const text: string | undefined = JSON.stringify(document);
    if (text !== undefined) {
      // What is not finite has become null; looking at every value is only worth it where there is one.
      if (text.includes('null')) refuseNonFinite(document, what);
      return text;
    }
  } catch (cause) {
    if (cause instanceof BackpropError) throw cause;
    throw malformed(what, cause instanceof Error ? cause.message : String(cause));
  }
  throw malformed(what, `it is ${typeof document}`);
}

function refuseNonFinite(document: object, what: string): void {
  const path = new Map<unknown, string>();
  JSON.stringify(document, function (this: unknown, key, value: unknown) {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      const place = placeOf(path, this, key);
      throw invalid(`${what}: ${place} is ${value}; wanted a finite number.`);
    }
    if (typeof value === 'object' && value !== null) path.set(value, placeOf(path, this, key));
    return value;
  });
}

/** `nodes[2].value` */
function placeOf(path: ReadonlyMap<unknown, string>, holder: unknown, key: string): string {
  const parent = path.get(holder) ?? '';
  if (key === '') return parent;
  if (Array.isArray(holder)) return `${parent}[${key}]`;
  return parent === '' ? key : `${parent}.${key}`;
}

function malformed(what: string, reason: string): BackpropError {
  return new BackpropError({
    code: 'MalformedDocument',
    message: `The ${what} cannot be written as JSON: ${reason}. Give plain objects, arrays, numbers and strings.`,
    nodes: [],
  });
}
