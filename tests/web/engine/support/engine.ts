import { BackpropError, loadEngine, type Engine, type GraphDocument } from '../../../../web/engine';

/** The shipped wasm, as a program in Node gets it. */
export const engine: Engine = await loadEngine();

export function document(nodes: GraphDocument['nodes'], output?: string): GraphDocument {
  return { format: 'backprop-graph', version: 1, nodes, ...(output === undefined ? {} : { output }) };
}

/** Two apples at 100 with 10 % tax: the book's first graph. */
export const apple: GraphDocument = document(
  [
    { id: 'apple', op: 'input', value: 100 },
    { id: 'count', op: 'input', value: 2 },
    { id: 'price', op: 'mul', inputs: ['apple', 'count'] },
    { id: 'tax', op: 'input', value: 1.1 },
    { id: 'total', op: 'mul', inputs: ['price', 'tax'] },
  ],
  'total',
);

/** What a call throws; fails the test if it throws nothing, or something that is no BackpropError. */
export function refusal(call: () => unknown): BackpropError {
  try {
    call();
  } catch (error) {
    if (error instanceof BackpropError) return error;
    throw error;
  }
  throw new Error('the call was not refused');
}
