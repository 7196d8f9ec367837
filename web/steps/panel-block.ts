import type { Dictionary } from '../i18n/dictionary.ts';
import { formatShape } from '../page/format.ts';
import type { OpInfo, StepRecord } from '../shared/api.ts';
import type { GraphInfo } from '../shared/protocol.ts';
import {
  braced,
  catalogue,
  derivative,
  from,
  linear,
  type MathNode,
  mi,
  mn,
  mo,
  parens,
  row,
  tensorMath,
  transposed,
} from './math.ts';
import { type AnyTensor, anyRounded, count, multipliesOut, sameShape, shownShape, single } from './numbers.ts';
import type { Block, Large, Line, PanelRequest } from './panel-model.ts';
import { fill, textOf, type TextRole } from './rich-text.ts';

/** What a backward step sends along one slot: upstream × local in symbols, in numbers, and the result. Pure. */
export function backwardBlock(request: PanelRequest, op: OpInfo | undefined, record: StepRecord): Block {
  const { words, dictionary } = request;
  const slot = slotName(op, record.slot);
  const output = op?.output ?? 'y';
  const { contribution } = record;
  const left = derivative('L', slot);
  const lines: Line[] = [{ kind: 'symbols', left, sign: '=', right: symbols(request, op, record) }];
  const numbers = numbersLine(request, record);
  const written = contribution === null ? null : tensorMath(contribution);
  const large: Large[] = [];
  if (numbers !== null) lines.push({ kind: 'numbers', left: null, sign: '=', right: numbers });
  else large.push(...factors(op, record));
  if (written !== null) {
    const sign = isPassedOn(record) || multipliesOut(record.upstream, record.local, contribution) ? '=' : '≈';
    lines.push({ kind: 'result', left: null, sign, right: written, filled: 'grad' });
  } else if (contribution !== null) {
    large.push({ name: left, tensor: contribution, role: 'grad' });
  }
  const sum = sumLine(record);
  if (sum !== null) lines.push(sum);
  const local = isProduct(record) ? null : catalogue(op, 'local', record.slot);
  return {
    title: textOf(fill(dictionary.steps.to, { to: words.phrase(record.to) })),
    node: record.to,
    rule: local === null ? null : row(linear(output, slot), mo('='), local),
    lines,
    large,
    notes: notes(dictionary, record),
  };
}

const slotName = (op: OpInfo | undefined, slot: number): string => op?.inputs[slot]?.name ?? 'x';
/** A product of matrices, where a local derivative ∂z/∂x has no short form but the transposed factor. */
const isProduct = ({ combine }: StepRecord): boolean => combine === 'left' || combine === 'right';
const isTensor = (tensor: AnyTensor | null): boolean => tensor !== null && count(tensor.shape) > 1;
/** A single number times a tensor is an ordinary product. */
const isElementwise = ({ upstream, local }: StepRecord): boolean => isTensor(upstream) && isTensor(local);
/** Times 1: the same numbers, whatever digits are shown. */
const isPassedOn = (record: StepRecord): boolean => record.combine === 'sum' && sameAsUpstream(record);
const sameAsUpstream = ({ upstream, contribution }: StepRecord): boolean =>
  upstream !== null && contribution !== null && sameShape(upstream.shape, contribution.shape);

/** ∂z/∂x; for a product of matrices the other factor, transposed. */
function localSymbol(op: OpInfo | undefined, record: StepRecord): MathNode {
  if (isProduct(record)) return transposed(mi(slotName(op, 1 - record.slot)));
  return derivative(op?.output ?? 'y', slotName(op, record.slot));
}

/** ∂L/∂z × ∂z/∂x with their names under braces, or the op's own formula where there is no such product. */
function symbols({ dictionary }: PanelRequest, op: OpInfo | undefined, record: StepRecord): MathNode {
  const { steps } = dictionary;
  const factor = (node: MathNode, word: string, tensor: AnyTensor | null): MathNode =>
    braced(node, word, ...(tensor !== null && isTensor(tensor) ? [formatShape(shownShape(tensor.shape))] : []));
  const upstream = factor(derivative('L', op?.output ?? 'y'), steps.upstream, record.upstream);
  const local = factor(localSymbol(op, record), steps.local, record.local);
  const own = catalogue(op, 'backward', record.slot);
  switch (record.combine) {
    case 'right':
      return row(upstream, mo('·'), local);
    case 'left':
      return row(local, mo('·'), upstream);
    case 'times':
      return row(upstream, mo(isElementwise(record) ? '⊙' : '×'), local);
    case 'sum':
      return sameAsUpstream(record) ? row(upstream, mo('×'), local) : row(mo('∑'), upstream);
    case 'reshape':
    case 'rule':
    case 'none':
    case null:
      return own ?? upstream;
  }
}

/** The factors as numbers; null where one of them is too large to write or there is no product. */
function numbersLine({ info, words }: PanelRequest, record: StepRecord): MathNode | null {
  const { upstream, local, combine } = record;
  const up = upstream === null ? null : tensorMath(upstream, 'grad');
  if (upstream === null || up === null) return null;
  const first = from(record.node, words.full(record.node), up);
  if (combine === 'sum') return sameAsUpstream(record) ? row(first, mo('×'), mn(1)) : row(mo('∑'), first);
  if (local === null) return null;
  const origin = localOrigin(info, record);
  const number = tensorMath(local, origin.role);
  if (number === null) return null;
  const second = from(origin.id, words.full(origin.id), (single(local) ?? 0) < 0 ? parens(number) : number);
  if (combine === 'left') return row(second, mo('·'), first);
  if (combine === 'right') return row(first, mo('·'), second);
  return row(first, mo(isElementwise(record) ? '⊙' : '×'), second);
}

/** The factors as pictures. */
function factors(op: OpInfo | undefined, record: StepRecord): Large[] {
  const result: Large[] = [];
  if (record.upstream !== null && tensorMath(record.upstream) === null) {
    result.push({ name: derivative('L', op?.output ?? 'y'), tensor: record.upstream, role: 'grad' });
  }
  if (record.local !== null && tensorMath(record.local) === null) {
    result.push({ name: localSymbol(op, record), tensor: record.local, role: 'fwd' });
  }
  return result;
}

/** Where a local derivative comes from: in a product, the other input; elsewhere the node itself. */
function localOrigin(info: GraphInfo, record: StepRecord): { id: string; role: TextRole } {
  const node = info.nodes.find(({ id }) => id === record.node);
  const swaps = node?.op === 'mul' || isProduct(record);
  const other = swaps ? node?.inputs[1 - record.slot] : undefined;
  const kind = info.nodes.find(({ id }) => id === other)?.kind;
  if (other === undefined) return { id: record.node, role: 'fwd' };
  return { id: other, role: kind === 'parameter' ? 'param' : 'fwd' };
}

/** before + contribution = after, where gradients meet. */
function sumLine({ before, contribution, after }: StepRecord): Line | null {
  if (before === null || contribution === null || after === null) return null;
  const earlier = tensorMath(before, 'grad');
  const now = tensorMath(contribution, 'grad');
  const total = tensorMath(after);
  if (earlier === null || now === null || total === null) return null;
  const right = row(earlier, mo('+'), (single(contribution) ?? 0) < 0 ? parens(now) : now);
  const sign = anyRounded([before, contribution, after]) ? '≈' : '=';
  return {
    kind: 'sum',
    left: null,
    sign: '=',
    right: row(right, mo(sign), { tag: 'mrow', children: [total], filled: 'grad' }),
  };
}

function notes({ steps }: Pick<Dictionary, 'steps'>, record: StepRecord): string[] {
  const { combine, upstream, contribution, before } = record;
  const result: string[] = [];
  if (combine === 'times' && isElementwise(record)) result.push(steps.eachElement);
  const reduced = upstream !== null && contribution !== null && count(contribution.shape) < count(upstream.shape);
  if ((combine === 'times' || combine === 'sum') && reduced) {
    result.push(steps.addedUp.replace('{shape}', formatShape(contribution.shape)));
  }
  if (combine === 'reshape' && contribution !== null) {
    result.push(steps.sameNumbers.replace('{shape}', formatShape(contribution.shape)));
  }
  if (before !== null) result.push(steps.meeting);
  return result;
}
