/** One sentence a code: what happened and what to do. The core's own words, which name shapes and places, follow it. */
export const errors = {
  MalformedDocument: 'This is not a graph document. Check the place that the details name.',
  MalformedFile: 'The file’s contents do not add up. It may be cut off; get it again.',
  UnknownOp: 'The graph uses an operation that does not exist. Check its name.',
  UnknownNode: 'An input names a node that is not in the graph. Add the node or correct the name.',
  DuplicateNode: 'Two nodes have the same id. Give one of them another.',
  WrongArity: 'A node has too many or too few inputs.',
  Cycle: 'The nodes form a circle: each waits for the one before it. Take one connection out.',
  ShapeMismatch: 'Shapes do not fit together.',
  InvalidAttribute: 'A setting of a node is unknown, missing or out of range.',
  InvalidValue: 'A number makes no sense in this place.',
  NotALeaf: 'Only inputs, parameters and constants can be given a value.',
  NotComputed: 'This value does not exist yet. Step on until it is computed.',
  NotFinite: 'The loss is no longer a finite number. Take a smaller learning rate.',
  OutOfRange: 'A number lies outside its range.',
  TooLarge: 'This would need more memory than the page allows itself. Take something smaller.',
  Unsupported: 'This is not possible here.',
  Disposed: 'This is no longer open. Open it again.',
  /** Codes that are not listed. */
  other: 'Something went wrong.',
  details: ({ message }: { message: string }) => ` ${message}`,
};
