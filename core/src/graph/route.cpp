#include "backprop/graph.h"

#include "graph/order.h"

namespace backprop {

namespace {

/// What a backward pass must reach: for learners every node but constants, for training the parameters.
bool is_goal(const Node& node, GradientFor purpose) {
  if (!node.op->is_leaf()) return false;
  return purpose == GradientFor::Parameters ? node.op->name == "parameter" : node.op->name != "constant";
}

}  // namespace

const Route& Graph::route(NodeIndex target, GradientFor purpose) const {
  const std::size_t key = target * 2 + (purpose == GradientFor::Parameters ? 1 : 0);
  if (const auto found = routes_.find(key); found != routes_.end()) return found->second;

  std::vector<bool> needed(nodes_.size(), false);
  std::vector<bool> carries(nodes_.size(), false);
  needed[target] = true;
  // Nodes stand in topological order: one sweep down finds what the target needs, one sweep up what leads to a goal.
  for (NodeIndex i = target + 1; i-- > 0;) {
    if (!needed[i]) continue;
    for (const NodeIndex input : nodes_[i].inputs) needed[input] = true;
  }
  Route route;
  for (NodeIndex i = 0; i <= target; ++i) {
    carries[i] = is_goal(nodes_[i], purpose);
    for (std::size_t slot = 0; slot < nodes_[i].inputs.size(); ++slot) {
      if (nodes_[i].op->slot(slot).combine != Combine::None && carries[nodes_[i].inputs[slot]]) carries[i] = true;
    }
    if (needed[i] && !nodes_[i].op->is_leaf()) route.forward.push_back(i);
  }

  // Backward, an operator runs after all operators that use it; ties go to the one that runs first forward, as in the
  // book.
  std::vector<std::size_t> position(nodes_.size());
  for (std::size_t k = 0; k < route.forward.size(); ++k) position[route.forward[k]] = k;
  Edges users(route.forward.size());
  for (std::size_t k = 0; k < route.forward.size(); ++k) {
    for (const NodeIndex input : nodes_[route.forward[k]].inputs) {
      if (!nodes_[input].op->is_leaf()) users[position[input]].push_back(k);
    }
  }
  for (const std::size_t k : topological_order(users)) {
    const Node& node = nodes_[route.forward[k]];
    Wanted wanted = 0;
    for (std::size_t slot = 0; slot < node.inputs.size(); ++slot) {
      if (node.op->slot(slot).combine != Combine::None && carries[node.inputs[slot]]) wanted |= Wanted{1} << slot;
    }
    route.backward.push_back(route.forward[k]);
    route.wanted.push_back(wanted);
  }
  if (routes_.size() >= kMaxRoutes) routes_.clear();
  return routes_.emplace(key, std::move(route)).first->second;
}

}  // namespace backprop
