import type { NonFiniteCause, Verdict } from '../../shared/api.ts';

interface Sentence {
  readonly op: string;
}

/** Words of the questions one can ask of a graph. Fetched with the part that needs them. */
export const ask = {
  failed: 'This question could not be answered.',
  waiting: 'The engine is computing…',
  lens: {
    way: 'Way back',
    back: 'Back',
    title: ({ element }: { element: string }) => `${element}, unfolded`,
    figure: ({ element }: { element: string }) => `${element} as a graph of single numbers`,
    valueNote:
      'The products and sums behind this one number. Where there are very many, the largest are drawn and “…” stands for the rest, added up.',
    gradientNote:
      'The products and sums behind this one gradient: upstream times local, for every place where the number was used. ∂ before a name means the gradient of that number.',
    failed: 'This number could not be unfolded.',
    further: ({ element }: { element: string }) => `Unfold ${element}`,
    given: 'This number was given, so there is nothing behind it.',
  },
  node: {
    valueOf: ({ node }: { node: string }) => `value of ${node}`,
    gradientOf: ({ node }: { node: string }) => `gradient of ${node}`,
    pick: 'Choose an element to unfold it into the numbers it was made of.',
    unfoldValue: 'Unfold its value',
    unfoldGradient: 'Unfold its gradient',
    differentiate: 'Differentiate this node',
    isTarget: 'The gradients on show are the derivatives of this node.',
  },
  shapes: {
    note: 'The gradient of a matrix has the shape of the matrix. Find the product that has it: press two blocks, or drag them into the places.',
    none: 'There is no product of two matrices in this graph. The example “Affine, a batch” has one.',
    node: 'Product',
    gradientOf: 'Gradient of',
    blocks: 'Blocks',
    transposed: 'transposed',
    left: 'Left',
    right: 'Right',
    empty: 'empty',
    takeOut: 'Press to take it out.',
    open: 'Choose two blocks.',
    inner: ({ columns, rows }: { columns: number; rows: number }) =>
      `There is no such product: the left has ${columns === 1 ? '1 column' : `${columns} columns`}, the right ${rows === 1 ? '1 row' : `${rows} rows`}. They must be equal.`,
    outer: ({ got, wanted }: { got: string; wanted: string }) =>
      `This product is ${got}; the gradient must be ${wanted}.`,
    noUpstream: 'The shape is right, but a gradient is made of the upstream and one other matrix.',
    fits: 'It fits, and no other product of these blocks does.',
    several: ({ count }: { count: number }) =>
      `It fits, but so do others: ${count} products of these blocks have this shape. Here shapes alone do not decide; compare with the rule.`,
    rule: 'The rule:',
  },
  choice: { node: 'Input', element: 'Element' },
  chain: {
    note: 'Every path along the wires brings back one product of local derivatives. Their sum is the gradient.',
    from: 'From',
    to: 'To',
    none: ({ from, to }: { from: string; to: string }) =>
      `No wire leads from ${from} to ${to}, so the derivative is 0.`,
    same: 'Choose two different nodes.',
    path: ({ number }: { number: number }) => `Path ${number}`,
    arrow: ' → ',
    seed: 'seed',
    rule: 'by its rule',
    total: ({ count }: { count: string }) => (count === '1' ? 'This path is the gradient' : `${count} paths, added up`),
    omitted: ({ count }: { count: string }) => `${count} more paths are not listed; the total includes them.`,
    products: 'Tensors: each factor is applied by its rule, from left to right. The shapes stand for the numbers.',
  },
  memory: {
    note: 'A node keeps what its backward step will need: × keeps its inputs, + keeps nothing. It can be freed once that step has run.',
    table: 'What every node keeps',
    keeps: 'Keeps',
    bytes: 'Bytes',
    when: 'Kept',
    nothing: 'nothing',
    valueOf: ({ what, node }: { what: string; node: string }) => `${what}: ${node}`,
    span: ({ from, until }: { from: number; until: number }) => `step ${from} to ${until}`,
    now: ({ bytes, count }: { bytes: string; count: number }) =>
      `Kept now: ${bytes} bytes in ${count === 1 ? '1 array' : `${count} arrays`}. An array that two nodes keep is counted once.`,
    current: 'kept now',
  },
  nudge: {
    note: 'Push one input a little. The gradient promises how much the result moves; how much it really moves is computed anew.',
    range: 'within',
    size: 'Push by',
    hold: 'Hold to push',
    holding: 'Pushed',
    before: 'Result before',
    after: 'Result after',
    change: 'Change',
    promise: 'Promise',
    promiseRule: 'gradient × push',
    sentence: ({ change, promised }: { change: string; promised: string }) =>
      `The result changes by ${change}; the gradient promises ${promised}.`,
    chart: 'The result over the input, and the straight line that the gradient promises',
    input: 'input',
    result: 'result',
    promisedLine: 'Dashed: the promise. It holds near the middle and may bend away farther out.',
    point: ({ x, y, tangent }: { x: string; y: string; tangent: string }) =>
      `input ${x}, result ${y}, promised ${tangent}`,
    none: 'No input of this graph can be pushed.',
    elements: 'The result has several elements; what is compared is their sum, weighted by the seed.',
  },
  check: {
    note: 'Every number is moved by h up and down; the change of the result over 2h is the numerical gradient. Choose a row to see how the error depends on h.',
    verdict: 'Verdict',
    passes: 'Forward passes',
    elements: ({ agree, all }: { agree: number; all: number }) => `${agree} of ${all} elements`,
    why: {
      agrees: 'Backward and numerical gradient agree.',
      kink: 'There is a corner of the function inside x ± h, so a difference over it cannot be the derivative. The gradient itself is not in doubt.',
      'round-off': 'h is so small that the two results differ only in digits that the number format does not hold.',
      curvature: 'h is so large that the function bends within x ± h.',
      disagrees: 'No h brings the two together: one of the gradients is wrong.',
    } satisfies Record<Verdict, string>,
    zones: {
      agrees: 'good',
      kink: 'kink',
      'round-off': 'round-off',
      curvature: 'curvature',
      disagrees: 'differs',
    } satisfies Record<Verdict, string>,
    chart: 'Error of the numerical gradient over the step width h',
    h: 'step width h',
    error: 'relative error',
    exact: 'At these h the two agree to the last digit, which a logarithmic axis cannot show.',
    point: ({ h, numeric, error, verdict }: { h: string; numeric: string; error: string; verdict: string }) =>
      `h ${h}, numerical ${numeric}, error ${error}, ${verdict}`,
    best: ({ h }: { h: string }) => `The error is smallest at h = ${h}.`,
    width: 'h',
  },
  race: {
    title: 'Backward against numerical',
    note: 'Both find the same gradients. Backward needs one pass forward and one back, whatever the number of inputs; central differences need two passes forward for every number.',
    which: 'Graph',
    own: 'this graph',
    net: 'TwoLayerNet, 784–50–10',
    start: 'Start the race',
    stop: 'Stop',
    backward: 'Backward',
    numerical: 'Numerical',
    passes: ({ done, all }: { done: string; all: string }) => `${done} of ${all} forward passes`,
    once: '1 pass forward, 1 back',
    parameters: ({ count }: { count: string }) => `${count} numbers`,
    time: ({ seconds }: { seconds: string }) => `${seconds} s`,
    finished: ({ backward, numerical }: { backward: string; numerical: string }) =>
      `Backward took ${backward} s, numerical ${numerical} s.`,
    stopped: ({ done, all }: { done: string; all: string }) => `Stopped after ${done} of ${all} forward passes.`,
    ready: 'Every pass is really computed; the counters count finished ones.',
  },
  forward: {
    note: 'The other way round: let one input move at speed 1 and carry the speeds forward with the values.',
    tangent: 'Speed',
    table: 'Speeds and gradients',
    direction: ({ input }: { input: string }) => `when ${input} moves at 1`,
    meet: ({ output, input }: { output: string; input: string }) =>
      `The speed of ${output} and the gradient of ${input} are the same number, found from opposite ends.`,
    cost: ({ inputs }: { inputs: string }) =>
      `Forward mode needs one pass for each of the ${inputs} input numbers, and answers for every node. Backward mode needs one pass for the one result, and answers for every input. With many inputs and one loss, backward wins.`,
    costOne:
      'Forward mode needs one pass for each input number, backward mode one for each result. With one input and one result they cost the same.',
    later: 'comes with the way back',
  },
  nonFinite: {
    title: ({ kind, node, step }: { kind: string; node: string; step: number }) =>
      step === 0 ? `${kind} at ${node}, given as input` : `${kind} at ${node}, step ${step}`,
    kinds: { nan: 'NaN', inf: 'Infinity' },
    go: ({ step }: { step: number }) => `Go to step ${step}`,
    goInput: 'Show the input',
    went: ({ numbers }: { numbers: string }) => `What went in: ${numbers}.`,
    number: ({ name, value }: { name: string; value: string }) => `${name} = ${value}`,
    spread: ({ count }: { count: number }) =>
      count === 1 ? 'One more number was struck after that.' : `${count} more numbers were struck after that.`,
    why: {
      input: () => 'The number was given so. Change the input.',
      'divide-by-zero': ({ op }: Sentence) => `${op} divides by zero. Keep the denominator away from 0.`,
      'zero-over-zero': ({ op }: Sentence) => `${op} divides 0 by 0, which has no value.`,
      'log-of-zero': () =>
        `The logarithm of 0 is −∞. Add a small number before the log, or use a loss that works with log-softmax.`,
      'log-of-negative': () => `A negative number has no logarithm.`,
      'sqrt-of-negative': () => `A negative number has no square root.`,
      'pow-of-negative': () => `A negative base has no power with a fraction as exponent.`,
      overflow: ({ op }: Sentence) =>
        `${op} gives a number larger than any that can be stored. Make the input smaller: subtracting the largest one first is what softmax does.`,
      'inf-minus-inf': ({ op }: Sentence) => `${op} takes infinity from infinity, which has no value.`,
      'zero-times-inf': ({ op }: Sentence) => `${op} multiplies 0 by infinity, which has no value.`,
      'inf-over-inf': ({ op }: Sentence) => `${op} divides infinity by infinity, which has no value.`,
      'passed-on': ({ op }: Sentence) => `${op} hands on what was not finite before.`,
    } as Record<NonFiniteCause, (sentence: Sentence) => string>,
  },
};
