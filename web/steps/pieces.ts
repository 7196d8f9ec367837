import type { MathNode } from './math.ts';

/** Before these a long line breaks. */
const breaks = /^[=≈+−×·⊙]$/;

const hasCatalogue = (node: MathNode): boolean =>
  node.tag === 'catalogue' || ('children' in node && node.children.some(hasCatalogue));
const isTall = (node: MathNode): boolean =>
  'children' in node && ((node.tag === 'mtable' && node.children.length > 1) || node.children.some(isTall));
/** A row that says nothing but the order of its parts. */
const isPlainRow = (node: MathNode): boolean =>
  node.tag === 'mrow' &&
  !node.role &&
  node.origin === undefined &&
  !node.filled &&
  !node.missing &&
  // A number and its sign.
  node.children.some(({ tag }) => tag !== 'mn' && tag !== 'mo');

/** A minus with nothing before it is a sign. */
const isTerm = (node: MathNode | undefined): boolean =>
  node !== undefined && (node.tag !== 'mo' || /^[)\]|]$/.test(node.text));

/**
 * A formula as parts that stand side by side, each a `math` element of its own: browsers break no line inside one, but between them. A part
 * begins with an operator; formulas of the catalogue are parts as they are. Brackets round what is taller than a line stay whole, so that
 * they grow with it.
 */
export function pieces(formula: MathNode): MathNode[] {
  const result: MathNode[] = [];
  let group: MathNode[] = [];
  let last: MathNode | undefined;
  const close = (): void => {
    if (group.length > 0) result.push(group.length === 1 ? group[0]! : { tag: 'mrow', children: group });
    group = [];
  };
  const add = (node: MathNode): void => {
    if (node.tag === 'catalogue') {
      close();
      result.push(node);
    } else if (hasCatalogue(node) || (isPlainRow(node) && !isTall(node))) {
      if ('children' in node) node.children.forEach(add);
      return;
    } else if (node.tag === 'mo' && breaks.test(node.text) && isTerm(last)) {
      close();
      group.push({ ...node, infix: true });
    } else group.push(node);
    last = node;
    if (node.tag === 'mo' && node.text === ',') close();
  };
  add(formula);
  close();
  return result;
}
