#pragma once

#include "backprop/graph.h"

#include <vector>

namespace backprop {

/// ⟨seed, target⟩ as a function of one element of one node: the element moves, and what depends on it is computed anew.
/// The graph must stand after a forward pass to the target; `restore` brings it back there.
class Probe {
 public:
  /// `seed` has the target's shape; graph and seed outlive the probe.
  Probe(Graph& graph, NodeIndex target, const Tensor& seed, NodeIndex node);

  [[nodiscard]] const Graph& graph() const noexcept { return graph_; }
  /// The operators that depend on the node and that the target needs, in the order they run.
  [[nodiscard]] const std::vector<NodeIndex>& behind() const noexcept { return behind_; }
  [[nodiscard]] double element(std::size_t i) const { return graph_.node(node_).value[i]; }

  /// ⟨seed, target⟩ with the element moved by `offset`. The element stands where it stood afterwards, but the values
  /// behind it are those of the moved one until `restore`: a second pass for nothing otherwise.
  double at(std::size_t element, double offset);
  void restore();

 private:
  Graph& graph_;
  NodeIndex target_;
  const Tensor& seed_;
  NodeIndex node_;
  std::vector<NodeIndex> behind_;
};

}  // namespace backprop
