#pragma once

#include "backprop/graph.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backprop {

enum class LayerType { Affine, Relu, Sigmoid, Tanh };
enum class Initializer { He, Xavier, Std, Zeros };
enum class Loss { SoftmaxWithLoss, MeanSquaredError };

struct LayerSpec {
  LayerType type;
  std::int64_t units = 0;              ///< affine
  Initializer init = Initializer::He;  ///< affine
  double std = 0.01;                   ///< affine with Initializer::Std
};

/// `{"input": [784], "layers": [{"type": "affine", "units": 50}, {"type": "relu"}, …], "loss": "softmax_with_loss"}`
struct NetworkSpec {
  Shape input;  ///< of one sample, without the batch axis
  std::vector<LayerSpec> layers;
  Loss loss = Loss::SoftmaxWithLoss;
};

/// Throws MalformedDocument with the place, TooLarge beyond the bounds of a network (64 layers, kMaxElements
/// parameters).
[[nodiscard]] NetworkSpec parse_network_spec(std::string_view json);
[[nodiscard]] std::string to_json(const NetworkSpec& spec);

namespace plan {
class Plan;
}

/// A network as a graph of the same ops that a lesson uses. Nodes: `x` (input [batch, …]), `affine1`, `affine1.weight`,
/// `affine1.bias`, `relu1`, …, `t` (labels [batch]; targets [batch, units] for mean_squared_error), `loss`, and `y`:
/// the softmax of the scores, beside the loss (for mean_squared_error the last layer itself is the prediction).
class Network {
 public:
  /// Weights drawn from `seed`, biases 0.
  Network(NetworkSpec spec, std::uint64_t seed);
  Network(Network&& other) noexcept;
  Network& operator=(Network&& other) noexcept;
  ~Network();

  [[nodiscard]] const NetworkSpec& spec() const noexcept { return spec_; }
  [[nodiscard]] Graph<float>& graph() noexcept { return graph_; }
  [[nodiscard]] const Graph<float>& graph() const noexcept { return graph_; }
  [[nodiscard]] NodeIndex x() const noexcept { return x_; }
  [[nodiscard]] NodeIndex t() const noexcept { return t_; }
  [[nodiscard]] NodeIndex loss() const noexcept { return loss_; }
  [[nodiscard]] NodeIndex prediction() const noexcept { return prediction_; }
  [[nodiscard]] std::span<const NodeIndex> parameters() const noexcept { return parameters_; }
  [[nodiscard]] std::int64_t parameter_count() const;
  [[nodiscard]] std::int64_t sample_size() const noexcept { return spec_.input.count(); }
  /// Classes, or regression outputs.
  [[nodiscard]] std::int64_t outputs() const noexcept { return outputs_; }

  /// `count` samples in, row-major; [count, outputs] out. Throws ShapeMismatch if the number of elements does not fit.
  [[nodiscard]] Tensor<float> predict(std::span<const float> samples, std::int64_t count);

  /// The graph compiled for forward passes over up to `rows` samples, with the graph's present weights; null where no
  /// plan knows the graph. It is kept from call to call.
  [[nodiscard]] plan::Plan* inference_plan(std::int64_t rows);

  /// A safetensors file with the spec in its metadata under "network". `half` stores F16.
  [[nodiscard]] std::vector<std::uint8_t> save_weights(bool half = false) const;
  /// Takes over the weights by name; every parameter must be there in its shape, else nothing changes (MalformedFile,
  /// ShapeMismatch).
  void load_weights(std::span<const std::uint8_t> safetensors);
  /// Builds the network from the spec in the file's metadata.
  [[nodiscard]] static Network load(std::span<const std::uint8_t> safetensors);

 private:
  NetworkSpec spec_;
  std::int64_t outputs_;
  Graph<float> graph_;
  NodeIndex x_;
  NodeIndex t_;
  NodeIndex loss_;
  NodeIndex prediction_;
  std::vector<NodeIndex> parameters_;
  std::unique_ptr<plan::Plan> plan_;
  bool plan_tried_ = false;
};

}  // namespace backprop
