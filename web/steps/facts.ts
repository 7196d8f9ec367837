import { formatNumber } from '../page/format.ts';
import type { OpInfo, StepRecord } from '../shared/api.ts';
import type { PanelRequest } from './panel-model.ts';
import { type AnyTensor, single } from './numbers.ts';

/** From here down a local derivative lets next to nothing through. */
const flat = 0.02;
const saturating: ReadonlySet<string> = new Set(['sigmoid', 'tanh']);

/** What deserves a second look at this step: the corner of a function, a closed unit, a flat part. Read off the engine's numbers. Pure. */
export function facts(request: PanelRequest, op: OpInfo | undefined, record: StepRecord): string[] {
  if (op === undefined) return [];
  const { steps } = request.dictionary;
  const result: string[] = [];
  if (op.kinks === 'x = 0' && holdsZero(inputOf(request, record))) {
    result.push(steps.atKink.replace('{op}', op.symbol || op.title));
  }
  const { local } = record;
  if (record.phase !== 'backward' || !local?.data?.length) return result;
  const all = local.data.length;
  if (op.name === 'relu') {
    const closed = countOf(local, (x) => x === 0);
    if (closed > 0) result.push(all === 1 ? steps.closedOne : counted(steps.closed, closed, all));
  }
  if (saturating.has(op.name)) {
    const stuck = countOf(local, (x) => Math.abs(x) < flat);
    const only = single(local);
    if (stuck > 0) {
      const text = only === null ? counted(steps.saturated, stuck, all) : steps.saturatedOne;
      result.push(text.replace('{limit}', formatNumber(flat)).replace('{n}', formatNumber(only ?? stuck)));
    }
  }
  return result;
}

function inputOf({ info, frame }: PanelRequest, { node }: StepRecord): AnyTensor | null {
  const input = info.nodes.find(({ id }) => id === node)?.inputs[0];
  return frame.nodes[info.nodes.findIndex(({ id }) => id === input)]?.value ?? null;
}

const holdsZero = (tensor: AnyTensor | null): boolean => tensor?.data?.some((x) => x === 0) ?? false;

const countOf = ({ data }: AnyTensor, holds: (x: number) => boolean): number =>
  Array.from(data ?? []).filter(holds).length;

const counted = (text: string, some: number, all: number): string =>
  text.replace('{n}', String(some)).replace('{all}', String(all));
