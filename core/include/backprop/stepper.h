#pragma once

#include "backprop/graph.h"

#include <optional>
#include <vector>

namespace backprop {

enum class Phase { Forward, Seed, Backward };
[[nodiscard]] std::string_view to_string(Phase phase) noexcept;

/// One line of the story of a step: numbers with where they came from. A forward step and the seed have one record, a
/// backward step one per slot. Tensors that make no sense for a record are empty.
template <class T>
struct StepRecord {
  Phase phase = Phase::Forward;
  NodeIndex node = 0;             ///< whose rule runs
  std::optional<NodeIndex> from;  ///< backward: `node`
  NodeIndex to = 0;               ///< forward, seed: `node`; backward: the input at `slot`
  int slot = -1;
  std::optional<Combine> combine;
  std::optional<Tensor<T>> upstream;
  std::optional<Tensor<T>> local;
  std::optional<Tensor<T>> contribution;
  std::optional<Tensor<T>> before;  ///< gradient of `to` before it was added; empty when there was none
  std::optional<Tensor<T>> after;   ///< value (forward) or gradient (seed, backward) afterwards
};

/// What stays the same while a graph is stepped, for one node.
struct NodeSteps {
  std::optional<int> forward;   ///< the step that runs the operator forward
  std::optional<int> backward;  ///< the step that runs it backward
  std::optional<int> gradient;  ///< the step after which the node's gradient is complete
};

/// By node; 2N + 1 steps for the N operators that the target needs, as `Stepper` counts them.
template <class T>
[[nodiscard]] std::vector<NodeSteps> number_steps(const Graph<T>& graph, NodeIndex target);

/// Steps a graph by replay: with N operators behind the target there are 2N + 1 steps (the operators forward, the seed,
/// the operators backward) and state 0 is before the first. Going back replays from the start: exact, and cheap at
/// these sizes.
template <class T>
class Stepper {
 public:
  Stepper(Graph<T>& graph, NodeIndex target, std::optional<Tensor<T>> seed = std::nullopt);

  [[nodiscard]] NodeIndex target() const noexcept { return target_; }
  [[nodiscard]] int steps() const noexcept;
  [[nodiscard]] int step() const noexcept { return step_; }

  /// Goes to the state after step `i` and returns the records of step i (none for 0). Throws OutOfRange.
  std::vector<StepRecord<T>> seek(int i);

  /// The step that runs `node` forward / backward; empty for leaves and for operators that the target does not need.
  [[nodiscard]] std::optional<int> forward_step(NodeIndex node) const { return numbers_[node].forward; }
  [[nodiscard]] std::optional<int> backward_step(NodeIndex node) const { return numbers_[node].backward; }
  /// The step after which the node's gradient is complete; empty where none arrives.
  [[nodiscard]] std::optional<int> gradient_step(NodeIndex node) const { return numbers_[node].gradient; }

  /// Every contribution made so far: (operator, slot) with its tensor, in the order they were made.
  struct Passed {
    NodeIndex node;
    int slot;
    Tensor<T> contribution;
  };
  [[nodiscard]] const std::vector<Passed>& passed() const noexcept { return passed_; }

 private:
  std::vector<StepRecord<T>> run(int i, bool record);

  Graph<T>& graph_;
  NodeIndex target_;
  std::optional<Tensor<T>> seed_;
  int step_ = 0;
  std::vector<NodeSteps> numbers_;
  std::vector<Passed> passed_;
};

extern template class Stepper<float>;
extern template class Stepper<double>;

}  // namespace backprop
