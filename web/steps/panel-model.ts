import type { Dictionary } from '../i18n/dictionary.ts';
import type { StepRecord } from '../shared/api.ts';
import type { Frame, GraphInfo } from '../shared/protocol.ts';
import type { MathNode } from './math.ts';
import type { NodeWords } from './node-words.ts';
import type { AnyTensor } from './numbers.ts';
import type { Product } from './product.ts';
import type { Part, TextRole } from './rich-text.ts';

/** One row of a block: a word at the left, then an equation. */
export interface Line {
  readonly kind: 'symbols' | 'numbers' | 'result' | 'sum';
  readonly left: MathNode | null;
  readonly sign: '=' | '≈';
  readonly right: MathNode;
  /** The right side stands in a filled label, as on the wire. */
  readonly filled?: 'fwd' | 'grad';
}

/** Whose elements the cells of a picture are: each of them can be unfolded. */
export interface Source {
  readonly id: string;
  readonly of: 'value' | 'grad';
  /** The node's shape. */
  readonly shape: readonly number[];
  /** The picture shows it with rows and columns changed over. */
  readonly transposed: boolean;
}

/** A tensor that is too large for numbers: drawn as a heat map beside its symbol. */
export interface Large {
  readonly name: MathNode;
  readonly tensor: AnyTensor;
  readonly role: TextRole;
  readonly pick: Source | null;
}

export interface Block {
  readonly title: string;
  /** The node that the block is about; its title selects it. */
  readonly node: string;
  /** The local rule, at the right of the title. */
  readonly rule: MathNode | null;
  readonly lines: readonly Line[];
  readonly large: readonly Large[];
  /** A product of matrices, drawn with the row and the column that meet; it stands for the lines of numbers and result. */
  readonly product: Product | null;
  /** What a rule in a sentence adds. */
  readonly notes: readonly string[];
}

/** What the formula panel shows of one step. */
export interface Panel {
  readonly phase: StepRecord['phase'];
  readonly node: string;
  readonly heading: string;
  /** The formula of the value, set into the clause of a backward step. */
  readonly value: MathNode | null;
  readonly clause: readonly Part[];
  readonly blocks: readonly Block[];
}

export interface PanelRequest {
  readonly info: GraphInfo;
  readonly frame: Frame;
  readonly words: NodeWords;
  readonly dictionary: Pick<Dictionary, 'steps' | 'ops'>;
}
