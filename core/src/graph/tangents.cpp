#include "backprop/tangents.h"

#include "backprop/error.h"

#include <array>

namespace backprop {

namespace {

template <class T>
void check(const Node<T>& leaf, const Tensor<T>& direction) {
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

template <class T>
std::vector<Tensor<T>> tangents(Graph<T>& graph, const Directions<T>& directions, std::optional<NodeIndex> target) {
  std::vector<std::optional<Tensor<T>>> moves(graph.size());
  for (const auto& [leaf, direction] : directions) {
    check(graph.node(leaf), direction);
    moves[leaf] = direction;
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
    const Node<T>& node = graph.node(index);
    if (!node.has_value) graph.forward_node(index);
    std::array<const Tensor<T>*, kMaxOpInputs> values{};
    std::array<const Tensor<T>*, kMaxOpInputs> tangents{};
    bool moved = false;
    const std::size_t count = node.inputs.size();
    for (std::size_t slot = 0; slot < count; ++slot) {
      const NodeIndex input = node.inputs[slot];
      values[slot] = &graph.node(input).value;
      if (!moves[input] || node.op->slot(slot).combine == Combine::None) continue;
      tangents[slot] = &*moves[input];
      moved = true;
    }
    if (!moved) continue;
    moves[index] =
        node.op->template rule<T>().tangent({std::span<const Tensor<T>* const>(values.data(), count), node.attributes},
                                            node.value, std::span<const Tensor<T>* const>(tangents.data(), count));
  }
  std::vector<Tensor<T>> all;
  all.reserve(graph.size());
  for (NodeIndex i = 0; i < graph.size(); ++i) {
    all.push_back(moves[i] ? std::move(*moves[i]) : Tensor<T>(graph.node(i).shape));
  }
  return all;
}

template std::vector<Tensor<float>> tangents(Graph<float>&, const Directions<float>&, std::optional<NodeIndex>);
template std::vector<Tensor<double>> tangents(Graph<double>&, const Directions<double>&, std::optional<NodeIndex>);

}  // namespace backprop
