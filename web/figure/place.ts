import { clearance, labelLine, laneHalf, ringReach } from './measures';
import type { FigureModel } from './model';
import type { Columns, Item } from './order';
import { manyWays } from './ports';
import { enforce, separate, topDown, type Separation } from './separate';

/** Room above and below the wire that an item takes in its column. `thin` items let others come close to each other. */
interface Room {
  readonly above: number;
  readonly below: number;
  readonly thin: boolean;
}

/** Room of the step flag above a node's ring. */
const flagHeight = 28;

function room(model: FigureModel, item: Item, labelReaches: (id: string) => boolean): Room {
  const node = model.byId.get(item.id)!;
  if (item.kind === 'lane') return { above: laneHalf, below: laneHalf, thin: false };
  if (item.kind === 'label') {
    const half = (node.label.length * labelLine) / 2 + 2;
    return labelReaches(item.id)
      ? { above: half, below: half, thin: false }
      : { above: laneHalf, below: laneHalf, thin: true };
  }
  if (node.shape === 'leaf')
    return { above: Math.max(node.extent.above, labelLine / 2), below: node.extent.below, thin: false };
  return {
    above: Math.max(node.extent.above, ringReach(node) + flagHeight),
    below: Math.max(node.extent.below, ringReach(node) + 4),
    thin: false,
  };
}

function separations(
  model: FigureModel,
  columns: readonly (readonly Item[])[],
  lines: ReadonlyMap<Item, number>,
  labelReaches: (id: string) => boolean,
): Separation[] {
  const result: Separation[] = [];
  for (const column of columns) {
    let solid: { line: number; room: Room } | null = null;
    let previous: { line: number; room: Room } | null = null;
    for (const item of column) {
      const own = { line: lines.get(item)!, room: room(model, item, labelReaches) };
      const keep = (other: { line: number; room: Room }): void => {
        const thin = own.room.thin || other.room.thin;
        const gap = thin ? 2 * laneHalf + clearance : other.room.below + own.room.above + clearance;
        result.push({ above: other.line, below: own.line, gap: Math.ceil(gap) });
      };
      if (previous) keep(previous);
      if (solid && solid !== previous && !own.room.thin) keep(solid);
      previous = own;
      if (!own.room.thin) solid = own;
    }
  }
  return result;
}

/** A spring between two lines. Both ends feel it: a pull that only one end felt could drive the figure apart. */
interface Spring {
  readonly a: number;
  readonly b: number;
  readonly strength: number;
}

/** Inputs stay close to what they feed; an input beside a computed value hardly bends that value's line. */
const strengths = { onlyInputs: 8, besideComputed: 0.05, computed: 1, lane: 0.5 } as const;

type LineAt = (id: string, layer: number) => number | undefined;

function springs(
  model: FigureModel,
  layer: ReadonlyMap<string, number>,
  carrier: Columns['carrier'],
  lineAt: LineAt,
): Spring[] {
  const result: Spring[] = [];
  const isLeaf = (id: string): boolean => model.byId.get(id)?.shape === 'leaf';
  const join = (a: number | undefined, b: number | undefined, strength: number): void => {
    if (a !== undefined && b !== undefined && a !== b) result.push({ a, b, strength });
  };
  for (const node of model.nodes) {
    const own = layer.get(node.id) ?? 0;
    for (let l = own + 1; carrier(node.id, l); l += 1) join(lineAt(node.id, l), lineAt(node.id, l - 1), strengths.lane);
    const computed = node.feeds.length < manyWays && node.feeds.some(({ from }) => !isLeaf(from));
    for (const { from } of node.feeds) {
      const strength = !isLeaf(from) ? strengths.computed : computed ? strengths.besideComputed : strengths.onlyInputs;
      join(lineAt(from, own - 1), lineAt(node.id, own), strength);
    }
  }
  return result;
}

/** Puts every line that starts at an operator in the middle of what that operator uses, from left to right. */
function centre(model: FigureModel, layer: ReadonlyMap<string, number>, lineAt: LineAt, y: number[]): void {
  for (const node of model.nodes.slice().sort((a, b) => (layer.get(a.id) ?? 0) - (layer.get(b.id) ?? 0))) {
    const own = layer.get(node.id) ?? 0;
    const line = lineAt(node.id, own);
    const isLeaf = (from: string): boolean => model.byId.get(from)?.shape === 'leaf';
    const computed = node.feeds.length < manyWays && node.feeds.some(({ from }) => !isLeaf(from));
    const from = node.feeds.filter((feed) => !computed || !isLeaf(feed.from)).map((feed) => lineAt(feed.from, own - 1));
    if (line === undefined || from.length === 0 || from.includes(line)) continue;
    y[line] = from.reduce<number>((sum, source) => sum + (y[source ?? line] ?? 0), 0) / from.length;
  }
}

const rounds = 160;

/** Heights of all lines: inputs around what they feed, operators in the middle of what they use, nothing too close. */
export function placeLines(params: {
  readonly model: FigureModel;
  readonly layer: ReadonlyMap<string, number>;
  readonly columns: Columns;
  readonly lines: ReadonlyMap<Item, number>;
  readonly labelReaches: (id: string) => boolean;
}): number[] {
  const { model, layer, columns, lines } = params;
  const count = new Set(lines.values()).size;
  const apart = separations(model, columns.columns, lines, params.labelReaches);
  const order = topDown(count, apart);
  if (!order) throw new Error('place: the order of the columns contradicts itself');
  const lineAt: LineAt = (id, l) => {
    const item = columns.carrier(id, l);
    return item ? lines.get(item) : undefined;
  };
  const all = springs(model, layer, columns.carrier, lineAt);
  const stiffness = new Array<number>(count).fill(0);
  for (const { a, b, strength } of all) {
    stiffness[a]! += strength;
    stiffness[b]! += strength;
  }
  // A line that nothing pulls (an unused input) must not push others about.
  const weight = stiffness.map((s) => Math.max(s, 0.001));
  let y = new Array<number>(count).fill(0);
  enforce(y, apart, order);
  const force = new Float64Array(apart.length);
  for (let round = 0; round < rounds; round += 1) {
    const pull = new Float64Array(count);
    for (const { a, b, strength } of all) {
      pull[a]! += strength * (y[b]! - y[a]!);
      pull[b]! += strength * (y[a]! - y[b]!);
    }
    const wanted = y.map((own, v) => own + (0.5 * pull[v]!) / weight[v]!);
    const next = separate({ wanted, weight, separations: apart, force, rounds: 12 });
    const moved = next.reduce((most, at, v) => Math.max(most, Math.abs(at - y[v]!)), 0);
    y = next;
    if (moved < 0.05) break;
  }
  centre(model, layer, lineAt, y);
  // Where centring brought things too close, inputs give way to operators, and later inputs to first ones.
  const firm = new Array<number>(count).fill(1);
  for (const [item, line] of lines) {
    if (item.kind === 'label') continue;
    const operator = item.kind === 'node' && model.byId.get(item.id)?.shape !== 'leaf';
    firm[line] = Math.max(firm[line]!, operator ? 400 : item.layer === 0 ? 20 : 1);
  }
  y = separate({ wanted: y, weight: firm, separations: apart, force: force.fill(0), rounds: 200 });
  enforce(y, apart, order);
  const top = Math.min(...y);
  const rounded = y.map((v) => Math.round(v - top));
  enforce(rounded, apart, order);
  return rounded;
}
