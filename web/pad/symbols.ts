/** Symbols for the nodes of a network's graph, as the book writes them: x, a₁, h, a₂, t, L. The same in every language. */
import type { GraphInfo } from '../shared/protocol';

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
const subscript = (index: number): string => [...String(index)].map((digit) => SUBSCRIPTS[Number(digit)]).join('');

const ACTIVATIONS = new Set(['relu', 'sigmoid', 'tanh']);
const PARAMETERS: Readonly<Record<string, string>> = { weight: 'W', bias: 'b' };

/** Scores of the k-th affine layer are aₖ, outputs of the k-th activation hₖ (h where there is only one). */
export function networkSymbols(info: Pick<GraphInfo, 'nodes' | 'output'>): (id: string) => string {
  const symbols = new Map<string, string>();
  const activations = info.nodes.filter((node) => ACTIVATIONS.has(node.op)).length;
  let affine = 0;
  let activation = 0;
  for (const node of info.nodes) {
    if (node.id === info.output) {
      symbols.set(node.id, 'L');
    } else if (node.op === 'affine') {
      affine += 1;
      symbols.set(node.id, `a${subscript(affine)}`);
    } else if (ACTIVATIONS.has(node.op)) {
      activation += 1;
      symbols.set(node.id, activations === 1 ? 'h' : `h${subscript(activation)}`);
    }
  }
  return (id) => symbols.get(id) ?? parameterSymbol(id) ?? id;
}

/** `affine2.weight` → W₂. */
function parameterSymbol(id: string): string | null {
  const [, index, kind] = /^affine(\d+)\.(weight|bias)$/.exec(id) ?? [];
  const letter = kind && PARAMETERS[kind];
  return letter && index ? `${letter}${subscript(Number(index))}` : null;
}
