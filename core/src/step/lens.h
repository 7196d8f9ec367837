#pragma once

#include <string>
#include <string_view>

#include "backprop/graph.h"
#include "step/scalar_graph.h"

namespace backprop {

/// `W[3, 1]`, and `W` for a scalar.
[[nodiscard]] std::string element_name(std::string_view id, const Shape& shape, std::size_t offset);

/// A tensor whose elements become leaves.
template <class T>
struct Named {
  std::string id;
  const Tensor<T>& tensor;

  [[nodiscard]] double at(std::size_t offset) const { return static_cast<double>(tensor[offset]); }
  [[nodiscard]] std::string name(std::size_t offset) const { return element_name(id, tensor.shape(), offset); }
  [[nodiscard]] ScalarGraph::Id leaf(ScalarGraph& scalars, std::size_t offset) const {
    return scalars.leaf(name(offset), at(offset));
  }
  [[nodiscard]] ScalarGraph::Term term(ScalarGraph& scalars, std::size_t offset) const {
    return scalars.element(name(offset), at(offset));
  }
};

template <class T>
[[nodiscard]] Named<T> value_of(const Graph<T>& graph, NodeIndex node) {
  return {graph.node(node).id, graph.value(node)};
}

/// What made element `offset` of an operator's value.
template <class T>
[[nodiscard]] ScalarGraph::Id value_lens(ScalarGraph& scalars, const Graph<T>& graph, NodeIndex node, std::size_t offset);

/// What made element `offset` of a node's gradient.
template <class T>
[[nodiscard]] ScalarGraph::Id gradient_lens(ScalarGraph& scalars, const Graph<T>& graph, NodeIndex node, std::size_t offset);

}  // namespace backprop
