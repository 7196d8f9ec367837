#pragma once

#include "guard.h"
#include "rooms.h"

namespace backprop::bindings {

/// Calls `use` with the OpenGraph<T> behind a number.
template <class F>
auto with_graph(int id, F&& use) {
  return std::visit([&](auto& graph) { return use(*graph); }, open_graphs()[id]);
}

template <class T>
const std::string& id_of(OpenGraph<T>& graph, NodeIndex node) {
  return graph.graph().node(node).id;
}

template <class T>
std::optional<Tensor<T>> optional_tensor(const val& extents, const val& data) {
  if (extents.isNull()) return std::nullopt;
  return tensor<T>(extents, data);
}

/// One index for each axis.
inline std::vector<std::int64_t> element_index(const val& index) {
  std::vector<std::int64_t> at;
  for (const double axis : numbers<double>(index)) at.push_back(integer(axis, 0, kMaxElements, "an index"));
  return at;
}

}  // namespace backprop::bindings
