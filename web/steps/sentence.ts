import type { Dictionary } from '../i18n/dictionary.ts';
import type { StepRecord } from '../shared/api.ts';
import type { Frame, GraphInfo, NodeInfo } from '../shared/protocol.ts';
import type { NodeWords } from './node-words.ts';
import { type AnyTensor, count, sameShape, shapeText, shortText, single } from './numbers.ts';
import { capitalised, fill, join, part, plain, type Part, type TextRole } from './rich-text.ts';

export interface Story {
  readonly info: GraphInfo;
  readonly frame: Frame;
  readonly words: NodeWords;
  readonly dictionary: Pick<Dictionary, 'steps' | 'ops'>;
}

/** What the current step does, in words with its numbers: one lead ("Step 8 of 9, backward.") and one or two sentences. Pure. */
export function sentence(story: Story): Part[] {
  const { info, frame, dictionary } = story;
  const { steps } = dictionary;
  const last = info.steps;
  const record = frame.records[0];
  if (record === undefined) {
    const text = last === 0 ? steps.nothing : steps.start;
    return [part(steps.leadStart({ last }), 'lead'), plain(steps.between + text)];
  }
  const lead = steps.lead({ step: frame.step, last, phase: steps.phases[record.phase] });
  const body =
    record.phase === 'forward'
      ? forward(story, record)
      : record.phase === 'seed'
        ? seed(story, record)
        : backward(story, record);
  return [part(lead, 'lead'), plain(steps.between), ...capitalised(body)];
}

const wordsOfOp = ({ words, dictionary }: Story, id: string) => {
  const name = words.op(id)?.name ?? '';
  return name in dictionary.ops ? dictionary.ops[name as keyof typeof dictionary.ops] : dictionary.ops.other;
};

const nodeOf = ({ info }: Story, id: string): NodeInfo | undefined => info.nodes.find((node) => node.id === id);

const valueOf = ({ info, frame }: Story, id: string): AnyTensor | null =>
  frame.nodes[info.nodes.findIndex((node) => node.id === id)]?.value ?? null;

/** An operand: its number, or its name with its shape. */
function operand(story: Story, id: string): Part[] {
  const value = valueOf(story, id);
  const role: TextRole = nodeOf(story, id)?.kind === 'parameter' ? 'param' : 'fwd';
  const short = value === null ? null : shortText(value);
  if (short !== null) return [part(short, role)];
  const name = story.words.phrase(id);
  if (value === null) return [plain(name)];
  return fill(story.dictionary.steps.named, { name, shape: shapeText(value) });
}

function forward(story: Story, record: StepRecord): Part[] {
  const inputs = nodeOf(story, record.node)?.inputs ?? [];
  const [a, b, c] = inputs.map((id) => operand(story, id));
  const result = record.after ?? valueOf(story, record.node);
  const short = result === null ? '' : shortText(result);
  const z =
    result === null || short !== null
      ? [part(short ?? '', 'fwd')]
      : fill(story.dictionary.steps.numbersOfShape, { shape: shapeText(result) });
  const op = story.words.op(record.node);
  return fill(wordsOfOp(story, record.node).forward, {
    op: op === undefined ? story.words.symbol(record.node) : op.symbol || op.title,
    z,
    ...(a && { a }),
    ...(b && { b }),
    ...(c && { c }),
  });
}

/** "the gradient 1.1", "the 2 × 3 gradient". */
function gradient({ dictionary }: Story, tensor: AnyTensor | null): Part[] {
  if (tensor === null) return [];
  const short = shortText(tensor);
  return short !== null
    ? fill(dictionary.steps.gradientNumber, { n: part(short, 'grad') })
    : fill(dictionary.steps.gradientShape, { shape: shapeText(tensor) });
}

function seed(story: Story, record: StepRecord): Part[] {
  const { words, dictionary } = story;
  const output = words.phrase(record.node);
  const tensor = record.after;
  if (tensor !== null && single(tensor) === 1) {
    return fill(dictionary.steps.seedOne, { output, n: part('1', 'grad') });
  }
  return fill(dictionary.steps.seed, { output, g: gradient(story, tensor) });
}

function backward(story: Story, first: StepRecord): Part[] {
  const { frame, words, dictionary } = story;
  const { steps } = dictionary;
  const fillings = { op: words.symbol(first.node), g: gradient(story, first.upstream) };
  const sent = frame.records.filter(({ contribution }) => contribution !== null);
  if (sent.length === 0) return fill(steps.none, fillings);
  const items = sent.map((record) => sentTo(story, record));
  const list = join(items, steps.list.separator, steps.list.last);
  const parts = fill(wordsOfOp(story, first.node).backward, { ...fillings, list });
  for (const record of sent) {
    if (record.before !== null) parts.push(plain(steps.between), ...capitalised(joining(story, record)));
    else if (wasSummed(story, record)) {
      parts.push(plain(steps.between), ...capitalised(fill(steps.summed, { to: words.phrase(record.to) })));
    }
  }
  return parts;
}

function sentTo({ words, dictionary }: Story, { contribution, to }: StepRecord): Part[] {
  if (contribution === null) return [];
  const short = shortText(contribution);
  const where = { to: words.phrase(to) };
  return short !== null
    ? fill(dictionary.steps.sent, { ...where, n: part(short, 'grad') })
    : fill(dictionary.steps.sentShape, { ...where, shape: shapeText(contribution) });
}

function joining({ words, dictionary }: Story, { before, contribution, after, to }: StepRecord): Part[] {
  const texts = [before, contribution, after].map((tensor) => (tensor === null ? null : shortText(tensor)));
  const [earlier, now, total] = texts;
  if (!earlier || !now || !total) {
    return fill(dictionary.steps.joinsShape, { to: words.phrase(to) });
  }
  return fill(dictionary.steps.joins, {
    to: words.phrase(to),
    before: part(earlier, 'grad'),
    n: part(now, 'grad'),
    after: part(total, 'grad'),
  });
}

/** An input that was broadcast (a bias over a batch): its gradient is a sum over the places where it was used. */
function wasSummed({ words }: Story, { node, combine, upstream, contribution }: StepRecord): boolean {
  if (upstream === null || contribution === null || (combine !== 'sum' && combine !== 'times')) return false;
  const category = words.op(node)?.category;
  return (
    (category === 'arithmetic' || category === 'linear') &&
    !sameShape(upstream.shape, contribution.shape) &&
    count(contribution.shape) < count(upstream.shape)
  );
}
