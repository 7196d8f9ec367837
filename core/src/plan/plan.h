#pragma once

#include "backprop/graph.h"

#include "kernels/activation.h"
#include "kernels/pool.h"
#include "kernels/winners.h"
#include "plan/input.h"
#include "plan/parameter.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace backprop::plan {

/// The nodes between which a plan runs.
struct Ends {
  NodeIndex x;     ///< the samples [n, …]
  NodeIndex t;     ///< labels [n] or targets [n, outputs]
  NodeIndex loss;  ///< softmax_with_loss or mean_squared_error
};

/// Training needs every layer's output until its gradient has been taken; inference forgets it at once.
enum class Purpose : std::uint8_t { Training, Inference };

enum class LossKind : std::uint8_t { Softmax, Logistic, Squared };

enum class StageKind : std::uint8_t {
  Affine,
  Convolution,
  MaxPool,
  Activation,
  Rule,  ///< any other op, by its own rule on tensors: slower, but every network has a plan
};

/// Filters slid over an image with a border of zeros, and where the kernels find each window.
struct Convolution {
  std::size_t height, width;  ///< of the filters
  std::size_t stride, pad;
  Layout out{};                         ///< before pooling
  std::vector<std::uint32_t> pixels{};  ///< where the window of each result begins
  std::vector<std::uint32_t> taps{};    ///< where each of its numbers is from there
  std::vector<std::uint32_t>
      pooled{};  ///< where the window of each of a pool's candidates begins, pooled pixel by pixel
  kernels::WindowCover cover{};
};

/// An op that no kernel knows, and the tensors that its rule works on.
struct Rule {
  const Node* node = nullptr;                            ///< its attributes are read at every pass
  Shape in{};                                            ///< of its first input, whatever the batch
  std::vector<const Node*> leaves{};                     ///< further inputs
  std::vector<std::optional<std::size_t>> parameters{};  ///< their places among the plan's, where they are some
  std::vector<Tensor> inputs{};                          ///< of the latest pass, the samples' first
  Tensor out{};
};

/// A layer with the activation that follows it. Buffers are set by `Plan::reserve`.
struct Stage {
  StageKind kind;
  kernels::Activation activation = kernels::Activation::None;
  Layout in{};
  Layout out{};
  std::size_t weight = 0;  ///< positions in the list of parameters
  std::size_t bias = 0;
  Convolution convolution{};
  bool pooled = false;  ///< max pooling behind a convolution, before the activation
  kernels::Pooling pooling{};
  std::vector<std::int32_t> winners{};
  Rule rule{};
  const float* x = nullptr;
  float* y = nullptr;
  float* dy = nullptr;
  float* dx = nullptr;  ///< null for the first stage: data needs no gradient
};

/// A network's graph compiled for batches: buffers laid out once and reused, layers fused with their activation and the
/// softmax with its loss, no gradient of the data, nothing allocated at a step. It computes what the graph's ops
/// compute; tests/core/plan holds the two together.
class Plan {
 public:
  /// Null where the operators between samples and loss do not stand in a row, or mix samples.
  [[nodiscard]] static std::unique_ptr<Plan> compile(const Graph& graph, const Ends& ends, Purpose purpose);

  /// Makes room for batches of up to `rows` samples. Batches may be smaller.
  void reserve(std::size_t rows);

  /// Takes the graph's weights over where they have changed since this plan read or wrote them.
  void read_parameters(const Graph& graph);
  /// Gives the graph this plan's weights.
  void write_parameters(Graph& graph);

  void load_samples(const Samples& from, std::span<const std::int64_t> samples) { input_.load(from, samples); }
  void load_labels(std::span<const std::int32_t> labels, std::span<const std::int64_t> samples);
  void load_targets(std::span<const float> targets, std::span<const std::int64_t> samples);
  /// Labels 0 and 1 as the targets of a network with one output.
  void load_answers(std::span<const std::int32_t> labels, std::span<const std::int64_t> samples);
  /// What reached an op that runs by its own rule in the latest `forward`.
  [[nodiscard]] const Tensor& input_of(NodeIndex node) const;
  [[nodiscard]] bool is_sparse() const { return input_.is_sparse(); }

  /// Runs the layers on the loaded samples.
  void forward();
  /// The mean loss of the batch after `forward`.
  [[nodiscard]] double loss();
  /// What the loss is computed from, after `forward`: one row a sample, `outputs` numbers.
  [[nodiscard]] std::span<const float> scores(std::size_t row) const;
  /// What the network predicts, in place of the scores: softmax or sigmoid of them, where the loss is made of those.
  void predict();

  /// After `loss`, by gradient descent: w ← w − rate · ∂L/∂w in the pass that computes the gradient.
  void descend(float rate);
  /// After `loss`: fills the gradients of all parameters, for an optimizer to use. The weights are remembered first.
  void differentiate();
  /// The weights before the latest `descend` or `differentiate`, where there was one.
  void restore();

  [[nodiscard]] std::span<Parameter> parameters() noexcept { return parameters_; }
  [[nodiscard]] const std::vector<Stage>& stages() const noexcept { return stages_; }

 private:
  explicit Plan(const Graph& graph) : nodes_(&graph.node(0)) {}
  friend class Compiler;

  /// Where the gradient of a parameter goes: out = base + gradient.
  struct Target {
    const float* base;
    float* out;
  };
  void reserve_scratch(std::size_t rows);
  void run_forward(Stage& stage);
  void affine_forward(const Stage& stage);
  void convolution_forward(Stage& stage);
  void max_pool_forward(Stage& stage);
  void rule_forward(Stage& stage);
  /// The image with its border of zeros.
  [[nodiscard]] const float* bordered(const Stage& stage, const float* image);
  template <class TargetOf>
  void run_backward(TargetOf target_of);
  void affine_back(const Stage& stage, const Target& weight, const Target& bias);
  void convolution_back(Stage& stage, const Target& weight, const Target& bias);
  /// Of one sample, where nobody wants the gradient of the data: straight from the pool's winners.
  void winners_back(Stage& stage, std::size_t sample, const Target& weight, const Target& bias);
  void rule_back(Stage& stage, std::span<const Target> targets);
  void convolution_to_data(const Stage& stage, const float* dz, float* dx);

  const Node* nodes_;
  Purpose purpose_ = Purpose::Training;
  LossKind loss_ = LossKind::Softmax;
  std::size_t outputs_ = 0;
  std::size_t capacity_ = 0;
  Input input_;
  std::vector<Stage> stages_;
  std::vector<Parameter> parameters_;
  std::vector<float> arena_;
  std::vector<float> transposed_;  ///< weights
  std::vector<float> image_;       ///< one image with its border
  std::vector<float> image_back_;  ///< and its gradient
  std::vector<float> result_;      ///< of one convolution before pooling, and its gradient
  std::vector<float> windows_;     ///< gradients of one row of windows, of one filter, or of all
  std::vector<kernels::Moved> moved_;
  std::vector<std::int32_t> labels_;
  std::vector<float> targets_;
  std::optional<std::uint64_t> version_;  ///< of the graph's parameters, as this plan knows them
  bool descended_ = false;
};

}  // namespace backprop::plan
