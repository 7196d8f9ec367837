#pragma once

#include <cstddef>
#include <vector>

namespace backprop {

/// Edges of a graph by position: `inputs[i]` are the nodes that feed node i.
using Edges = std::vector<std::vector<std::size_t>>;

/// Positions such that every node comes after its inputs; among those that could come next, the one that stands first
/// in the document does, so that a document in order keeps its order. Shorter than the graph where there is a cycle.
[[nodiscard]] std::vector<std::size_t> topological_order(const Edges& inputs);

/// The nodes of one cycle, each feeding the next, the last feeding the first. Only for graphs whose order is
/// incomplete.
[[nodiscard]] std::vector<std::size_t> find_cycle(const Edges& inputs, const std::vector<std::size_t>& ordered);

}  // namespace backprop
