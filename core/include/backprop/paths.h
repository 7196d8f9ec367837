#pragma once

#include "backprop/graph.h"

#include <optional>
#include <vector>

namespace backprop {

/// One way from a node to another along the wires, and what comes back along it.
struct Path {
  std::vector<NodeIndex> nodes;               ///< from `from` to `to`, both included
  std::vector<int> slots;                     ///< slots[k]: the slot of nodes[k + 1] that nodes[k] feeds
  std::vector<std::optional<Tensor>> locals;  ///< parallel to slots; empty where the rule has no short one
  Tensor product;                             ///< what reaches `from` along this path alone
};

struct PathReport {
  std::vector<Path> paths;
  Tensor total;        ///< over all paths, those left out included: the gradient of ⟨seed, to⟩ at `from`
  double omitted = 0;  ///< how many more paths there are; exact up to 2⁵³
};

/// Bounds of a report. Paths are counted without being walked, so a graph with 2³⁰⁰ of them takes no longer.
inline constexpr std::size_t kMaxPaths = 256;
inline constexpr std::size_t kMaxPathNodes = 20'000;                   ///< nodes of all listed paths together
inline constexpr std::size_t kMaxPathElements = std::size_t{1} << 20;  ///< elements of all their tensors together

/// Every path from `from` to `to`, in the order of the slots seen from `to`, with the product along each: the seed sent
/// back through the rules of its operators and through no other wire. The products add up to the gradient, since every
/// rule is linear in what comes from above. Slots that take no gradient (labels) are no way.
/// The graph must stand after a forward pass to `to`.
///   errors  NotComputed
[[nodiscard]] PathReport paths(const Graph& graph, NodeIndex from, NodeIndex to, const Tensor& seed);

/// The gradient of ⟨seed, to⟩ at `from` alone, at any node, constants included: the same sums as a backward pass.
[[nodiscard]] Tensor gradient_at(const Graph& graph, NodeIndex from, NodeIndex to, const Tensor& seed);

}  // namespace backprop
