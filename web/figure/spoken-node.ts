import type { Dictionary } from '../i18n/dictionary';
import { formatNumber, formatShape } from '../page/format';
import type { Tensor } from '../shared/api';
import type { NodeState, TensorView } from '../shared/protocol';
import type { FigureNode } from './model';
import { shownShape, viewOf } from './tensor-block';
import { printedLine } from './tensor-text';

type Words = Dictionary['figure'];

/** A tensor as words: the numbers of a small one, shape and range of a large one. */
export function spokenTensor(tensor: Tensor | TensorView, words: Words): string {
  if (tensor.data && tensor.data.length <= 12) return printedLine(tensor);
  const { min, max } = viewOf(tensor);
  return words.large({
    shape: formatShape(shownShape(tensor.shape)),
    min: formatNumber(min),
    max: formatNumber(max),
  });
}

/** Accessible name of a node: "× apples, value 200, gradient 1.1". */
export function spokenNode(params: {
  readonly node: FigureNode;
  readonly state: NodeState | null;
  readonly name: string;
  readonly activeStep: number | null;
  readonly refused: boolean;
  /** Why it is not computed. */
  readonly whyNot?: string | null | undefined;
  /** How fast its value moves, in forward mode. */
  readonly tangent?: Tensor | null;
  readonly words: Words;
}): string {
  const { state, words } = params;
  const bare = words.node({
    name: params.name,
    value: state?.value ? spokenTensor(state.value, words) : null,
    gradient: state?.grad ? spokenTensor(state.grad, words) : null,
  });
  const node = params.tangent ? words.tangentNode({ node: bare, tangent: spokenTensor(params.tangent, words) }) : bare;
  if (params.refused || params.whyNot) return words.refusedNode({ node, why: params.whyNot });
  return params.activeStep === null ? node : words.activeNode({ node, step: params.activeStep });
}
