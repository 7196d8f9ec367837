#pragma once

#include "backprop/graph.h"

#include "plan/layout.h"

#include <cstdint>
#include <vector>

namespace backprop::plan {

/// A parameter of the graph as the kernels want it: rows padded to whole vectors, zeros in the padding, which no
/// optimizer moves, since its gradient is 0.
class Parameter {
 public:
  /// A vector [n].
  Parameter(NodeIndex node, std::size_t columns);
  /// A matrix [inputs, n] whose rows stand where the layout has the inputs.
  Parameter(NodeIndex node, const Layout& inputs, std::size_t columns);
  /// Filters [filters, channels, height, width] as a matrix [height · width · channels, filters].
  Parameter(NodeIndex node, std::size_t filters, std::size_t channels, std::size_t height, std::size_t width);

  /// Copies the graph's numbers in, and back.
  void read(const Graph& graph);
  void write(Graph& graph) const;

  /// Where element i of the graph's tensor stands in the lists below.
  [[nodiscard]] std::size_t place(std::size_t i) const;
  [[nodiscard]] NodeIndex node() const { return node_; }
  [[nodiscard]] std::size_t elements() const { return positions_.size() * columns_; }
  [[nodiscard]] std::size_t row() const { return row_; }
  [[nodiscard]] bool is_weight() const { return weight_; }

  std::vector<float> now;
  std::vector<float> before;    ///< the weights before the latest update: where a loss that is not finite goes back to
  std::vector<float> gradient;  ///< only where an optimizer asks for it

 private:
  /// Calls move(place in the graph's tensor, place in `now`, count) for runs that lie alike in both.
  template <class Move>
  void for_each_run(Move move) const;

  NodeIndex node_;
  std::size_t columns_;
  std::size_t row_;
  bool weight_ = true;
  bool transposed_ = false;               ///< the graph stores [columns, rows]
  std::vector<std::uint32_t> positions_;  ///< of the graph's rows
};

}  // namespace backprop::plan
