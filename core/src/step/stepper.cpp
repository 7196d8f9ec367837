#include "backprop/stepper.h"

#include "backprop/error.h"

#include <algorithm>

namespace backprop {

std::string_view to_string(Phase phase) noexcept {
  switch (phase) {
    case Phase::Forward:
      return "forward";
    case Phase::Seed:
      return "seed";
    case Phase::Backward:
      return "backward";
  }
  return "";
}

namespace {

/// The record of a step that has only one: what `node` holds after it.
StepRecord one_line(Phase phase, NodeIndex node, const Tensor& after) {
  StepRecord line;
  line.phase = phase;
  line.node = node;
  line.to = node;
  line.after = after;
  return line;
}

}  // namespace

std::vector<NodeSteps> number_steps(const Graph& graph, NodeIndex target) {
  const Route& route = graph.route(target);
  std::vector<NodeSteps> numbers(graph.size());
  int step = 0;
  for (const NodeIndex node : route.forward) numbers[node].forward = ++step;
  numbers[target].gradient = ++step;
  for (std::size_t k = 0; k < route.backward.size(); ++k) {
    const NodeIndex node = route.backward[k];
    numbers[node].backward = ++step;
    const std::vector<NodeIndex>& inputs = graph.node(node).inputs;
    for (std::size_t slot = 0; slot < inputs.size(); ++slot) {
      if (wants(route.wanted[k], slot)) numbers[inputs[slot]].gradient = step;
    }
  }
  return numbers;
}

Stepper::Stepper(Graph& graph, NodeIndex target, std::optional<Tensor> seed)
    : graph_(graph), target_(target), seed_(std::move(seed)), numbers_(number_steps(graph, target)) {
  seek(0);
}

int Stepper::steps() const noexcept { return 2 * static_cast<int>(graph_.route(target_).forward.size()) + 1; }

std::vector<StepRecord> Stepper::seek(int i) {
  if (i < 0 || i > steps()) {
    refuse(ErrorCode::OutOfRange, {"Step ", i, " does not exist: this graph has steps 0 to ", steps(), "."});
  }
  graph_.clear();
  passed_.clear();
  std::vector<StepRecord> records;
  for (int step = 1; step <= i; ++step) records = run(step, step == i);
  step_ = i;
  return records;
}

std::vector<StepRecord> Stepper::run(int i, bool record) {
  const Route& route = graph_.route(target_);
  const int operators = static_cast<int>(route.forward.size());
  std::vector<StepRecord> records;

  if (i <= operators) {
    const NodeIndex node = route.forward[static_cast<std::size_t>(i - 1)];
    graph_.forward_node(node);
    if (record) records.push_back(one_line(Phase::Forward, node, graph_.node(node).value));
    return records;
  }
  if (i == operators + 1) {
    const Tensor seed = graph_.seed_for(target_, seed_);
    graph_.receive(target_, seed);
    if (record) {
      records.push_back(one_line(Phase::Seed, target_, seed));
      records.back().contribution = seed;
    }
    return records;
  }

  const auto k = static_cast<std::size_t>(i - operators - 2);
  const NodeIndex index = route.backward[k];
  const Node& node = graph_.node(index);
  if (!node.has_grad || route.wanted[k] == 0) return records;
  Contributions contributions = graph_.backward_node(index, route.wanted[k]);
  for (std::size_t slot = 0; slot < contributions.size(); ++slot) {
    if (!contributions[slot]) continue;
    const NodeIndex to = node.inputs[slot];
    const Node& input = graph_.node(to);
    StepRecord line;
    if (record) {
      line.phase = Phase::Backward;
      line.node = index;
      line.from = index;
      line.to = to;
      line.slot = static_cast<int>(slot);
      line.combine = node.op->slot(slot).combine;
      line.upstream = node.grad;
      line.local = graph_.local(index, slot);
      line.contribution = contributions[slot];
      if (input.has_grad) line.before = input.grad;
    }
    passed_.push_back({.node = index, .slot = static_cast<int>(slot), .contribution = *contributions[slot]});
    graph_.receive(to, std::move(*contributions[slot]));
    if (record) {
      line.after = input.grad;
      records.push_back(std::move(line));
    }
  }
  return records;
}

}  // namespace backprop
