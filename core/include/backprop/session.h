#pragma once

#include "backprop/composites.h"
#include "backprop/error.h"
#include "backprop/gradient_check.h"
#include "backprop/graph.h"
#include "backprop/lens.h"
#include "backprop/memory.h"
#include "backprop/network.h"
#include "backprop/non_finite.h"
#include "backprop/nudge.h"
#include "backprop/paths.h"
#include "backprop/stepper.h"
#include "backprop/tangents.h"
#include "backprop/trainer.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace backprop {

/// A wire: `slot` of operator `to` is fed by `from`.
template <class T>
struct Edge {
  NodeIndex from;
  NodeIndex to;
  int slot;
  const Tensor<T>* contribution;  ///< what came back along it so far; null before
  std::optional<int> step;        ///< the backward step that brings it; empty where none ever comes
};

/// A graph that someone outside holds by a number: the graph and the place where it is being stepped.
template <class T>
class OpenGraph {
 public:
  /// A graph of its own.
  explicit OpenGraph(const GraphDocument& document);
  /// A graph that someone else, a network, may change between any two calls.
  OpenGraph(std::shared_ptr<Graph<T>> shared, NodeIndex target);

  [[nodiscard]] Graph<T>& graph() noexcept { return *graph_; }
  /// Node of an id; an empty id means the document's output.
  [[nodiscard]] NodeIndex node(std::string_view id) const;
  /// What `seek` steps to and back from: the document's output, until `steps` chooses another.
  [[nodiscard]] NodeIndex target() const noexcept { return target_; }

  void set(std::string_view id, Tensor<T> value);
  void forward(std::string_view target);
  void backward(std::string_view target, const std::optional<Tensor<T>>& seed);
  [[nodiscard]] const Tensor<T>& value(std::string_view id) const;
  /// Throws NotComputed while no gradient was computed at all.
  [[nodiscard]] Tensor<T> grad(std::string_view id) const;

  /// Number of steps to the target (2N + 1), which becomes the one that `seek` steps.
  int steps(std::string_view target);
  /// The state after step `i`, and that step's records.
  std::vector<StepRecord<T>> seek(int i);
  [[nodiscard]] int last_step() const;
  /// Begins stepping (step 0) where the graph is not being stepped.
  [[nodiscard]] std::vector<NodeSteps> node_steps();
  /// All wires with what has come back along them. Valid until the next call. Begins stepping like `node_steps`.
  [[nodiscard]] std::vector<Edge<T>> edges();

  /// The gradient that enters at the target, or none: ones (for the document's output, its seed). Part of the document
  /// where the target is its output, unless the graph is a network's: training is not to see it.
  ///   errors  ShapeMismatch
  void seed(std::optional<Tensor<T>> seed);

  // Questions. They work on copies: the graph and the step it stands at stay as they are. Where a target may be given,
  // an empty one means the target of `seek`. What compares differences asks the same graph in double.

  [[nodiscard]] std::vector<GradientCheck> check(std::string_view target, double h) const;
  [[nodiscard]] CheckCurve check_curve(std::string_view id, std::span<const std::int64_t> index,
                                       std::string_view target, const CurveRange& range) const;
  [[nodiscard]] Nudge nudge(std::string_view id, std::span<const std::int64_t> index, double delta,
                            std::string_view target) const;
  [[nodiscard]] NudgeCurve nudge_curve(std::string_view id, std::span<const std::int64_t> index,
                                       std::string_view target, double span, std::size_t points) const;
  [[nodiscard]] PathReport<T> paths(std::string_view from, std::string_view to) const;
  [[nodiscard]] std::vector<NonFinite> non_finite() const;
  /// Of every node, or of what the target needs (an empty one means all).
  [[nodiscard]] std::vector<Tensor<T>> tangents(const Directions<T>& directions, std::string_view target) const;
  [[nodiscard]] std::vector<MemoryEntry> memory() const { return backprop::memory(*graph_, target_); }
  [[nodiscard]] GraphDocument opened(std::string_view id) const { return backprop::opened(*graph_, id); }
  [[nodiscard]] GraphDocument closed(std::string_view group) const { return backprop::closed(*graph_, group); }

  /// The document with the leaves' present values; with a limit, values of more elements than that are left out.
  [[nodiscard]] GraphDocument document(std::size_t limit) const;

 private:
  /// Made at the first need, which puts the graph to step 0.
  Stepper<T>& stepper();
  [[nodiscard]] NodeIndex asked(std::string_view target) const { return target.empty() ? target_ : node(target); }
  [[nodiscard]] std::optional<Tensor<T>> seed_of(NodeIndex target) const;
  [[nodiscard]] Graph<double> precise() const;
  [[nodiscard]] std::optional<Tensor<double>> precise_seed(NodeIndex target) const;

  std::shared_ptr<Graph<T>> graph_;
  bool shared_;
  NodeIndex target_;
  std::optional<Tensor<T>> seed_;      ///< for the target, where the graph itself does not hold it
  std::optional<Stepper<T>> stepper_;  ///< empty while the graph's state is not that of a step
};

extern template class OpenGraph<float>;
extern template class OpenGraph<double>;

/// Objects held from outside by number. Numbers are never used again, so a stale one is noticed and not mistaken.
template <class T>
class Book {
 public:
  /// `kind` names the objects in errors: "graph".
  explicit Book(std::string_view kind) : kind_(kind) {}

  int add(T object) {
    objects_.emplace(++last_, std::move(object));
    return last_;
  }
  /// Throws Disposed.
  [[nodiscard]] T& operator[](int id) {
    const auto found = objects_.find(id);
    if (found == objects_.end()) missing(id);
    return found->second;
  }
  /// Takes the object out; throws Disposed.
  [[nodiscard]] T take(int id) {
    T object = std::move((*this)[id]);
    objects_.erase(id);
    return object;
  }
  void close(int id) { objects_.erase(id); }
  [[nodiscard]] std::size_t size() const noexcept { return objects_.size(); }

 private:
  [[noreturn]] void missing(int id) const {
    throw Error(ErrorCode::Disposed, std::string(kind_) + " " + std::to_string(id) +
                                         " is not open: it was closed, or never opened. Open it again.");
  }

  std::string_view kind_;
  std::map<int, T> objects_;
  int last_ = 0;
};

enum class Dtype { Float32, Float64 };
using AnyGraph = std::variant<std::unique_ptr<OpenGraph<float>>, std::unique_ptr<OpenGraph<double>>>;

/// A training run and the network that it trains, which it keeps alive.
struct OpenTrainer {
  std::shared_ptr<Network> network;
  std::unique_ptr<Trainer> trainer;
};

/// What one call of `Session::run` did.
struct TrainRun {
  std::int64_t iteration = 0;  ///< done since the trainer was made
  double epoch = 0;
  std::int64_t ran = 0;
  double loss_sum = 0;  ///< of the batches of this call
  double batch_loss = 0;
  std::optional<Error> failure;  ///< NotFinite: the weights are those of the last finite iteration
};

/// Everything the page and the JavaScript API can ask, by number. The session owns all memory; whoever holds a number
/// closes it. One thread.
class Session {
 public:
  Book<AnyGraph> graphs{"graph"};
  Book<std::shared_ptr<Network>> networks{"network"};
  Book<Dataset> datasets{"dataset"};
  Book<OpenTrainer> trainers{"trainer"};

  int open_graph(std::string_view json, Dtype dtype);
  /// The network's own graph, live.
  int share_graph(int network);
  /// A graph of its own, with the network's present weights, on other samples: row-major, with labels as numbers (or
  /// targets).
  int walk_graph(int network, Tensor<float> samples, Tensor<float> answers);
  /// A graph of its own at the trainer's present iteration: its weights, and the batch that comes next.
  int train_graph(int trainer);

  /// The scalar graph behind one element of a node's value or gradient, as a graph of its own.
  int open_lens(int graph, std::string_view node, std::span<const std::int64_t> index, LensOf of);

  int create_network(std::string_view spec, std::uint64_t seed);
  int load_network(std::span<const std::uint8_t> safetensors);
  /// Takes the dataset over: its number is closed.
  int create_trainer(int network, int dataset, TrainOptions options);
  TrainRun run(int trainer, std::int64_t iterations);

  [[nodiscard]] std::size_t alive() const noexcept {
    return graphs.size() + networks.size() + datasets.size() + trainers.size();
  }
};

}  // namespace backprop
