#pragma once

#include "guard.h"
#include "rooms.h"

namespace backprop::bindings {

[[nodiscard]] inline OpenGraph& open_graph(int id) { return *open_graphs()[id]; }

[[nodiscard]] inline const std::string& id_of(OpenGraph& graph, NodeIndex node) { return graph.graph().node(node).id; }

[[nodiscard]] inline std::optional<Tensor> optional_tensor(const val& extents, const val& data) {
  if (extents.isNull()) return std::nullopt;
  return tensor(extents, data);
}

/// One index for each axis.
inline std::vector<std::int64_t> element_index(const val& index) {
  std::vector<std::int64_t> at;
  for (const double axis : numbers<double>(index)) at.push_back(integer(axis, 0, kMaxElements, "an index"));
  return at;
}

}  // namespace backprop::bindings
