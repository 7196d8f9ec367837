#pragma once

#include "backprop/composites.h"
#include "backprop/gradient_check.h"
#include "backprop/graph.h"
#include "backprop/memory.h"
#include "backprop/non_finite.h"
#include "backprop/nudge.h"
#include "backprop/paths.h"
#include "backprop/stepper.h"
#include "backprop/tangents.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace backprop {

/// A wire: `slot` of operator `to` is fed by `from`.
struct Edge {
  NodeIndex from;
  NodeIndex to;
  int slot;
  const Tensor* contribution;  ///< what came back along it so far; null before
  std::optional<int> step;     ///< the backward step that brings it; empty where none ever comes
};

/// A graph that someone outside holds by a number: the graph and the place where it is being stepped.
class OpenGraph {
 public:
  /// A graph of its own.
  OpenGraph(const GraphDocument& document, Dtype dtype);
  /// A graph that someone else, a network, may change between any two calls.
  OpenGraph(std::shared_ptr<Graph> shared, NodeIndex target);

  [[nodiscard]] Graph& graph() noexcept { return *graph_; }
  /// Node of an id; an empty id means the document's output.
  [[nodiscard]] NodeIndex node(std::string_view id) const;
  /// What `seek` steps to and back from: the document's output, until `steps` chooses another.
  [[nodiscard]] NodeIndex target() const noexcept { return target_; }

  void set(std::string_view id, Tensor value);
  void forward(std::string_view target);
  void backward(std::string_view target, const std::optional<Tensor>& seed);
  [[nodiscard]] const Tensor& value(std::string_view id) const;
  /// Throws NotComputed while no gradient was computed at all.
  [[nodiscard]] Tensor grad(std::string_view id) const;

  /// Number of steps to the target (2N + 1), which becomes the one that `seek` steps.
  int steps(std::string_view target);
  /// The state after step `i`, and that step's records.
  std::vector<StepRecord> seek(int i);
  [[nodiscard]] int last_step() const;
  /// Begins stepping (step 0) where the graph is not being stepped.
  [[nodiscard]] std::vector<NodeSteps> node_steps();
  /// All wires with what has come back along them. Valid until the next call. Begins stepping like `node_steps`.
  [[nodiscard]] std::vector<Edge> edges();

  /// The gradient that enters at the target, or none: ones (for the document's output, its seed). Part of the document
  /// where the target is its output, unless the graph is a network's: training is not to see it.
  ///   errors  ShapeMismatch
  void seed(std::optional<Tensor> seed);

  // Questions. They work on copies: the graph and the step it stands at stay as they are. Where a target may be given,
  // an empty one means the target of `seek`. What compares differences asks the same graph in double.

  [[nodiscard]] std::vector<GradientCheck> check(std::string_view target, double h) const;
  [[nodiscard]] CheckCurve check_curve(std::string_view id, std::span<const std::int64_t> index,
                                       std::string_view target, const CurveRange& range) const;
  [[nodiscard]] Nudge nudge(std::string_view id, std::span<const std::int64_t> index, double delta,
                            std::string_view target) const;
  [[nodiscard]] NudgeCurve nudge_curve(std::string_view id, std::span<const std::int64_t> index,
                                       std::string_view target, double span, std::size_t points) const;
  [[nodiscard]] PathReport paths(std::string_view from, std::string_view to) const;
  [[nodiscard]] std::vector<NonFinite> non_finite() const;
  /// Of every node, or of what the target needs (an empty one means all).
  [[nodiscard]] std::vector<Tensor> tangents(const Directions& directions, std::string_view target) const;
  [[nodiscard]] std::vector<MemoryEntry> memory() const { return backprop::memory(*graph_, target_); }
  [[nodiscard]] GraphDocument opened(std::string_view id) const { return backprop::opened(*graph_, id); }
  [[nodiscard]] GraphDocument closed(std::string_view group) const { return backprop::closed(*graph_, group); }

  /// The document with the leaves' present values; with a limit, values of more elements than that are left out.
  [[nodiscard]] GraphDocument document(std::size_t limit) const;

 private:
  /// Made at the first need, which puts the graph to step 0.
  Stepper& stepper();
  [[nodiscard]] NodeIndex asked(std::string_view target) const { return target.empty() ? target_ : node(target); }
  [[nodiscard]] std::optional<Tensor> seed_of(NodeIndex target) const;
  [[nodiscard]] Graph precise() const;

  std::shared_ptr<Graph> graph_;
  bool shared_;
  NodeIndex target_;
  std::optional<Tensor> seed_;      ///< for the target, where the graph itself does not hold it
  std::optional<Stepper> stepper_;  ///< empty while the graph's state is not that of a step
};

}  // namespace backprop
