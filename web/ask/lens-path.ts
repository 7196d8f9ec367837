import type { GraphInfo } from '../shared/protocol.ts';
import { elementName } from '../steps/cells.ts';

/** One number of a graph: an element of a node's value or gradient. */
export interface Element {
  readonly id: string;
  readonly of: 'value' | 'grad';
  readonly index: readonly number[];
}

/** Deeper than this nobody looks, and a link does not ask for it. */
export const deepest = 12;

/** How a chain of lenses stands in the address: `value:0,1:Y|grad:0,1:h`. */
export const encodeLenses = (path: readonly Element[]): string =>
  path.map(({ id, of, index }) => `${of}:${index.join(',')}:${encodeURIComponent(id)}`).join('|');

/** What an address asks for; broken parts and what follows them are left out. Whether such elements exist, the engine says. */
export function decodeLenses(text: string | undefined): Element[] {
  const path: Element[] = [];
  if (text === undefined || text === '') return path;
  for (const part of text.split('|', deepest)) {
    const match = /^(value|grad):((?:\d{1,9},?)*):(.+)$/s.exec(part);
    if (match === null) break;
    const [, of = '', index = '', name = ''] = match;
    try {
      const id = decodeURIComponent(name);
      path.push({ id, of: of === 'grad' ? 'grad' : 'value', index: index === '' ? [] : index.split(',').map(Number) });
    } catch {
      break;
    }
  }
  return path;
}

/** The element that a leaf of a lens stands for, by the name that the core gave it: `W[3, 1]`, `∂Y[0, 1]`. Null for other numbers. */
export function elementOf(name: string, info: GraphInfo): Element | null {
  const isGradient = name.startsWith('∂');
  const rest = isGradient ? name.slice(1) : name;
  for (const { id, shape } of info.nodes) {
    if (!rest.startsWith(id)) continue;
    const place = rest.slice(id.length);
    const numbers = place === '' ? '' : /^\[(\d+(?:, \d+)*)\]$/.exec(place)?.[1];
    if (numbers === undefined) continue;
    const index = numbers === '' ? [] : numbers.split(', ').map(Number);
    if (index.length !== shape.length) continue;
    return { id, of: isGradient ? 'grad' : 'value', index };
  }
  return null;
}

/** Whether something made the element, so that it can be unfolded: the result of an operator, or any gradient but the seed. */
export function isMade({ id, of }: Element, info: GraphInfo): boolean {
  const node = info.nodes.find((one) => one.id === id);
  if (node === undefined) return false;
  return of === 'value' ? node.kind === 'operator' : id !== info.output && node.gradStep !== null;
}

/** `Y[0, 1]`, `∂Y[0, 1]`, with the node's name in the reader's language. */
export const elementText = ({ id, of, index }: Element, label: (id: string) => string): string =>
  `${of === 'grad' ? '∂' : ''}${elementName(label(id), index)}`;
