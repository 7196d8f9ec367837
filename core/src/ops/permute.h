#pragma once

#include "backprop/op.h"

namespace backprop {

/// Axis i of the result is axis `[i]` of the input.
using Permutation = std::vector<std::size_t>;

/// By the attribute `axes` of transpose. Throws InvalidAttribute unless it names every axis once.
[[nodiscard]] Permutation permutation_of(const Shape& x, const Attributes& attributes);
[[nodiscard]] Shape permuted(const Shape& x, const Permutation& axes);
/// Where in x the element `result` of the permuted tensor stands.
[[nodiscard]] std::size_t permuted_offset(const Shape& x, const Permutation& axes, std::size_t result);

}  // namespace backprop
