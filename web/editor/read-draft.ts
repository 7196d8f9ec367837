import type { DocumentNode } from '../shared/api.ts';
import type { Draft } from './draft.ts';

/**
 * Drafts and nodes that come from storage or the clipboard: anyone's text. Here they are bounded and given their types; whether
 * they are a graph, the core decides. What has no place in a document is dropped.
 */
export const mostBytes = 4 << 20;
const mostNodes = 20_000;
const mostInputs = 64;
const deepest = 4;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 4096;
const isPlace = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every((x) => typeof x === 'number' && Number.isFinite(x));

function isNumbers(value: unknown, depth = 0): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return Array.isArray(value) && depth < deepest && value.every((each) => isNumbers(each, depth + 1));
}

function isAttributes(value: unknown): value is NonNullable<DocumentNode['attrs']> {
  return (
    isObject(value) &&
    Object.values(value).every(
      (each) => ['number', 'boolean', 'string'].includes(typeof each) || (isNumbers(each) && Array.isArray(each)),
    )
  );
}

/** What an opened node was before. */
function isClosed(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { op, inputs, attrs, label, group } = value;
  return (
    isText(op) &&
    Array.isArray(inputs) &&
    inputs.length <= mostInputs &&
    inputs.every(isText) &&
    (attrs === undefined || isAttributes(attrs)) &&
    [label, group].every((text) => text === undefined || isText(text))
  );
}

export function readNode(value: unknown): DocumentNode | null {
  if (!isObject(value)) return null;
  const { id, op, inputs, attrs, label, group, note, position, closed } = value;
  if (!isText(id) || id === '' || !isText(op)) return null;
  if (inputs !== undefined && !(Array.isArray(inputs) && inputs.length <= mostInputs && inputs.every(isText)))
    return null;
  if (value['value'] !== undefined && !isNumbers(value['value'])) return null;
  if (attrs !== undefined && !isAttributes(attrs)) return null;
  for (const text of [label, group, note]) if (text !== undefined && !isText(text)) return null;
  if (position !== undefined && !isPlace(position)) return null;
  if (closed !== undefined && !isClosed(closed)) return null;
  return Object.fromEntries(
    Object.entries({ id, op, inputs, value: value['value'], attrs, label, group, note, position, closed }).filter(
      ([, each]) => each !== undefined,
    ),
  ) as unknown as DocumentNode;
}

export function readNodes(value: unknown): DocumentNode[] | null {
  if (!Array.isArray(value) || value.length > mostNodes) return null;
  const nodes = value.map(readNode);
  if (!nodes.every((node) => node !== null)) return null;
  return new Set(nodes.map(({ id }) => id)).size === nodes.length ? nodes : null;
}

/** A draft from a value of unknown origin, or null. */
export function readDraft(value: unknown): Draft | null {
  if (!isObject(value) || value['format'] !== 'backprop-graph' || value['version'] !== 1) return null;
  const nodes = readNodes(value['nodes']);
  if (nodes === null) return null;
  const { output, seed, title, note } = value;
  for (const text of [output, title, note]) if (text !== undefined && !isText(text)) return null;
  if (seed !== undefined && !isNumbers(seed)) return null;
  const rest = Object.fromEntries(
    Object.entries({ output, seed, title, note }).filter(([, each]) => each !== undefined),
  );
  return { format: 'backprop-graph', version: 1, nodes, ...rest };
}

/** The same from text, or null: too long, no JSON, no draft. */
export function parseDraft(text: string): Draft | null {
  if (text.length > mostBytes) return null;
  try {
    return readDraft(JSON.parse(text));
  } catch {
    return null;
  }
}
