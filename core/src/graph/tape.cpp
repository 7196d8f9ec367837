#include "graph/tape.h"

#include <algorithm>

namespace backprop {

namespace {

bool is_scalar(const Node& node) { return node.shape.rank() == 0; }

ScalarTape::Line line_of(const Node& node, NodeIndex index) {
  ScalarTape::Line line{.rule = node.op->scalar,
                        .x = static_cast<std::uint32_t>(node.inputs.front()),
                        .y = static_cast<std::uint32_t>(node.inputs.back()),
                        .z = static_cast<std::uint32_t>(index)};
  line.slots = static_cast<std::uint8_t>(node.inputs.size());
  return line;
}

/// Into a node's tensor, which is a scalar's already in all passes but the first.
void put(Tensor& tensor, double number) {
  if (tensor.shape().rank() != 0) tensor.resize(Shape{});
  tensor[0] = number;
}

}  // namespace

ScalarTape* Graph::tape(NodeIndex target, GradientFor purpose) {
  if (dtype_ == Dtype::Float32) return nullptr;
  const std::size_t key = target * 2 + (purpose == GradientFor::Parameters ? 1 : 0);
  if (const auto found = tapes_.find(key); found != tapes_.end()) return found->second ? &*found->second : nullptr;
  if (tapes_.size() >= kMaxRoutes) tapes_.clear();
  std::optional<ScalarTape>& made = tapes_[key];
  const Route& way = route(target, purpose);
  for (const NodeIndex node : way.forward) {
    if (nodes_[node].op->scalar.value == nullptr || !is_scalar(nodes_[node])) return nullptr;
  }
  if (!is_scalar(nodes_[target])) return nullptr;

  ScalarTape& tape = made.emplace();
  tape.values.resize(nodes_.size());
  tape.grads.resize(nodes_.size());
  std::vector<bool> seen(nodes_.size(), false);
  for (const NodeIndex node : way.forward) {
    for (const NodeIndex input : nodes_[node].inputs) {
      if (nodes_[input].op->is_leaf() && !seen[input]) tape.given.push_back(input);
      seen[input] = true;
    }
    tape.forward.push_back(line_of(nodes_[node], node));
  }
  // Who receives when, and so which contribution is the first, is the same in every pass.
  std::vector<bool> reached(nodes_.size(), false);
  reached[target] = true;
  tape.reached.push_back(target);
  for (std::size_t k = 0; k < way.backward.size(); ++k) {
    const NodeIndex node = way.backward[k];
    if (way.wanted[k] == 0 || !reached[node]) continue;
    ScalarTape::Line& line = tape.backward.emplace_back(line_of(nodes_[node], node));
    line.wanted = static_cast<std::uint8_t>(way.wanted[k]);
    for (std::size_t slot = 0; slot < line.slots; ++slot) {
      const NodeIndex input = nodes_[node].inputs[slot];
      if (!wants(line.wanted, slot) || reached[input]) continue;
      reached[input] = true;
      tape.reached.push_back(input);
      line.first = static_cast<std::uint8_t>(line.first | 1U << slot);
    }
  }
  return &tape;
}

bool run_forward(ScalarTape& tape, std::vector<Node>& nodes) {
  if (std::ranges::all_of(tape.forward, [&](const ScalarTape::Line& line) { return nodes[line.z].has_value; }))
    return false;
  double* values = tape.values.data();
  for (const NodeIndex leaf : tape.given) values[leaf] = nodes[leaf].value[0];
  for (const ScalarTape::Line& line : tape.forward) {
    Node& node = nodes[line.z];
    const double value = line.rule.value(values[line.x], values[line.y]);
    values[line.z] = value;
    put(node.value, value);
    node.has_value = true;
  }
  return true;
}

void run_backward(ScalarTape& tape, std::vector<Node>& nodes, NodeIndex target, double seed, bool fresh) {
  double* values = tape.values.data();
  if (!fresh) {
    for (const NodeIndex leaf : tape.given) values[leaf] = nodes[leaf].value[0];
    for (const ScalarTape::Line& line : tape.forward) values[line.z] = nodes[line.z].value[0];
  }
  double* grads = tape.grads.data();
  grads[target] = seed;
  for (const ScalarTape::Line& line : tape.backward) {
    const double upstream = grads[line.z];
    for (std::size_t slot = 0; slot < line.slots; ++slot) {
      if ((line.wanted >> slot & 1) == 0) continue;
      const double contribution = upstream * line.rule.local[slot](values[line.x], values[line.y], values[line.z]);
      double& sum = grads[slot == 0 ? line.x : line.y];
      // Not from 0: 0 + −0 is 0.
      sum = (line.first >> slot & 1) != 0 ? contribution : sum + contribution;
    }
  }
  for (const NodeIndex reached : tape.reached) {
    put(nodes[reached].grad, grads[reached]);
    nodes[reached].has_grad = true;
  }
}

}  // namespace backprop
