#pragma once

#include "backprop/graph.h"

#include <optional>
#include <vector>

namespace backprop {

enum class Phase { Forward, Seed, Backward };
[[nodiscard]] std::string_view to_string(Phase phase) noexcept;

/// One line of the story of a step: numbers with where they came from. A forward step and the seed have one record, a
/// backward step one per slot. Tensors that make no sense for a record are empty.
struct StepRecord {
  Phase phase = Phase::Forward;
  NodeIndex node = 0;             ///< whose rule runs
  std::optional<NodeIndex> from;  ///< backward: `node`
  NodeIndex to = 0;               ///< forward, seed: `node`; backward: the input at `slot`
  int slot = -1;
  std::optional<Combine> combine;
  std::optional<Tensor> upstream;
  std::optional<Tensor> local;
  std::optional<Tensor> contribution;
  std::optional<Tensor> before;  ///< gradient of `to` before it was added; empty when there was none
  std::optional<Tensor> after;   ///< value (forward) or gradient (seed, backward) afterwards
};

/// What stays the same while a graph is stepped, for one node.
struct NodeSteps {
  std::optional<int> forward;   ///< the step that runs the operator forward
  std::optional<int> backward;  ///< the step that runs it backward
  std::optional<int> gradient;  ///< the step after which the node's gradient is complete
};

/// By node; 2N + 1 steps for the N operators that the target needs, as `Stepper` counts them.
[[nodiscard]] std::vector<NodeSteps> number_steps(const Graph& graph, NodeIndex target);

/// Steps a graph by replay: with N operators behind the target there are 2N + 1 steps (the operators forward, the seed,
/// the operators backward) and state 0 is before the first. Going back replays from the start: exact, and cheap at
/// these sizes.
class Stepper {
 public:
  Stepper(Graph& graph, NodeIndex target, std::optional<Tensor> seed = std::nullopt);

  [[nodiscard]] NodeIndex target() const noexcept { return target_; }
  [[nodiscard]] int steps() const noexcept;
  [[nodiscard]] int step() const noexcept { return step_; }

  /// Goes to the state after step `i` and returns the records of step i (none for 0). Throws OutOfRange.
  std::vector<StepRecord> seek(int i);

  /// The step that runs `node` forward / backward; empty for leaves and for operators that the target does not need.
  [[nodiscard]] std::optional<int> forward_step(NodeIndex node) const { return numbers_[node].forward; }
  [[nodiscard]] std::optional<int> backward_step(NodeIndex node) const { return numbers_[node].backward; }
  /// The step after which the node's gradient is complete; empty where none arrives.
  [[nodiscard]] std::optional<int> gradient_step(NodeIndex node) const { return numbers_[node].gradient; }

  /// Every contribution made so far: (operator, slot) with its tensor, in the order they were made.
  struct Passed {
    NodeIndex node;
    int slot;
    Tensor contribution;
  };
  [[nodiscard]] const std::vector<Passed>& passed() const noexcept { return passed_; }

 private:
  std::vector<StepRecord> run(int i, bool record);

  Graph& graph_;
  NodeIndex target_;
  std::optional<Tensor> seed_;
  int step_ = 0;
  std::vector<NodeSteps> numbers_;
  std::vector<Passed> passed_;
};

}  // namespace backprop
