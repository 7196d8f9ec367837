import type { TextRole } from './rich-text.ts';
import { fraction, from, type MathNode, mi, mn, mo, parens, power, row, symbol, tensorMath } from './math.ts';
import type { AnyTensor } from './numbers.ts';

/** What arrives at a slot: its value, and its symbol for where the value is too large to write. */
export interface Operand {
  readonly id: string;
  readonly name: string;
  readonly value: AnyTensor | null;
  readonly role: TextRole;
}

/** The result of an op with the numbers put in: "100 × 2". Tensors that are too large stand there by name. */
export function expression(op: string, operands: readonly Operand[], slots: readonly string[]): MathNode {
  const at = (slot: number): MathNode => written(operands[slot], slots[slot] ?? '');
  /** As a factor: a negative number needs parentheses. */
  const factor = (slot: number): MathNode => (isNegative(operands[slot]) ? parens(at(slot)) : at(slot));
  // Of so many, all numbers would be wider than any table: each stands there by name.
  const named = (slot: number): MathNode => written({ ...operands[slot]!, value: null }, slots[slot]!);
  const isWide = operands.length > 3 && slots.length === operands.length;
  const call = (name: string): MathNode => {
    const inner = operands
      .map((_, slot) => (isWide ? named(slot) : at(slot)))
      .flatMap((node, i) => (i === 0 ? [node] : [mo(','), node]));
    return row(mi(name), parens(row(...inner)));
  };
  switch (op) {
    case 'add':
      return row(at(0), mo('+'), factor(1));
    case 'sub':
      return row(at(0), mo('−'), factor(1));
    case 'mul':
      return row(factor(0), mo('×'), factor(1));
    case 'div':
      return fraction(at(0), at(1));
    case 'neg':
      return row(mo('−'), factor(0));
    case 'pow':
      return power(factor(0), at(1));
    case 'square':
      return power(factor(0), mn(2));
    case 'exp':
      return power(mi('e'), at(0));
    case 'log':
      return row(mi('ln'), parens(at(0)));
    case 'sqrt':
      return row(mo('√'), parens(at(0)));
    case 'abs':
      return row(mo('|'), at(0), mo('|'));
    case 'relu':
      return row(mi('max'), parens(row(at(0), mo(','), mn(0))));
    case 'sum':
      return row(mo('∑'), at(0));
    case 'matmul':
      return row(at(0), mo('·'), at(1));
    case 'affine':
      return row(at(0), mo('·'), at(1), mo('+'), at(2));
    case 'softmax_with_loss':
    case 'sigmoid_with_loss':
    case 'mean_squared_error':
      return call('L');
    default:
      return call(op);
  }
}

function written(operand: Operand | undefined, slot: string): MathNode {
  if (operand === undefined) return symbol(slot);
  const numbers = operand.value === null ? null : tensorMath(operand.value, operand.role);
  return from(operand.id, operand.name, numbers ?? symbol(slot, operand.role));
}

const isNegative = (operand: Operand | undefined): boolean =>
  operand?.value?.data?.length === 1 && (operand.value.data[0] ?? 0) < 0;
