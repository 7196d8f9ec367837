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

const back = '{op} takes {g} from the right and sends {list}.';

export const ops = {
  add: {
    does: '{op} adds',
    forward: '{op} adds {a} and {b} and gives {z}.',
    backward: '{op} hands {g} on: {list}.',
    rule: 'Each input receives the upstream gradient *unchanged*.',
  },
  sub: {
    does: '{op} subtracts',
    forward: '{op} takes {b} away from {a} and gives {z}.',
    backward: '{op} hands {g} on, with its sign turned for what was taken away: {list}.',
    rule: 'The first input receives the upstream gradient unchanged, the second with its *sign turned*.',
  },
  mul: {
    does: '{op} multiplies',
    forward: '{op} multiplies {a} by {b} and gives {z}.',
    backward: back,
    rule: 'Each input receives the upstream gradient times the *other* input.',
  },
  div: {
    does: '{op} divides',
    forward: '{op} divides {a} by {b} and gives {z}.',
    backward: back,
    rule: 'The numerator receives the upstream gradient divided by the denominator; the denominator receives it times minus the result, divided by the denominator.',
  },
  neg: {
    does: '{op} turns the sign',
    forward: '{op} turns the sign of {a} and gives {z}.',
    backward: '{op} turns the sign of {g} too and sends {list}.',
    rule: 'The input receives the upstream gradient with its sign turned.',
  },
  pow: {
    does: '{op} raises to a power',
    forward: '{op} raises {a} to the power {b} and gives {z}.',
    backward: back,
    rule: 'The exponent comes down as a factor, and the power is one less.',
  },
  square: {
    does: '{op} squares',
    forward: '{op} multiplies {a} by itself and gives {z}.',
    backward: '{op} multiplies {g} by 2x and sends {list}.',
    rule: 'The input receives the upstream gradient times *twice* its own value.',
  },
  exp: {
    does: '{op} raises e to a power',
    forward: '{op} raises e to the power {a} and gives {z}.',
    backward: '{op} multiplies {g} by its own output and sends {list}.',
    rule: 'The local derivative is the node’s *own output*.',
  },
  log: {
    does: '{op} takes the logarithm',
    forward: '{op} takes the natural logarithm of {a} and gives {z}.',
    backward: '{op} divides {g} by its input and sends {list}.',
    rule: 'The input receives the upstream gradient divided by its own value.',
  },
  tanh: {
    does: '{op} squeezes between −1 and 1',
    forward: '{op} squeezes {a} between −1 and 1 and gives {z}.',
    backward: '{op} multiplies {g} by 1 − y² and sends {list}.',
    rule: 'The local derivative 1 − y² needs only the node’s own output.',
  },
  sigmoid: {
    does: '{op} squeezes between 0 and 1',
    forward: '{op} squeezes {a} between 0 and 1 and gives {z}.',
    backward: '{op} multiplies {g} by y(1 − y) and sends {list}.',
    rule: 'The local derivative y(1 − y) needs only the node’s own output.',
  },
  relu: {
    does: '{op} lets what is above 0 through',
    forward: '{op} lets {a} through where it is above 0 and gives {z}.',
    backward: '{op} lets {g} through where its input was above 0 and stops it elsewhere: {list}.',
    rule: 'The gradient passes where the input was above 0. Elsewhere it is *stopped*.',
  },
  sum: {
    does: '{op} adds up',
    forward: '{op} adds up the numbers of {a} and gives {z}.',
    backward: '{op} hands {g} to every number that it added: {list}.',
    rule: 'Every number that was added receives the upstream gradient.',
  },
  mean: {
    does: '{op} takes the mean',
    forward: '{op} takes the mean of {a} and gives {z}.',
    backward: '{op} shares {g} equally among the numbers it averaged: {list}.',
    rule: 'Every one of the n numbers receives one n-th of the upstream gradient.',
  },
  matmul: {
    does: '{op} multiplies matrices',
    forward: '{op} multiplies the matrices {a} and {b} and gives {z}.',
    backward: '{op} multiplies {g} by the other matrix, transposed, and sends {list}.',
    rule: 'Each input receives the product with the *other* one, transposed. The shapes leave only one way to do it.',
  },
  affine: {
    does: '{op} multiplies by weights and adds a bias',
    forward: '{op} multiplies {a} by {b}, adds {c} and gives {z}.',
    backward: back,
    rule: 'X and W receive the product with the *other* one, transposed; B receives the upstream gradient, added up over the batch.',
  },
  reshape: {
    does: '{op} arranges the numbers anew',
    forward: '{op} arranges the numbers of {a} anew and gives {z}.',
    backward: '{op} arranges {g} in the shape of its input and sends {list}.',
    rule: 'The gradient takes the shape of the input again.',
  },
  softmax: {
    does: '{op} turns scores into probabilities',
    forward: '{op} turns the scores {a} into probabilities and gives {z}.',
    backward: back,
    rule: 'Every probability depends on every score, so each score receives a part of every upstream gradient.',
  },
  softmax_with_loss: {
    does: '{op} turns scores into a loss',
    forward: '{op} turns the scores {a} into probabilities, compares them with the label {b} and gives the loss {z}.',
    backward: '{op} takes {g} from the right, multiplies it by y − t and sends {list}.',
    rule: 'The scores receive *y − t*: how far the probabilities are from the label, divided by the batch size.',
  },
  mean_squared_error: {
    does: '{op} measures the error',
    forward: '{op} takes the mean of the squared differences between {a} and {b} and gives the loss {z}.',
    backward: back,
    rule: 'Each number receives twice its difference from the target, divided by how many there are.',
  },
  other: {
    does: '{op} computes',
    forward: '{op} computes {z}.',
    backward: back,
    rule: 'Each input receives the upstream gradient times the local derivative.',
  },
} satisfies Record<string, OpWords>;
