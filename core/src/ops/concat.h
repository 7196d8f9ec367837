#pragma once

#include "backprop/op.h"

namespace backprop {

/// Tensors laid end to end along one axis, seen as [outer, run] with a run of its own length for each input.
struct Joined {
  std::size_t outer;
  std::vector<std::size_t> runs;    ///< elements of each input in a row of the result
  std::vector<std::size_t> starts;  ///< where they begin in it
  std::size_t row;                  ///< elements of a row of the result
};

/// By the attribute `axis` of concat. Throws InvalidAttribute or ShapeMismatch.
[[nodiscard]] Joined joined_of(std::span<const Shape> inputs, const Attributes& attributes);
[[nodiscard]] inline Joined joined_of(const Call& call) {
  std::vector<Shape> shapes;
  for (const Tensor* input : call.inputs) shapes.push_back(input->shape());
  return joined_of(shapes, call.attributes);
}

}  // namespace backprop
