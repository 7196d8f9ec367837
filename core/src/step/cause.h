#pragma once

#include "backprop/non_finite.h"

namespace backprop {

/// What made element `element` of an operator's value not finite, and of what.
void explain_value(NonFinite& found, const Graph& graph, NodeIndex node, std::size_t element);

/// The same for what an operator sent back to element `element` of the input at `slot`.
void explain_contribution(NonFinite& found, const Graph& graph, NodeIndex node, std::size_t slot, std::size_t element);

/// First element that is NaN or infinite.
[[nodiscard]] std::optional<std::size_t> first_not_finite(const Tensor& tensor);

}  // namespace backprop
