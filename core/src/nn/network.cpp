#include "backprop/network.h"

#include "backprop/error.h"
#include "backprop/safetensors.h"

#include "nn/build_network.h"
#include "plan/plan.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <stdexcept>

namespace backprop {

namespace {

Shape rows_of(std::int64_t rows, const Shape& row) {
  std::vector<std::int64_t> extents{rows};
  extents.insert(extents.end(), row.extents().begin(), row.extents().end());
  return Shape(extents);
}

}  // namespace

// The spec is moved from only after the document is built: it arrives by reference.
Network::Network(NetworkSpec spec, std::uint64_t seed) : Network(build_network(spec, seed), std::move(spec)) {}

Network::Network(const NetworkDocument& built, NetworkSpec&& spec)
    : spec_(std::move(spec)),
      activations_(built.activations),
      graph_(built.document, Dtype::Float32),
      x_(graph_.index_of("x")),
      t_(graph_.index_of("t")),
      loss_(graph_.index_of("loss")),
      prediction_(graph_.index_of(built.prediction)) {
  outputs_ = graph_.node(graph_.node(loss_).inputs[0]).shape.back();
  // In the order of the layers, which is that of the document and not that of the graph.
  for (const DocumentNode& node : built.document.nodes) {
    if (node.op == "parameter") parameters_.push_back(graph_.index_of(node.id));
    if (node.op == "parameter" || node.op == "constant") state_.push_back(graph_.index_of(node.id));
  }
}

Network::Network(Network&& other) noexcept = default;
Network& Network::operator=(Network&& other) noexcept = default;
Network::~Network() = default;

std::unique_ptr<plan::Plan> Network::compiled(plan::Purpose purpose) const {
  auto plan = plan::Plan::compile(graph_, {.x = x_, .t = t_, .loss = loss_}, purpose);
  if (!plan) throw std::logic_error("a network's layers stand in a row, and every such graph has a plan");
  return plan;
}

plan::Plan& Network::inference_plan(std::int64_t rows) {
  if (!plan_) plan_ = compiled(plan::Purpose::Inference);
  plan_->reserve(static_cast<std::size_t>(rows));
  plan_->read_parameters(graph_);
  return *plan_;
}

std::unique_ptr<plan::Plan> Network::training_plan() const { return compiled(plan::Purpose::Training); }

Shape Network::batch_shape(std::int64_t rows) const { return rows_of(rows, spec_.input); }

Shape Network::answer_shape(std::int64_t rows) const { return takes_labels() ? Shape{rows} : Shape{rows, outputs_}; }

std::int64_t Network::largest_batch() const noexcept {
  std::int64_t fixed = 0;
  for (const NodeIndex node : state_) fixed += graph_.node(node).shape.count();
  return std::max<std::int64_t>(1, (kMaxElements - fixed) / activations_);
}

std::int64_t Network::chunk() const noexcept {
  // Small enough to stay near the processor, and never more than a batch may be.
  constexpr std::int64_t kNumbers = std::int64_t{1} << 22;
  return std::clamp<std::int64_t>(kNumbers / activations_, 1, 256);
}

void Network::set_training(bool training) {
  if (training == training_) return;
  for (NodeIndex i = 0; i < graph_.size(); ++i) {
    if (graph_.node(i).attributes.contains("training")) graph_.set_attribute(i, "training", training);
  }
  training_ = training;
}

std::int64_t Network::parameter_count() const {
  std::int64_t count = 0;
  for (const NodeIndex parameter : parameters_) count += graph_.node(parameter).shape.count();
  return count;
}

Tensor Network::predict(std::span<const float> samples, std::int64_t count) {
  const std::int64_t chunk = this->chunk();
  const std::int64_t width = sample_size();
  if (count < 0 || count > kMaxElements / width || static_cast<std::int64_t>(samples.size()) != count * width) {
    refuse(ErrorCode::ShapeMismatch, {count, " samples of ", width, " numbers need ", count, " × ", width,
                                      " numbers, but ", samples.size(), " were given."});
  }
  Tensor predictions(Shape{count, outputs_});
  set_training(false);
  plan::Plan& plan = inference_plan(std::min(chunk, count));
  std::vector<std::int64_t> numbers(static_cast<std::size_t>(std::min(chunk, count)));
  double* to = predictions.data();
  for (std::int64_t start = 0; start < count; start += chunk) {
    const auto rows = static_cast<std::size_t>(std::min(chunk, count - start));
    std::iota(numbers.begin(), numbers.end(), start);
    plan.load_samples({.numbers = samples.data()}, std::span(numbers).first(rows));
    plan.forward();
    plan.predict();
    for (std::size_t r = 0; r < rows; ++r) to = std::ranges::copy(plan.scores(r), to).out;
  }
  return predictions;
}

std::vector<std::uint8_t> Network::save_weights(bool half) const {
  Safetensors file;
  for (const NodeIndex parameter : state_) {
    file.tensors.emplace_back(graph_.node(parameter).id, graph_.node(parameter).value);
  }
  file.metadata["network"] = to_json(spec_);
  return write_safetensors(file, half);
}

void Network::load_weights(std::span<const std::uint8_t> bytes) {
  Safetensors file = read_safetensors(bytes);
  std::map<std::string_view, Tensor*> found;
  for (auto& [name, tensor] : file.tensors) found[name] = &tensor;
  for (const NodeIndex parameter : state_) {
    const Node& node = graph_.node(parameter);
    const auto tensor = found.find(node.id);
    if (tensor == found.end()) {
      refuse(ErrorCode::MalformedFile,
             {"The weights file has no tensor \"", node.id, "\". It belongs to another network."}, {node.id});
    }
    if (!(tensor->second->shape() == node.shape)) {
      refuse(ErrorCode::ShapeMismatch,
             {"\"", node.id, "\" is ", tensor->second->shape(), " in the weights file, but this network needs ",
              node.shape, ". It belongs to another network."},
             {node.id});
    }
  }
  for (const NodeIndex parameter : state_) graph_.leaf_value(parameter) = std::move(*found[graph_.node(parameter).id]);
  graph_.clear();
}

Network Network::load(std::span<const std::uint8_t> bytes) {
  const Safetensors file = read_safetensors(bytes);
  const auto spec = file.metadata.find("network");
  if (spec == file.metadata.end()) {
    refuse(ErrorCode::MalformedFile,
           {"The weights file does not say which network it belongs to: its metadata has no \"network\". Build the "
            "network from a spec and load the weights into it."});
  }
  Network network(parse_network_spec(spec->second), 0);
  network.load_weights(bytes);
  return network;
}

}  // namespace backprop
