import type { GraphDocument, NestedNumbers, Tensor, TensorLike } from '../shared/api.ts';

/** The document with other values for some of its leaves. Pure. */
export function withValues(document: GraphDocument, values: ReadonlyMap<string, TensorLike>): GraphDocument {
  if (values.size === 0) return document;
  const nodes = document.nodes.map((node) => {
    const value = values.get(node.id);
    return value === undefined ? node : { ...node, value: nested(value) };
  });
  return { ...document, nodes };
}

const isTensor = (value: TensorLike): value is Tensor => typeof value === 'object' && 'data' in value;

/** A tensor as the nested arrays of a document. */
export function nested(value: TensorLike): NestedNumbers {
  if (!isTensor(value)) return value;
  const { shape, data } = value;
  let position = 0;
  const at = (axis: number): NestedNumbers => {
    const extent = shape[axis];
    return extent === undefined ? (data[position++] ?? NaN) : Array.from({ length: extent }, () => at(axis + 1));
  };
  return at(0);
}
