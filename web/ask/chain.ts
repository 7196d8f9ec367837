import { formatShape } from '../page/format.ts';
import type { GraphPath, Tensor } from '../shared/api.ts';
import { type MathNode, mi, mn, mo, parens, row, sub, fraction, tensorMath, words } from '../steps/math.ts';
import { type AnyTensor, isRounded, shownShape, single } from '../steps/numbers.ts';

/** Longer names do not fit a fraction: then the nodes of a path are x, z₁, z₂, …, L, in the order of its route. */
const longest = 4;

/** ∂L/∂z · ∂z/∂x along a path, from its far end back to its start. Pure. */
export function pathSymbols(path: GraphPath, label: (id: string) => string): MathNode {
  const { nodes } = path;
  const last = nodes.length - 1;
  const areShort = nodes.every((id) => label(id).length <= longest);
  const letter = (k: number): MathNode => {
    if (areShort) return mi(label(nodes[k] ?? ''));
    if (k === 0) return mi('x');
    if (k === last) return mi('L');
    return last === 2 ? mi('z') : sub(mi('z'), mn(k));
  };
  const part = (over: number, under: number): MathNode =>
    fraction(row(mo('∂'), letter(over)), row(mo('∂'), letter(under)));
  const factors: MathNode[] = [];
  for (let k = last; k > 0; k -= 1) {
    if (factors.length > 0) factors.push(mo('×'));
    factors.push(part(k, k - 1));
  }
  return row(...factors);
}

/** The same with its numbers: seed × local × local. Tensors stand there by their shapes. Pure. */
export function pathNumbers(path: GraphPath, seed: AnyTensor | null, rule: string): MathNode {
  const factors: MathNode[] = seed === null ? [] : [written(seed, rule)];
  for (const local of [...path.locals].reverse()) {
    if (factors.length > 0) factors.push(mo('×'));
    factors.push(written(local, rule));
  }
  return row(...factors);
}

function written(tensor: AnyTensor | null, rule: string): MathNode {
  if (tensor === null) return words(rule);
  const number = single(tensor);
  if (number === null) return words(formatShape(shownShape(tensor.shape)));
  return number < 0 ? parens(mn(number, 'fwd')) : mn(number, 'fwd');
}

/** What a path brings back; a tensor that is too large stands there by its shape. */
export const pathResult = (product: Tensor): MathNode =>
  tensorMath(product, 'grad') ?? words(formatShape(shownShape(product.shape)));

/** Whether all that is shown of a path are exact numbers. */
export const isExact = (path: GraphPath): boolean =>
  ![path.product, ...path.locals].some((tensor) => tensor?.data.some(isRounded) ?? true);

/** Whether every factor of a path is a single number, so that the order does not matter. */
export const isScalar = (path: GraphPath): boolean =>
  path.locals.every((local) => local !== null && single(local) !== null) && single(path.product) !== null;
