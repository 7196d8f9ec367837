import type { OpInfo } from '../shared/api.ts';
import { type Letters, type MathNode, shownName, slotName, symbol } from './math.ts';
import type { Block, Panel, PanelRequest } from './panel-model.ts';

/** A name that stands in a formula as it is: one letter of any script, and an index. */
const short = /^\p{L}\p{M}*\d{0,2}$/u;
/** Letters for what has no name that is short, where the catalogue's own letter is the name of another node. */
const spare = { lower: 'uvwpqrsabcdgh', upper: 'UVPQRSABCDGH', target: 'JEC' } as const;

/** The letters of a formula that are neither slots nor results: indices, constants, what is defined on the way. */
function lettersIn({ formulas }: OpInfo): Set<string> {
  const sources = [formulas.value, ...formulas.local, ...formulas.backward].join(' ');
  return new Set(sources.replace(/\\(?:operatorname|text|mathrm)\{[^{}]*\}|\\[A-Za-z]+/g, ' ').match(/[A-Za-z]/g));
}

/**
 * What the letters of an op's formulas are called at one node: x, y and z of the catalogue become the names of this graph's nodes where those
 * are short. Elsewhere the catalogue's letters stay, unless another node has that name: a reader would take it for that one. Null where all
 * stay as they are. Pure.
 */
export function lettersAt({ info, words }: PanelRequest, id: string): Letters | null {
  const op = words.op(id);
  const node = info.nodes.find((other) => other.id === id);
  if (op === undefined || node === undefined) return null;
  const names = new Map(info.nodes.map((other) => [other.id, words.label(other.id)]));
  const slots = node.inputs.map((from, slot) => ({ letter: shownName(slotName(op, slot)), of: from }));
  const results = [{ letter: shownName(op.output), of: id }];
  const inside = lettersIn(op);
  for (const { letter } of [...slots, ...results]) inside.delete(letter);
  inside.delete('L');
  const used = new Set(inside);
  const taken = new Set(names.values());

  /** A node's own name, where it is short and means nothing else here. */
  const own = (of: string): string | null => {
    const name = names.get(of) ?? '';
    const twice = node.inputs.filter((input) => input === of).length > 1;
    return short.test(name) && !inside.has(name) && !twice ? name : null;
  };
  const other = (letter: string, of: string, pool: string): string => {
    const isFree = (name: string): boolean => !used.has(name) && (!taken.has(name) || names.get(of) === name);
    return [letter, ...pool].find(isFree) ?? letter;
  };
  const map = new Map<string, string>();
  const parts = [...slots, ...results];
  for (const { letter, of } of parts) {
    const name = own(of);
    if (name === null) continue;
    map.set(letter, name);
    used.add(name);
  }
  for (const { letter, of } of parts) {
    if (map.has(letter)) continue;
    const name = other(letter, of, /^\p{Lu}/u.test(letter) ? spare.upper : spare.lower);
    map.set(letter, name);
    used.add(name);
  }
  const atTarget = info.output === id ? (own(id) ?? map.get('L')) : own(info.output);
  const target = atTarget ?? other('L', info.output, spare.target);
  const isPlain = target === 'L' && [...map].every(([letter, name]) => letter === name);
  return isPlain ? null : new GraphLetters(map, target);
}

class GraphLetters implements Letters {
  readonly #map: ReadonlyMap<string, string>;
  readonly #target: string;

  constructor(map: ReadonlyMap<string, string>, target: string) {
    this.#map = map;
    this.#target = target;
  }

  /** In a formula as spoken text: "∂L/∂y x_1". What stands above in a derivative is the target. */
  inText(text: string): string {
    return text.replace(
      /(∂?)(?<!\p{L})(\p{L})(?:_?(\d+))?(?!\p{L})(\/∂)?/gu,
      (whole, partial: string, letter: string, index: string | undefined, over: string | undefined) => {
        if (partial && over && letter === 'L') return `∂${this.#target}${over}`;
        const name = this.#map.get(`${letter}${index ?? ''}`);
        return name === undefined ? whole : `${partial}${name}${over ?? ''}`;
      },
    );
  }

  /** In a formula that the build made. */
  inElement(element: Element): void {
    for (const mi of element.querySelectorAll('mi')) {
      const letter = mi.textContent;
      const isOver = mi.previousElementSibling?.textContent === '∂' && mi.closest('mfrac > :first-child') !== null;
      const index = mi.parentElement?.localName === 'msub' ? mi.nextElementSibling : null;
      const name =
        isOver && letter === 'L'
          ? this.#target
          : (this.#map.get(`${letter}${index?.textContent ?? ''}`) ??
            (index === null ? this.#map.get(letter) : undefined));
      if (name === undefined) continue;
      const [, base = name, digits = ''] = /^(\D+)(\d*)$/.exec(name) ?? [];
      mi.textContent = base + (index === null ? digits : '');
      if (index !== null && /^\d+$/.test(index.textContent)) index.textContent = digits;
    }
  }

  inMath(node: MathNode): MathNode {
    if (node.tag === 'catalogue') return { ...node, letters: this };
    if (node.tag === 'mi') return this.#named(node, node.text, node.role);
    if (!('children' in node)) return node;
    const [first, second] = node.children;
    if (node.tag === 'msub' && first?.tag === 'mi' && second?.tag === 'mn')
      return this.#named(node, `${first.text}${second.text}`, first.role);
    if (node.tag === 'mfrac' && first?.tag === 'mrow' && isPartial(first))
      return {
        ...node,
        children: [{ ...first, children: [first.children[0]!, symbol(this.#target)] }, this.inMath(second!)],
      };
    return { ...node, children: node.children.map((child) => this.inMath(child)) };
  }

  #named(node: MathNode, letter: string, role: Parameters<typeof symbol>[1]): MathNode {
    const name = this.#map.get(letter);
    return name === undefined || name === letter ? node : symbol(name, role);
  }
}

/** ∂L: what stands above in a derivative of the target. */
const isPartial = ({ children }: { readonly children: readonly MathNode[] }): boolean => {
  const [first, second] = children;
  return (
    children.length === 2 && first?.tag === 'mo' && first.text === '∂' && second?.tag === 'mi' && second.text === 'L'
  );
};

/** The panel of a step in the letters of its graph. Pure. */
export function inOwnLetters(panel: Panel, request: PanelRequest): Panel {
  const letters = lettersAt(request, panel.node);
  if (letters === null) return panel;
  const math = (node: MathNode): MathNode => letters.inMath(node);
  const orNull = (node: MathNode | null): MathNode | null => (node === null ? null : math(node));
  const named = <T extends { readonly name: MathNode }>(part: T): T => ({ ...part, name: math(part.name) });
  const block = (block: Block): Block => ({
    ...block,
    rule: orNull(block.rule),
    lines: block.lines.map((line) => ({ ...line, left: orNull(line.left), right: math(line.right) })),
    large: block.large.map(named),
    product: block.product && {
      left: named(block.product.left),
      right: named(block.product.right),
      bias: block.product.bias && named(block.product.bias),
      result: named(block.product.result),
    },
  });
  return { ...panel, value: orNull(panel.value), blocks: panel.blocks.map(block) };
}
