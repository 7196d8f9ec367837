#pragma once

#include "backprop/graph.h"

#include <optional>
#include <string_view>
#include <vector>

namespace backprop {

/// A tensor that an operator needs again on the way back.
struct KeptTensor {
  std::string_view what;  ///< the name of the slot, or of the result
  NodeIndex of;           ///< whose value it is
  std::size_t bytes;
};

/// What one operator keeps between its forward and its backward step.
struct MemoryEntry {
  NodeIndex node;
  std::vector<KeptTensor> keeps;
  std::string_view enough;  ///< what the kept tensors could be shrunk to, in one word (`mask`); empty where to nothing
  int from = 0;             ///< the operator's forward step
  int until = 0;            ///< its backward step; `from` where nothing goes back through it
};

/// For every operator that the target needs, in the order of their forward steps, by the declarations of the ops: why a
/// product keeps its inputs, exp its result and a sum nothing. Only what the wanted contributions read: a product with
/// a constant keeps the constant and not the other factor.
[[nodiscard]] std::vector<MemoryEntry> memory(const Graph& graph, NodeIndex target);

}  // namespace backprop
