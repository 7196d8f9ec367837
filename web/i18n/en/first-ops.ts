/**
 * The words of each op, by its name in the catalogue. Templates: `{op}` the node, `{a}` `{b}` `{c}` what arrives at its slots,
 * `{z}` what it gives, `{g}` the gradient from the right, `{list}` what it sends and where; `*word*` is emphasised.
 */
export interface OpWords {
  /** Head of the formula panel while it computes. */
  does: string;
  /** The sentence of its forward step. */
  forward: string;
  /** The sentence of its backward step. */
  backward: string;
  /** The rule of its backward step, under the head of the panel. */
  rule: string;
}

export const back = '{op} takes {g} from the right and sends {list}.';

/** The ops of the first figure, and what is said of any other until all words are there. */
export const firstOps = {
  add: {
    does: '{op} adds',
    forward: '{op} adds {a} and {b} and gives {z}.',
    backward: '{op} hands {g} on: {list}.',
    rule: 'Each input receives the upstream gradient *unchanged*.',
  },
  mul: {
    does: '{op} multiplies',
    forward: '{op} multiplies {a} by {b} and gives {z}.',
    backward: back,
    rule: 'Each input receives the upstream gradient times the *other* input.',
  },
  other: {
    does: '{op} computes',
    forward: '{op} computes {z}.',
    backward: back,
    rule: 'Each input receives the upstream gradient times the local derivative.',
  },
} satisfies Record<string, OpWords>;
