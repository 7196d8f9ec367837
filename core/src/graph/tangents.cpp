#include "backprop/tangents.h"

#include "backprop/error.h"

#include <array>

namespace backprop {

namespace {

void check(const Node& leaf, const Tensor& direction) {
  if (!leaf.op->is_leaf()) {
    refuse(ErrorCode::NotALeaf,
           {"\"", leaf.id, "\" is an operator: it moves as its inputs do. Give directions for inputs and parameters."},
           {leaf.id});
  }
  if (!(direction.shape() == leaf.shape)) {
    refuse(ErrorCode::ShapeMismatch,
           {"The direction of \"", leaf.id, "\" has shape ", direction.shape(), " but \"", leaf.id, "\" has shape ",
            leaf.shape, ". Give one number for each of its elements."},
           {leaf.id});
  }
}

}  // namespace

std::vector<Tensor> tangents(Graph& graph, const Directions& directions, std::optional<NodeIndex> target) {
  std::vector<std::optional<Tensor>> moves(graph.size());
  for (const auto& [leaf, direction] : directions) {
    check(graph.node(leaf), direction);
    round_to(graph.dtype(), moves[leaf].emplace(direction));
  }
  std::vector<NodeIndex> operators;
  if (target) {
    operators = graph.route(*target).forward;
  } else {
    for (NodeIndex i = 0; i < graph.size(); ++i) {
      if (!graph.node(i).op->is_leaf()) operators.push_back(i);
    }
  }
  for (const NodeIndex index : operators) {
    const Node& node = graph.node(index);
    if (!node.has_value) graph.forward_node(index);
    std::array<const Tensor*, kMaxOpInputs> tangents{};
    bool moved = false;
    const std::size_t count = node.inputs.size();
    for (std::size_t slot = 0; slot < count; ++slot) {
      const NodeIndex input = node.inputs[slot];
      if (!moves[input] || node.op->slot(slot).combine == Combine::None) continue;
      tangents[slot] = &*moves[input];
      moved = true;
    }
    if (!moved) continue;
    moves[index] = graph.tangent(index, std::span<const Tensor* const>(tangents.data(), count));
  }
  std::vector<Tensor> all;
  all.reserve(graph.size());
  for (NodeIndex i = 0; i < graph.size(); ++i) {
    all.push_back(moves[i] ? std::move(*moves[i]) : Tensor(graph.node(i).shape));
  }
  return all;
}

}  // namespace backprop
