#pragma once

#include "backprop/graph.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backprop {

enum class LayerType {
  Affine,
  Conv2d,
  MaxPool2d,
  AvgPool2d,
  Flatten,
  BatchNorm,
  LayerNorm,
  Dropout,
  Relu,
  LeakyRelu,
  Sigmoid,
  Tanh,
  Gelu,
  Softplus,
};
/// Standard deviation of a weight that sums n inputs: He √(2/n), Xavier √(1/n), Std as given, Zeros 0. Biases are 0.
///   source  Saitoh, Deep Learning from Scratch (2016), §6.2
enum class Initializer { He, Xavier, Std, Zeros };
enum class Loss { SoftmaxWithLoss, MeanSquaredError, SigmoidWithLoss };

/// A layer and its settings; which of them a type has stands in brackets.
struct LayerSpec {
  LayerType type;
  std::int64_t units = 0;              ///< [affine]
  Initializer init = Initializer::He;  ///< [affine, conv2d]
  double std = 0.01;                   ///< [affine, conv2d] with Initializer::Std
  std::int64_t filters = 0;            ///< [conv2d] output channels
  std::int64_t kernel = 0;             ///< [conv2d] side of the square filter
  std::int64_t size = 0;               ///< [max_pool2d, avg_pool2d] side of the square window
  std::int64_t stride = 1;             ///< [conv2d, pools]; a pool's is its size unless said
  std::int64_t pad = 0;                ///< [conv2d, pools] zeros around the image
  double ratio = 0.5;                  ///< [dropout] the share that is dropped, 0 to below 1
  bool inverted = true;  ///< [dropout] scaled up in training; false: scaled down in prediction, as the book
};

/// `{"input": [784], "layers": [{"type": "affine", "units": 50}, {"type": "relu"}, …], "loss": "softmax_with_loss"}`
struct NetworkSpec {
  Shape input;  ///< of one sample, without the batch axis: [features] or [channels, height, width]
  std::vector<LayerSpec> layers;
  Loss loss = Loss::SoftmaxWithLoss;
};

/// Throws MalformedDocument with the place (an unknown member included), TooLarge beyond the bounds of a network.
[[nodiscard]] NetworkSpec parse_network_spec(std::string_view json);
[[nodiscard]] std::string to_json(const NetworkSpec& spec);
[[nodiscard]] std::string_view to_string(LayerType type) noexcept;
[[nodiscard]] std::string_view to_string(Loss loss) noexcept;

/// What a preset leaves open; the defaults are the book's, for MNIST. A preset looks only at what it has.
struct PresetOptions {
  Shape input;                             ///< empty: the preset's own
  std::vector<std::int64_t> hidden{};      ///< units of the hidden layers; empty: the preset's own
  std::int64_t outputs = 10;               ///< classes
  LayerType activation = LayerType::Relu;  ///< MultiLayerNet
  std::optional<Initializer> init{};       ///< He with relu, Xavier otherwise; TwoLayerNet, SimpleConvNet: Std 0.01
  bool batch_norm = false;                 ///< MultiLayerNet: affine – batch norm – activation
  double dropout = 0;                      ///< MultiLayerNet: share dropped after each activation; 0: none
};

/// TwoLayerNet, MultiLayerNet, SimpleConvNet, DeepConvNet.
[[nodiscard]] std::span<const std::string_view> network_presets() noexcept;
/// The book's network of that name.
///   errors  InvalidAttribute for another name
///   source  Saitoh, Deep Learning from Scratch (2016), §5.7, §6, §7.5, §8.1
[[nodiscard]] NetworkSpec network_preset(std::string_view name, const PresetOptions& options = {});
/// Options as JSON: `{"hidden": [100, 100], "activation": "tanh", "batch_norm": true, "dropout": 0.2}`.
[[nodiscard]] PresetOptions parse_preset_options(std::string_view json);

struct NetworkDocument;
namespace plan {
class Plan;
enum class Purpose : std::uint8_t;
}  // namespace plan

/// A network as a graph of the same ops that a lesson uses. Nodes: `x` (input [batch, …]), `affine1`, `affine1.weight`
/// [in, out], `affine1.bias` [out], `conv1`, `conv1.weight` [filters, channels, height, width], `conv1.bias` [filters],
/// `relu1`, …, numbered per type from 1; `t` (labels [batch]; targets [batch, units] for the other losses), `loss`, and
/// `y`, the prediction, beside the loss: softmax or sigmoid of the scores (for mean_squared_error the last layer
/// itself). An affine layer takes images too, flattened row by row.
class Network {
 public:
  /// Weights drawn from `seed`, biases 0.
  ///   errors  MalformedDocument, ShapeMismatch with the layer's place; TooLarge for more than kMaxElements / 4
  ///           parameters, or a single sample that needs more than kMaxElements numbers
  Network(NetworkSpec spec, std::uint64_t seed);
  Network(Network&& other) noexcept;
  Network& operator=(Network&& other) noexcept;
  ~Network();

  [[nodiscard]] const NetworkSpec& spec() const noexcept { return spec_; }
  [[nodiscard]] Graph& graph() noexcept { return graph_; }
  [[nodiscard]] const Graph& graph() const noexcept { return graph_; }
  [[nodiscard]] NodeIndex x() const noexcept { return x_; }
  [[nodiscard]] NodeIndex t() const noexcept { return t_; }
  [[nodiscard]] NodeIndex loss() const noexcept { return loss_; }
  [[nodiscard]] NodeIndex prediction() const noexcept { return prediction_; }
  /// What training changes by its gradient, in the order of the layers.
  [[nodiscard]] std::span<const NodeIndex> parameters() const noexcept { return parameters_; }
  /// What a weights file holds: the parameters and the running statistics of batch norm.
  [[nodiscard]] std::span<const NodeIndex> state() const noexcept { return state_; }
  [[nodiscard]] std::int64_t parameter_count() const;
  [[nodiscard]] std::int64_t sample_size() const noexcept { return spec_.input.count(); }
  /// Classes, or regression outputs.
  [[nodiscard]] std::int64_t outputs() const noexcept { return outputs_; }
  /// Labels (class indices [batch]) are what the loss compares with; otherwise targets [batch, outputs].
  [[nodiscard]] bool takes_labels() const noexcept { return spec_.loss == Loss::SoftmaxWithLoss; }
  [[nodiscard]] Shape batch_shape(std::int64_t rows) const;
  [[nodiscard]] Shape answer_shape(std::int64_t rows) const;
  /// Numbers that the layers hold for one sample, beside the state.
  [[nodiscard]] std::int64_t activations() const noexcept { return activations_; }
  /// The largest batch that is not refused: values of all layers and the state fit into kMaxElements numbers.
  [[nodiscard]] std::int64_t largest_batch() const noexcept;
  /// As many samples at a time as predictions and evaluations take.
  [[nodiscard]] std::int64_t chunk() const noexcept;

  /// Dropout drops, and batch norm uses the batch's own statistics. Off unless a training step is running.
  void set_training(bool training);
  [[nodiscard]] bool training() const noexcept { return training_; }

  /// `count` samples in, row-major; [count, outputs] out. Throws ShapeMismatch if the number of elements does not fit.
  [[nodiscard]] Tensor predict(std::span<const float> samples, std::int64_t count);

  /// The graph compiled for forward passes over up to `rows` samples, with the graph's present weights. It is kept from
  /// call to call.
  [[nodiscard]] plan::Plan& inference_plan(std::int64_t rows);
  /// The graph compiled for training.
  [[nodiscard]] std::unique_ptr<plan::Plan> training_plan() const;

  /// A safetensors file with the spec in its metadata under "network". `half` stores F16.
  [[nodiscard]] std::vector<std::uint8_t> save_weights(bool half = false) const;
  /// Takes over the weights by name; all of `state` must be there in its shape, else nothing changes (MalformedFile,
  /// ShapeMismatch).
  void load_weights(std::span<const std::uint8_t> safetensors);
  /// Builds the network from the spec in the file's metadata.
  [[nodiscard]] static Network load(std::span<const std::uint8_t> safetensors);

 private:
  Network(const NetworkDocument& built, NetworkSpec&& spec);
  [[nodiscard]] std::unique_ptr<plan::Plan> compiled(plan::Purpose purpose) const;

  NetworkSpec spec_;
  std::int64_t outputs_;
  std::int64_t activations_ = 0;
  Graph graph_;
  NodeIndex x_;
  NodeIndex t_;
  NodeIndex loss_;
  NodeIndex prediction_;
  std::vector<NodeIndex> parameters_;
  std::vector<NodeIndex> state_;
  bool training_ = false;
  std::unique_ptr<plan::Plan> plan_;  ///< for inference, made at the first need
};

}  // namespace backprop
