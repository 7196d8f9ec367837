import type { OpInfo } from '../shared/api';
import { blockOp, boxed, foldedLeaves, foldedSymbol } from './fold';
import type { GraphInfo, NodeInfo } from '../shared/protocol';
import { boxPadding, circleRadius, labelLine, labelSize, type Measures } from './measures';
import { boxHeightFor } from './ports';
import { wrapLabel, type MeasureText } from './text-width';
import { blockExtent, blockFor, shownShape, tangentHeight, type Block, type Extent } from './tensor-block';

/** A line that feeds a slot of an operator. */
export interface Feed {
  readonly from: string;
  readonly slot: number;
}

/** One thing of the figure: a circle, a box, or the start of an input's wire. */
export interface FigureNode {
  readonly id: string;
  readonly info: NodeInfo;
  readonly shape: 'circle' | 'box' | 'leaf';
  /** In the circle, or the title of the box; empty for leaves. */
  readonly symbol: string;
  /** Second line of a box: the shape of its weights or of its result. */
  readonly subtitle: string;
  readonly hasParameters: boolean;
  /** Of a leaf: its name in one or two lines. Of a sink: the name at the wire's end. */
  readonly label: readonly string[];
  readonly labelWidth: number;
  readonly width: number;
  readonly height: number;
  /** What stands on its outgoing run. */
  readonly block: Block;
  readonly extent: Extent;
  readonly feeds: readonly Feed[];
  /** Operators that use the value, one entry per slot, in the order of the document. */
  readonly uses: readonly { readonly to: string; readonly slot: number }[];
  /** Slots among `uses` along which a gradient can come back. */
  readonly contributions: number;
  readonly position: readonly [number, number] | null;
}

export interface FigureModel {
  readonly nodes: readonly FigureNode[];
  readonly byId: ReadonlyMap<string, FigureNode>;
  readonly output: string;
  /** Leaves that are written into the operators they feed, or hidden there: not drawn on their own. */
  readonly folded: ReadonlySet<string>;
}

export interface ModelOptions {
  readonly ops: readonly OpInfo[];
  readonly names: (id: string) => string;
  readonly measures: Measures;
  readonly measureText: MeasureText;
  readonly maps: boolean;
  /** Parameters and targets of a layer live in its box. */
  readonly foldParameters: boolean;
  /** Widest text seen on a node's run, in px; the run never gets shorter than that. */
  readonly runWidth?: ((id: string) => number) | undefined;
  /** Whether a tangent is shown with the value of a node. */
  readonly hasTangent?: ((id: string) => boolean) | undefined;
  readonly formatNumber: (x: number) => string;
}

const fallbackSymbol: Readonly<Record<string, string>> = {
  add: '+',
  sub: '−',
  mul: '×',
  div: '÷',
  matmul: '·',
  neg: '−',
};

const shapeText = (shape: readonly number[]): string => shownShape(shape).join(' × ');

/** Turns what the engine says of a graph into what is to be drawn: sizes, texts and who feeds whom. Pure. */
export function figureModel(info: GraphInfo, options: ModelOptions): FigureModel {
  const folded = foldedLeaves(info, options.ops, options.foldParameters);
  const byInfo = new Map(info.nodes.map((node) => [node.id, node]));
  const values = new Map(info.document.nodes.map((node) => [node.id, node]));
  const catalogue = new Map(options.ops.map((op) => [op.name, op]));
  const { measureText, measures } = options;

  const uses = new Map<string, { to: string; slot: number }[]>();
  for (const node of info.nodes) {
    node.inputs.forEach((id, slot) => {
      const list = uses.get(id);
      if (list) list.push({ to: node.id, slot });
      else uses.set(id, [{ to: node.id, slot }]);
    });
  }

  const nodes: FigureNode[] = [];
  for (const node of info.nodes) {
    if (folded.has(node.id)) continue;
    const op = catalogue.get(node.op);
    const isLeaf = node.kind === 'operator' ? false : true;
    const isBox = !isLeaf && (boxed.has(node.op) || (op !== undefined && op.symbol === ''));
    const constantSlot = node.inputs.findIndex((id) => folded.has(id) && byInfo.get(id)?.kind === 'constant');
    const constant = constantSlot < 0 ? undefined : values.get(node.inputs[constantSlot] ?? '')?.value;
    const symbol = isLeaf
      ? ''
      : isBox
        ? (op?.title ?? (node.op === blockOp ? node.group : null) ?? node.op)
        : typeof constant === 'number'
          ? foldedSymbol(node.op, constantSlot, constant, options.formatNumber)
          : op?.symbol || fallbackSymbol[node.op] || node.op;
    const parameters = node.inputs.map((id) => byInfo.get(id)).filter((leaf) => leaf?.kind === 'parameter');
    const weights = parameters.find((leaf) => (leaf?.shape.length ?? 0) >= 2) ?? parameters[0];
    const ownUses = uses.get(node.id) ?? [];
    const sink = ownUses.length === 0 || node.id === info.output;
    const block = blockFor(node.shape, options.maps);
    // A heat map carries its name in its caption.
    const captioned = isLeaf && (block.kind === 'map' || block.kind === 'plate');
    const text = (isLeaf && !captioned) || (sink && !isLeaf) ? options.names(node.id) : '';
    const strong = node.kind === 'parameter' || sink;
    const wide = (line: string): number => measureText(line, labelSize, strong ? 'strong' : 'text');
    const label = text === '' ? [] : wrapLabel(text, measures.labelWidth, wide);
    const subtitle = !isBox
      ? ''
      : weights
        ? shapeText(weights.shape)
        : node.shape.length > 0
          ? shapeText(node.shape)
          : shapeText(byInfo.get(node.inputs[0] ?? '')?.shape ?? []);
    const contributions = ownUses.filter(({ to, slot }) => {
      const consumer = byInfo.get(to);
      return (
        consumer !== undefined &&
        consumer.backwardStep !== null &&
        catalogue.get(consumer.op)?.inputs[slot]?.differentiable !== false
      );
    }).length;
    const feeds = node.inputs
      .map((from, slot) => ({ from, slot }))
      .filter(({ from }) => from !== '' && !folded.has(from));
    const base = blockExtent(block, node.kind === 'constant' ? 1 : contributions);
    const labelAbove = isLeaf && measures.labels === 'above' ? labelLine * label.length + 2 : 0;
    nodes.push({
      id: node.id,
      info: node,
      shape: isLeaf ? 'leaf' : isBox ? 'box' : 'circle',
      symbol,
      subtitle,
      hasParameters: weights !== undefined,
      label,
      labelWidth: label.reduce((widest, line) => Math.max(widest, wide(line)), 0),
      width: isLeaf
        ? 0
        : isBox
          ? Math.ceil(Math.max(measureText(symbol, 14, 'strong'), measureText(subtitle, 14, 'math'), 24)) +
            2 * boxPadding
          : 2 * circleRadius,
      height: isLeaf ? 0 : isBox ? boxHeightFor(feeds.length) : 2 * circleRadius,
      block,
      extent: {
        above: base.above + labelAbove + (options.hasTangent?.(node.id) ? tangentHeight(block) : 0),
        value: base.above,
        below: base.below,
        width: Math.max(base.width, options.runWidth?.(node.id) ?? 0),
      },
      feeds,
      uses: ownUses,
      contributions,
      position: values.get(node.id)?.position ?? null,
    });
  }
  return {
    nodes,
    byId: new Map(nodes.map((node) => [node.id, node])),
    output: info.output,
    folded,
  };
}
