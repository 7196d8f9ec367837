#include "backprop/network.h"

#include "backprop/error.h"
#include "backprop/random.h"
#include "backprop/safetensors.h"

#include "plan/plan.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace backprop {

namespace {

/// Standard deviation of a weight matrix with `fan_in` rows.
///   source  Saitoh, Deep Learning from Scratch (2016), §6.2
double deviation(const LayerSpec& layer, std::int64_t fan_in) {
  switch (layer.init) {
    case Initializer::He:
      return std::sqrt(2.0 / static_cast<double>(fan_in));
    case Initializer::Xavier:
      return std::sqrt(1.0 / static_cast<double>(fan_in));
    case Initializer::Std:
      return layer.std;
    case Initializer::Zeros:
      return 0;
  }
  return 0;
}

DocumentNode leaf(std::string id, std::string op, Tensor<double> value) {
  DocumentNode node;
  node.id = std::move(id);
  node.op = std::move(op);
  node.value = std::move(value);
  return node;
}

DocumentNode layer_node(std::string id, std::string op, std::vector<std::string> inputs) {
  DocumentNode node;
  node.id = std::move(id);
  node.op = std::move(op);
  node.inputs = std::move(inputs);
  return node;
}

std::string_view op_of(LayerType type) {
  switch (type) {
    case LayerType::Affine:
      return "affine";
    case LayerType::Relu:
      return "relu";
    case LayerType::Sigmoid:
      return "sigmoid";
    case LayerType::Tanh:
      return "tanh";
  }
  return "";
}

/// Writes the network down as a graph document on a batch of one zero sample.
GraphDocument document_of(const NetworkSpec& spec, std::uint64_t seed) {
  GraphDocument document;
  Random random(seed);
  std::int64_t width = spec.input.count();
  std::int64_t parameters = 0;
  document.nodes.push_back(leaf("x", "input", Tensor<double>(Shape{1, width})));
  std::string last = "x";
  std::map<LayerType, int> numbers;
  for (const LayerSpec& layer : spec.layers) {
    const std::string op(op_of(layer.type));
    const std::string id = op + std::to_string(++numbers[layer.type]);
    if (layer.type != LayerType::Affine) {
      document.nodes.push_back(layer_node(id, op, {last}));
    } else {
      parameters += (width + 1) * layer.units;
      if (parameters > kMaxElements / 4) {
        throw Error(ErrorCode::TooLarge, "The network would have more than " + std::to_string(kMaxElements / 4) +
                                             " parameters. Use fewer units.");
      }
      Tensor<double> weight(Shape{width, layer.units});
      const double scale = deviation(layer, width);
      for (double& each : weight.elements()) each = scale * random.normal();
      document.nodes.push_back(leaf(id + ".weight", "parameter", std::move(weight)));
      document.nodes.push_back(leaf(id + ".bias", "parameter", Tensor<double>(Shape{layer.units})));
      document.nodes.push_back(layer_node(id, op, {last, id + ".weight", id + ".bias"}));
      width = layer.units;
    }
    last = id;
  }
  if (spec.loss == Loss::SoftmaxWithLoss) {
    document.nodes.push_back(leaf("t", "input", Tensor<double>(Shape{1})));
    document.nodes.push_back(layer_node("y", "softmax", {last}));
    document.nodes.push_back(layer_node("loss", "softmax_with_loss", {last, "t"}));
  } else {
    document.nodes.push_back(leaf("t", "input", Tensor<double>(Shape{1, width})));
    document.nodes.push_back(layer_node("loss", "mean_squared_error", {last, "t"}));
  }
  document.output = "loss";
  return document;
}

}  // namespace

Network::Network(NetworkSpec spec, std::uint64_t seed)
    : spec_(std::move(spec)),
      graph_(document_of(spec_, seed)),
      x_(graph_.index_of("x")),
      t_(graph_.index_of("t")),
      loss_(graph_.index_of("loss")) {
  const NodeIndex scores = graph_.node(loss_).inputs[0];
  prediction_ = spec_.loss == Loss::SoftmaxWithLoss ? graph_.index_of("y") : scores;
  outputs_ = graph_.node(scores).shape.back();
  for (NodeIndex i = 0; i < graph_.size(); ++i) {
    if (graph_.node(i).op->name == "parameter") parameters_.push_back(i);
  }
}

Network::Network(Network&& other) noexcept = default;
Network& Network::operator=(Network&& other) noexcept = default;
Network::~Network() = default;

plan::Plan* Network::inference_plan(std::int64_t rows) {
  if (!plan_tried_) {
    plan_ = plan::Plan::compile(graph_, {.x = x_, .t = t_, .loss = loss_}, plan::Purpose::Inference);
    plan_tried_ = true;
  }
  if (!plan_) return nullptr;
  plan_->reserve(static_cast<std::size_t>(rows));
  plan_->read_parameters(graph_);
  return plan_.get();
}

std::int64_t Network::parameter_count() const {
  std::int64_t count = 0;
  for (const NodeIndex parameter : parameters_) count += graph_.node(parameter).shape.count();
  return count;
}

Tensor<float> Network::predict(std::span<const float> samples, std::int64_t count) {
  constexpr std::int64_t kChunk = 256;
  const std::int64_t width = sample_size();
  if (count < 0 || count > kMaxElements / width || static_cast<std::int64_t>(samples.size()) != count * width) {
    throw Error(ErrorCode::ShapeMismatch, std::to_string(count) + " samples of " + std::to_string(width) +
                                              " numbers need " + std::to_string(count * width) + " numbers, but " +
                                              std::to_string(samples.size()) + " were given.");
  }
  Tensor<float> predictions(Shape{count, outputs_});
  if (plan::Plan* plan = inference_plan(std::min(kChunk, count))) {
    std::vector<std::int64_t> numbers(static_cast<std::size_t>(std::min(kChunk, count)));
    float* to = predictions.data();
    for (std::int64_t start = 0; start < count; start += kChunk) {
      const auto rows = static_cast<std::size_t>(std::min(kChunk, count - start));
      std::iota(numbers.begin(), numbers.end(), start);
      plan->load_samples({.numbers = samples.data()}, std::span(numbers).first(rows));
      plan->forward();
      if (spec_.loss == Loss::SoftmaxWithLoss) plan->softmax();
      for (std::size_t r = 0; r < rows; ++r) to = std::ranges::copy(plan->scores(r), to).out;
    }
    return predictions;
  }
  for (std::int64_t start = 0; start < count; start += kChunk) {
    const std::int64_t rows = std::min(kChunk, count - start);
    const float* first = samples.data() + start * width;
    // The answers must have as many rows; the prediction does not look at them.
    Tensor<float> blank(spec_.loss == Loss::SoftmaxWithLoss ? Shape{rows} : Shape{rows, outputs_});
    graph_.set_together({{x_, Tensor<float>(Shape{rows, width}, std::vector<float>(first, first + rows * width))},
                         {t_, std::move(blank)}});
    graph_.forward(prediction_);
    std::ranges::copy(graph_.value(prediction_).elements(), predictions.data() + start * outputs_);
  }
  return predictions;
}

std::vector<std::uint8_t> Network::save_weights(bool half) const {
  Safetensors file;
  for (const NodeIndex parameter : parameters_) {
    file.tensors.emplace_back(graph_.node(parameter).id, graph_.node(parameter).value);
  }
  file.metadata["network"] = to_json(spec_);
  return write_safetensors(file, half);
}

void Network::load_weights(std::span<const std::uint8_t> bytes) {
  Safetensors file = read_safetensors(bytes);
  std::map<std::string_view, Tensor<float>*> found;
  for (auto& [name, tensor] : file.tensors) found[name] = &tensor;
  for (const NodeIndex parameter : parameters_) {
    const Node<float>& node = graph_.node(parameter);
    const auto tensor = found.find(node.id);
    if (tensor == found.end()) {
      throw Error(ErrorCode::MalformedFile,
                  "The weights file has no tensor \"" + node.id + "\". It belongs to another network.", {node.id});
    }
    if (!(tensor->second->shape() == node.shape)) {
      throw Error(ErrorCode::ShapeMismatch,
                  "\"" + node.id + "\" is " + tensor->second->shape().text() +
                      " in the weights file, but this network needs " + node.shape.text() +
                      ". It belongs to another network.",
                  {node.id});
    }
  }
  for (const NodeIndex parameter : parameters_)
    graph_.leaf_value(parameter) = std::move(*found[graph_.node(parameter).id]);
  graph_.clear_values();
  graph_.clear_gradients();
}

Network Network::load(std::span<const std::uint8_t> bytes) {
  const Safetensors file = read_safetensors(bytes);
  const auto spec = file.metadata.find("network");
  if (spec == file.metadata.end()) {
    throw Error(ErrorCode::MalformedFile,
                "The weights file does not say which network it belongs to: its metadata has no \"network\". Build the "
                "network from a spec and load the weights into it.");
  }
  Network network(parse_network_spec(spec->second), 0);
  network.load_weights(bytes);
  return network;
}

}  // namespace backprop
