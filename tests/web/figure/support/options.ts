import { desktop } from '../../../../web/figure/measures';
import type { LayoutOptions } from '../../../../web/figure/layout';
import { estimateText } from '../../../../web/figure/text-width';
import * as graphs from './graphs';

/** Nothing folded, no heat maps, names as they are: what most tests of places and wires want. */
export const plain: LayoutOptions = {
  ops: graphs.ops,
  names: (id) => id,
  measures: desktop,
  measureText: estimateText,
  maps: false,
  foldParameters: false,
  formatNumber: String,
};
