#pragma once

#include "backprop/graph.h"

#include <optional>
#include <utility>
#include <vector>

namespace backprop {

/// Directions in which leaves move; those not named stand still.
using Directions = std::vector<std::pair<NodeIndex, Tensor>>;

/// Forward mode: how every node moves when the leaves move along `directions`, each in the shape of its node (J · v,
/// where a backward pass gives Jᵀ · upstream). One pass beside the forward pass, whatever the number of results; values
/// that are missing are computed. With `target`, only what it needs: the others stand still.
///   errors  NotALeaf for a direction of an operator, ShapeMismatch for one that has not its leaf's shape
[[nodiscard]] std::vector<Tensor> tangents(Graph& graph, const Directions& directions,
                                           std::optional<NodeIndex> target = std::nullopt);

}  // namespace backprop
