#include "step/lens.h"

#include "backprop/error.h"
#include "backprop/lens.h"

namespace backprop {

namespace {

std::size_t offset_of(const Shape& shape, std::span<const std::int64_t> index, const std::string& id) {
  bool inside = index.size() == shape.rank();
  std::int64_t offset = 0;
  for (std::size_t axis = 0; inside && axis < shape.rank(); ++axis) {
    inside = index[axis] >= 0 && index[axis] < shape[axis];
    offset = offset * shape[axis] + index[axis];
  }
  if (inside) return static_cast<std::size_t>(offset);
  std::string wanted;
  for (const std::int64_t at : index) wanted += (wanted.empty() ? "" : ", ") + std::to_string(at);
  throw Error(ErrorCode::OutOfRange,
              "\"" + id + "\" has shape " + shape.text() + " and no element [" + wanted + "]. Give one index for each axis.",
              {id});
}

}  // namespace

std::string element_name(std::string_view id, const Shape& shape, std::size_t offset) {
  if (shape.rank() == 0) return std::string(id);
  std::string index;
  for (std::size_t axis = shape.rank(); axis-- > 0;) {
    const auto extent = static_cast<std::size_t>(shape[axis]);
    index = std::to_string(offset % extent) + (index.empty() ? "" : ", ") + index;
    offset /= extent;
  }
  return std::string(id) + "[" + index + "]";
}

template <class T>
GraphDocument lens(const Graph<T>& graph, NodeIndex node, std::span<const std::int64_t> index, LensOf of) {
  const std::string& id = graph.node(node).id;
  const std::size_t offset = offset_of(graph.node(node).shape, index, id);
  ScalarGraph scalars;
  GraphDocument document;
  if (of == LensOf::Gradient) {
    document = scalars.document(gradient_lens(scalars, graph, node, offset));
    document.title = element_name("∂" + id, graph.node(node).shape, offset);
  } else {
    if (graph.node(node).op->is_leaf()) {
      throw Error(ErrorCode::NotALeaf, "\"" + id + "\" is given, not computed: there is nothing behind its value.", {id});
    }
    document = scalars.document(value_lens(scalars, graph, node, offset));
    document.title = element_name(id, graph.node(node).shape, offset);
  }
  return document;
}

template GraphDocument lens(const Graph<float>&, NodeIndex, std::span<const std::int64_t>, LensOf);
template GraphDocument lens(const Graph<double>&, NodeIndex, std::span<const std::int64_t>, LensOf);

}  // namespace backprop
