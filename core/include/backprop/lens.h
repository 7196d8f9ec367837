#pragma once

#include "backprop/document.h"
#include "backprop/graph.h"

#include <cstdint>
#include <span>

namespace backprop {

enum class LensOf { Value, Gradient };

/// Terms of a sum that a lens shows one by one; the others are one constant, labelled "… (how many)".
inline constexpr std::size_t kLensTerms = 12;

/// One element of a node as a scalar graph of the very products and sums that made it: its value from the values at the
/// operator's inputs, or its gradient from the gradients and local derivatives of the operators that use it. Leaves are
/// named after the elements they stand for (`W[3, 1]`), gradients `∂y[0, 1]`. The graph's output is the element, up to
/// rounding.
///   errors  NotComputed where the element has no value (or no gradient) yet; OutOfRange for an index outside the node;
///           NotALeaf for the value of a leaf, which nothing made; Unsupported for an operator without a scalar form
[[nodiscard]] GraphDocument lens(const Graph& graph, NodeIndex node, std::span<const std::int64_t> index, LensOf of);

}  // namespace backprop
