#include "plan/parameter.h"

#include "kernels/matrix.h"

#include <algorithm>

namespace backprop::plan {

Parameter::Parameter(NodeIndex node, std::size_t columns)
    : node_(node), columns_(columns), row_(kernels::padded(columns)), weight_(false), positions_{0} {
  now.resize(row_);
}

Parameter::Parameter(NodeIndex node, const Layout& inputs, std::size_t columns)
    : node_(node), columns_(columns), row_(kernels::padded(columns)), positions_(inputs.elements()) {
  for (std::size_t i = 0; i < positions_.size(); ++i) positions_[i] = static_cast<std::uint32_t>(inputs.place(i));
  now.resize(inputs.extent() * row_);
}

Parameter::Parameter(NodeIndex node, std::size_t filters, std::size_t channels, std::size_t height, std::size_t width)
    : node_(node),
      columns_(filters),
      row_(kernels::padded(filters)),
      transposed_(true),
      positions_(channels * height * width) {
  for (std::size_t i = 0; i < positions_.size(); ++i) {
    positions_[i] = static_cast<std::uint32_t>(i % (height * width) * channels + i / (height * width));
  }
  now.resize(positions_.size() * row_);
}

template <class Move>
void Parameter::for_each_run(Move move) const {
  const std::size_t rows = positions_.size();
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t first = positions_[i] * row_;
    if (!transposed_) {
      move(i * columns_, first, columns_);
    } else {
      for (std::size_t j = 0; j < columns_; ++j) move(j * rows + i, first + j, 1);
    }
  }
}

std::size_t Parameter::place(std::size_t i) const {
  const std::size_t rows = positions_.size();
  return transposed_ ? positions_[i % rows] * row_ + i / rows : positions_[i / columns_] * row_ + i % columns_;
}

void Parameter::read(const Graph& graph) {
  const double* from = graph.node(node_).value.data();
  for_each_run([&](std::size_t theirs, std::size_t ours, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) now[ours + i] = static_cast<float>(from[theirs + i]);
  });
}

void Parameter::write(Graph& graph) const {
  double* to = graph.leaf_value(node_).data();
  for_each_run([&](std::size_t theirs, std::size_t ours, std::size_t count) {
    std::copy_n(now.data() + ours, count, to + theirs);
  });
}

}  // namespace backprop::plan
