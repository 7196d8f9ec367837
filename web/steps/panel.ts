import type { OpInfo, StepRecord } from '../shared/api.ts';
import { expression, type Operand } from './expression.ts';
import { catalogue, derivative, type MathNode, mi, mo, row, slotName, tensorMath } from './math.ts';
import { anyRounded, single } from './numbers.ts';
import { facts } from './facts.ts';
import { backwardBlock } from './panel-block.ts';
import type { Large, Line, Panel, PanelRequest, Source } from './panel-model.ts';
import { forwardProduct } from './product.ts';
import { fill, textOf } from './rich-text.ts';

/** The rule of the current step three ways: symbols, numbers put in, result. Null before the first step. Pure. */
export function panel(request: PanelRequest): Panel | null {
  const record = request.frame.records[0];
  if (record === undefined) return null;
  if (record.phase === 'forward') return forward(request, record);
  if (record.phase === 'seed') return seed(request, record);
  return backward(request, record);
}

const opWords = ({ dictionary }: PanelRequest, op: OpInfo | undefined) =>
  op !== undefined && op.name in dictionary.ops
    ? dictionary.ops[op.name as keyof typeof dictionary.ops]
    : dictionary.ops.other;

function equation(op: OpInfo | undefined): MathNode | null {
  const value = catalogue(op, 'value');
  return op === undefined || value === null ? null : row(mi(op.output), mo('='), value);
}

function operands({ info, frame, words }: PanelRequest, id: string): Operand[] {
  const index = new Map(info.nodes.map((node, i) => [node.id, i]));
  return (info.nodes[index.get(id) ?? -1]?.inputs ?? []).map((input) => {
    const at = index.get(input) ?? -1;
    return {
      id: input,
      name: words.full(input),
      value: frame.nodes[at]?.value ?? null,
      role: info.nodes[at]?.kind === 'parameter' ? 'param' : 'fwd',
    };
  });
}

function forward(request: PanelRequest, record: StepRecord): Panel {
  const { words } = request;
  const op = words.op(record.node);
  const given = operands(request, record.node);
  const slots = given.map((_, slot) => slotName(op, slot));
  const output = mi(op?.output ?? 'y');
  const result = record.after;
  const lines: Line[] = [];
  const value = catalogue(op, 'value');
  if (value !== null) lines.push({ kind: 'symbols', left: output, sign: '=', right: value });
  lines.push({ kind: 'numbers', left: null, sign: '=', right: expression(op?.name ?? '', given, slots) });

  const large: Large[] = [];
  given.forEach((operand, slot) => {
    if (operand.value !== null && tensorMath(operand.value) === null) {
      const pick = pickOf(request, operand.id, 'value');
      large.push({ name: mi(slots[slot] ?? ''), tensor: operand.value, role: operand.role, pick });
    }
  });
  const written = result === null ? null : tensorMath(result);
  if (written !== null) {
    const rounded = anyRounded([result, ...given.map((operand) => operand.value)]);
    lines.push({ kind: 'result', left: null, sign: rounded ? '≈' : '=', right: written, filled: 'fwd' });
  } else if (result !== null) {
    large.push({ name: output, tensor: result, role: 'fwd', pick: pickOf(request, record.node, 'value') });
  }
  const symbol = op === undefined ? words.symbol(record.node) : op.symbol || op.title;
  return {
    phase: 'forward',
    node: record.node,
    heading: opWords(request, op).does.replace('{op}', symbol),
    value: null,
    clause: [],
    blocks: [
      {
        title: words.full(record.node),
        node: record.node,
        rule: null,
        lines,
        large,
        product: forwardProduct(request.info, op, record, given),
        notes: facts(request, op, record),
      },
    ],
  };
}

const pickOf = ({ info }: PanelRequest, id: string, of: Source['of']): Source => ({
  id,
  of,
  shape: info.nodes.find((node) => node.id === id)?.shape ?? [],
  transposed: false,
});

function seed(request: PanelRequest, record: StepRecord): Panel {
  const { words, dictionary } = request;
  const { steps } = dictionary;
  const output = words.phrase(record.node);
  const tensor = record.after;
  const isOne = tensor !== null && single(tensor) === 1;
  const symbols = derivative('L', isOne ? 'L' : (words.op(record.node)?.output ?? 'y'));
  const written = tensor === null ? null : tensorMath(tensor);
  return {
    phase: 'seed',
    node: record.node,
    heading: textOf(fill(steps.seedTitle, { output })),
    value: null,
    clause: fill(isOne ? steps.seedClause : steps.seedGivenClause, {}),
    blocks: [
      {
        title: textOf(fill(steps.seedBlock, { output })),
        node: record.node,
        rule: null,
        lines: written === null ? [] : [{ kind: 'result', left: symbols, sign: '=', right: written, filled: 'grad' }],
        large:
          tensor !== null && written === null
            ? [{ name: symbols, tensor, role: 'grad', pick: pickOf(request, record.node, 'grad') }]
            : [],
        product: null,
        notes: [],
      },
    ],
  };
}

function backward(request: PanelRequest, first: StepRecord): Panel {
  const { words, dictionary } = request;
  const op = words.op(first.node);
  const records = request.frame.records.filter(({ contribution }) => contribution !== null);
  const { sends } = dictionary.steps;
  const template = sends[Math.min(records.length, sends.length - 1)] ?? '';
  return {
    phase: 'backward',
    node: first.node,
    heading: template.replace('{op}', words.symbol(first.node)).replace('{count}', String(records.length)),
    value: equation(op),
    clause: fill(opWords(request, op).rule, {}),
    blocks: records.map((record) => backwardBlock(request, op, record)),
  };
}
