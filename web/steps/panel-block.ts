import type { Dictionary } from '../i18n/dictionary.ts';
import { formatShape } from '../page/format.ts';
import type { OpInfo, StepRecord } from '../shared/api.ts';
import type { Frame, GraphInfo } from '../shared/protocol.ts';
import { facts } from './facts.ts';
import {
  braced,
  catalogue,
  derivative,
  from,
  linear,
  type MathNode,
  missing,
  mn,
  mo,
  parens,
  row,
  slotName,
  symbol,
  tensorMath,
  transposed,
} from './math.ts';
import { type AnyTensor, anyRounded, count, multipliesOut, sameShape, shownShape, single } from './numbers.ts';
import type { Block, Large, Line, PanelRequest, Source } from './panel-model.ts';
import { backwardProduct } from './product.ts';
import { fill, textOf, type TextRole } from './rich-text.ts';

/** What a backward step sends along one slot: upstream × local in symbols, in numbers, and the result. Pure. */
export function backwardBlock(request: PanelRequest, op: OpInfo | undefined, record: StepRecord): Block {
  const { info, frame, words, dictionary } = request;
  const slot = slotName(op, record.slot);
  const output = op?.output ?? 'y';
  const { contribution } = record;
  const left = derivative('L', slot);
  const lines: Line[] = [{ kind: 'symbols', left, sign: '=', right: symbols(request, op, record) }];
  const numbers = numbersLine(request, record);
  const written = contribution === null ? null : tensorMath(contribution);
  const large: Large[] = [];
  if (numbers !== null) lines.push({ kind: 'numbers', left: null, sign: '=', right: numbers });
  else large.push(...factors(info, op, record));
  if (written !== null && contribution !== null) {
    const sign = isPassedOn(record) || multipliesOut(record.upstream, record.local, contribution) ? '=' : '≈';
    lines.push({ kind: 'result', left: null, sign, right: written, filled: 'grad' });
  } else if (contribution !== null) {
    large.push({ name: left, tensor: contribution, role: 'grad', pick: source(info, record.to, 'grad') });
  }
  const sum = sumLine(frame, record, dictionary);
  if (sum !== null) lines.push(sum);
  const local = isProduct(record) ? null : catalogue(op, 'local', record.slot);
  return {
    title: textOf(fill(dictionary.steps.to, { to: words.phrase(record.to) })),
    node: record.to,
    rule: local === null ? null : row(linear(output, slot), mo('='), local),
    lines,
    large,
    product: backwardProduct(info, op, record),
    notes: [...notes(dictionary, frame, record), ...facts(request, op, record)],
  };
}

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
  if (isProduct(record)) return transposed(symbol(slotName(op, 1 - record.slot)));
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

const source = (info: GraphInfo, id: string, of: Source['of'], transposed = false): Source => ({
  id,
  of,
  shape: info.nodes.find((node) => node.id === id)?.shape ?? [],
  transposed,
});

/** The factors as pictures. */
function factors(info: GraphInfo, op: OpInfo | undefined, record: StepRecord): Large[] {
  const result: Large[] = [];
  if (record.upstream !== null && tensorMath(record.upstream) === null) {
    const name = derivative('L', op?.output ?? 'y');
    result.push({ name, tensor: record.upstream, role: 'grad', pick: source(info, record.node, 'grad') });
  }
  if (record.local !== null && tensorMath(record.local) === null) {
    const other = isProduct(record)
      ? info.nodes.find(({ id }) => id === record.node)?.inputs[1 - record.slot]
      : undefined;
    // A local derivative that is no node's value has no element to unfold.
    const origin = other === undefined ? null : source(info, other, 'value', true);
    result.push({ name: localSymbol(op, record), tensor: record.local, role: 'fwd', pick: origin });
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

/** The gradients that meet at a value that is used several times, in order of arrival: 2 + 3 = 5, or 2 + what is still missing. */
function sumLine(frame: Frame, record: StepRecord, { steps }: Pick<Dictionary, 'steps'>): Line | null {
  const { contribution, after } = record;
  const uses = frame.edges
    .filter((edge) => edge.from === record.to && edge.step !== null)
    .sort((a, b) => (a.step ?? 0) - (b.step ?? 0) || a.slot - b.slot);
  const isThere = ({ step, slot }: (typeof uses)[number]): boolean =>
    (step ?? 0) < frame.step || (step === frame.step && slot <= record.slot);
  const arrived = uses.filter(isThere);
  const later = uses.filter(({ step }) => (step ?? 0) > frame.step);
  if (contribution === null || after === null || arrived.length + later.length < 2) return null;
  const numbers = arrived.map((edge) => (edge.contribution === null ? null : tensorMath(edge.contribution, 'grad')));
  const total = tensorMath(after);
  if (total === null) return null;
  const terms: MathNode[] = [];
  numbers.forEach((number, i) => {
    const tensor = arrived[i]?.contribution ?? null;
    if (number === null || tensor === null) return;
    if (terms.length > 0) terms.push(mo('+'));
    terms.push(terms.length > 0 && (single(tensor) ?? 0) < 0 ? parens(number) : number);
  });
  for (const { step } of later) terms.push(mo('+'), missing(steps.atStep({ step: step ?? 0 })));
  if (later.length > 0) return { kind: 'sum', left: null, sign: '=', right: row(...terms) };
  if (arrived.length < 2) return null;
  const sign = anyRounded([after, ...arrived.map((edge) => edge.contribution)]) ? '≈' : '=';
  terms.push(mo(sign), { tag: 'mrow', children: [total], filled: 'grad' });
  return { kind: 'sum', left: null, sign: '=', right: row(...terms) };
}

function notes({ steps }: Pick<Dictionary, 'steps'>, frame: Frame, record: StepRecord): string[] {
  const { combine, upstream, contribution } = record;
  const result: string[] = [];
  if (combine === 'times' && isElementwise(record)) result.push(steps.eachElement);
  const reduced = upstream !== null && contribution !== null && count(contribution.shape) < count(upstream.shape);
  if ((combine === 'times' || combine === 'sum') && reduced) {
    result.push(steps.addedUp.replace('{shape}', formatShape(contribution.shape)));
  }
  if (combine === 'reshape' && contribution !== null) {
    result.push(steps.sameNumbers.replace('{shape}', formatShape(contribution.shape)));
  }
  const uses = frame.edges.filter(({ from: value, step }) => value === record.to && step !== null);
  if (uses.length > 1) result.push(steps.meeting);
  return result;
}
