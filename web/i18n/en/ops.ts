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
  sqrt: {
    does: '{op} takes the square root',
    forward: '{op} takes the square root of {a} and gives {z}.',
    backward: '{op} divides {g} by twice its own output and sends {list}.',
    rule: 'The input receives the upstream gradient divided by *twice the root*.',
  },
  sin: {
    does: '{op} takes the sine',
    forward: '{op} takes the sine of {a} and gives {z}.',
    backward: '{op} multiplies {g} by the cosine of its input and sends {list}.',
    rule: 'The local derivative of the sine is the *cosine*.',
  },
  cos: {
    does: '{op} takes the cosine',
    forward: '{op} takes the cosine of {a} and gives {z}.',
    backward: '{op} multiplies {g} by minus the sine of its input and sends {list}.',
    rule: 'The local derivative of the cosine is *minus the sine*.',
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
  leaky_relu: {
    does: '{op} lets what is above 0 through, and a little of the rest',
    forward: '{op} lets {a} through where it is above 0, scales it down elsewhere and gives {z}.',
    backward: '{op} lets {g} through where its input was above 0 and scales it down elsewhere: {list}.',
    rule: 'The gradient passes where the input was above 0. Elsewhere a *small share* α of it passes.',
  },
  softplus: {
    does: '{op} is a smooth ReLU',
    forward: '{op} takes ln(1 + eˣ) of {a} and gives {z}.',
    backward: '{op} multiplies {g} by the sigmoid of its input and sends {list}.',
    rule: 'The local derivative of softplus is the *sigmoid* of the input.',
  },
  gelu: {
    does: '{op} lets numbers through by how large they are',
    forward: '{op} multiplies {a} by the probability that a normal random number is smaller and gives {z}.',
    backward: back,
    rule: 'The local derivative is Φ(x) + x φ(x): the probability, plus the input times the density.',
  },
  abs: {
    does: '{op} drops the sign',
    forward: '{op} drops the sign of {a} and gives {z}.',
    backward: '{op} multiplies {g} by the sign of its input and sends {list}.',
    rule: 'The input receives the upstream gradient times its own *sign*.',
  },
  maximum: {
    does: '{op} takes the larger number',
    forward: '{op} takes the larger one of {a} and {b} and gives {z}.',
    backward: '{op} hands {g} to the larger number and 0 to the other: {list}.',
    rule: 'The *larger* input receives the upstream gradient, the other nothing.',
  },
  minimum: {
    does: '{op} takes the smaller number',
    forward: '{op} takes the smaller one of {a} and {b} and gives {z}.',
    backward: '{op} hands {g} to the smaller number and 0 to the other: {list}.',
    rule: 'The *smaller* input receives the upstream gradient, the other nothing.',
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
  max: {
    does: '{op} takes the largest number',
    forward: '{op} takes the largest number of {a} and gives {z}.',
    backward: '{op} hands {g} to the number that was largest: {list}.',
    rule: 'The *largest* number receives the upstream gradient, the others nothing.',
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
  conv2d: {
    does: '{op} slides filters over images',
    forward: '{op} slides the filters {b} over the images {a}, adds {c} and gives {z}.',
    backward: back,
    rule: 'Every filter weight receives the upstream gradient times all the pixels that it met; every pixel receives it through all the weights that passed over it. B receives it added up over images and places.',
  },
  max_pool2d: {
    does: '{op} keeps the largest number of each window',
    forward: '{op} keeps the largest number of each window of {a} and gives {z}.',
    backward: '{op} sends {g} back to the numbers that were largest: {list}.',
    rule: 'In each window the gradient goes to the *largest* number; the others receive nothing.',
  },
  avg_pool2d: {
    does: '{op} averages each window',
    forward: '{op} takes the mean of each window of {a} and gives {z}.',
    backward: '{op} shares {g} equally among the numbers of each window: {list}.',
    rule: 'Every number receives an *equal share* of the gradient of each window that it lies in.',
  },
  batch_norm: {
    does: '{op} normalises each channel over the batch',
    forward: '{op} brings each channel of {a} to mean 0 and variance 1, scales it by γ, shifts it by β and gives {z}.',
    backward: back,
    rule: 'X receives the gradient without its mean and without its part along x̂, for shifting or stretching a channel changes nothing. γ receives it times x̂, β receives it, both added up over the batch.',
  },
  layer_norm: {
    does: '{op} normalises each sample',
    forward: '{op} brings each row of {a} to mean 0 and variance 1, scales it by γ, shifts it by β and gives {z}.',
    backward: back,
    rule: 'X receives the gradient without its mean and without its part along x̂, for shifting or stretching a row changes nothing. γ receives it times x̂, β receives it, both added up over the rows.',
  },
  dropout: {
    does: '{op} drops numbers at random',
    forward: '{op} drops some numbers of {a} at random and gives {z}.',
    backward: '{op} lets {g} through where nothing was dropped: {list}.',
    rule: 'The gradient passes through the *same mask*: what was dropped receives nothing.',
  },
  reshape: {
    does: '{op} arranges the numbers anew',
    forward: '{op} arranges the numbers of {a} anew and gives {z}.',
    backward: '{op} arranges {g} in the shape of its input and sends {list}.',
    rule: 'The gradient takes the shape of the input again.',
  },
  one_hot: {
    does: '{op} turns labels into rows',
    forward: '{op} writes each label of {a} as a row of 0 with one 1 and gives {z}.',
    backward: '{op} sends nothing back: labels receive no gradient.',
    rule: 'Labels are given, not learned: *no gradient* goes back.',
  },
  transpose: {
    does: '{op} exchanges axes',
    forward: '{op} exchanges the axes of {a} and gives {z}.',
    backward: '{op} exchanges the axes of {g} back and sends {list}.',
    rule: 'The gradient is transposed back.',
  },
  flatten: {
    does: '{op} lays each sample out as one row',
    forward: '{op} lays each sample of {a} out as one row and gives {z}.',
    backward: '{op} arranges {g} in the shape of its input and sends {list}.',
    rule: 'The gradient takes the shape of the input again.',
  },
  concat: {
    does: '{op} joins its inputs',
    forward: '{op} joins its inputs end to end and gives {z}.',
    backward: '{op} cuts {g} into the parts of its inputs and sends {list}.',
    rule: 'Each input receives *its part* of the upstream gradient.',
  },
  softmax: {
    does: '{op} turns scores into probabilities',
    forward: '{op} turns the scores {a} into probabilities and gives {z}.',
    backward: back,
    rule: 'Every probability depends on every score, so each score receives a part of every upstream gradient.',
  },
  log_softmax: {
    does: '{op} turns scores into logarithms of probabilities',
    forward: '{op} turns the scores {a} into logarithms of probabilities and gives {z}.',
    backward: back,
    rule: 'Each score receives its upstream gradient, less its probability times the sum of all upstream gradients.',
  },
  softmax_with_loss: {
    does: '{op} turns scores into a loss',
    forward: '{op} turns the scores {a} into probabilities, compares them with the label {b} and gives the loss {z}.',
    backward: '{op} takes {g} from the right, multiplies it by y − t and sends {list}.',
    rule: 'The scores receive *y − t*: how far the probabilities are from the label, divided by the batch size.',
  },
  sigmoid_with_loss: {
    does: '{op} turns scores into a loss of yes or no',
    forward: '{op} turns the scores {a} into probabilities, compares them with the answers {b} and gives the loss {z}.',
    backward: '{op} takes {g} from the right, multiplies it by y − t and sends {list}.',
    rule: 'The scores receive *y − t*: how far the probabilities are from the answers, divided by how many there are.',
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
