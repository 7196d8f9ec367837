#pragma once

#include "backprop/document.h"
#include "backprop/graph.h"

#include <string_view>

namespace backprop {

/// Whether a node of this op can be opened into primitives: sigmoid, affine, softmax, softmax_with_loss, …
[[nodiscard]] bool opens(const Op& op);

/// The graph's document with the node replaced by the primitives that it stands for, as the book writes them: a group
/// named after the node, whose last node keeps its id and remembers the closed form. Value and gradients stay the same
/// up to rounding. Not where numbers overflow: the book's e^x / Σ e^x has no shift by the maximum.
///   errors  UnknownNode; Unsupported for an op that does not open
[[nodiscard]] GraphDocument opened(const Graph& graph, std::string_view id);

/// The document with an opened group closed again; `closed(opened(g, id), id)` is the document of g. Renamed nodes and
/// inputs from elsewhere are followed.
///   errors  UnknownNode where there is no such group; Unsupported where its nodes are no longer what the op opens
///   into, or
///           where one of them is used outside
[[nodiscard]] GraphDocument closed(const Graph& graph, std::string_view group);

}  // namespace backprop
