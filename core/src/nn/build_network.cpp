#include "nn/build_network.h"

#include "backprop/error.h"
#include "backprop/random.h"

#include <cmath>
#include <map>

namespace backprop {

namespace {

constexpr std::int64_t kMaxParameters = kMaxElements / 4;

/// Standard deviation of a weight that sums `fan_in` inputs.
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

/// What a layer's nodes are called, numbered from 1: the names in weights files.
std::string_view short_name(LayerType type) {
  switch (type) {
    case LayerType::Conv2d:
      return "conv";
    case LayerType::MaxPool2d:
      return "max_pool";
    case LayerType::AvgPool2d:
      return "avg_pool";
    default:
      return to_string(type);
  }
}

Shape with_batch(const Shape& sample) {
  std::vector<std::int64_t> extents{1};
  extents.insert(extents.end(), sample.extents().begin(), sample.extents().end());
  return Shape(extents);
}

Attributes attributes_of(const LayerSpec& layer) {
  Attributes attributes;
  const auto number = [&](const char* name, std::int64_t value) { attributes[name] = static_cast<double>(value); };
  switch (layer.type) {
    case LayerType::MaxPool2d:
    case LayerType::AvgPool2d:
      number("size", layer.size);
      [[fallthrough]];
    case LayerType::Conv2d:
      number("stride", layer.stride);
      number("pad", layer.pad);
      break;
    case LayerType::Dropout:
      attributes["ratio"] = layer.ratio;
      attributes["inverted"] = layer.inverted;
      attributes["training"] = false;
      break;
    case LayerType::BatchNorm:
      attributes["training"] = false;
      break;
    default:
      break;
  }
  return attributes;
}

class Builder {
 public:
  Builder(const Shape& input, std::uint64_t seed) : random_(seed), shape_(with_batch(input)) {
    leaf("x", "", "input", shape_, 0);
    activations_ = shape_.count();
  }

  void layer(const LayerSpec& layer, std::size_t index) {
    try {
      add(layer);
    } catch (const Error& error) {
      refuse(error.code(), {"layers[", index, "] (", to_string(layer.type), "): ", error.message()}, {last_});
    }
  }

  NetworkDocument finish(Loss loss) {
    if (shape_.rank() > 2) flatten();
    NetworkDocument built;
    built.prediction = last_;
    const std::string scores = last_;
    const Shape answers = loss == Loss::SoftmaxWithLoss ? Shape{1} : shape_;
    leaf("t", "", "input", answers, 0);
    activations_ += answers.count();
    if (loss != Loss::MeanSquaredError) {
      operation("y", loss == Loss::SoftmaxWithLoss ? "softmax" : "sigmoid", {scores}, {});
      built.prediction = "y";
    }
    operation("loss", to_string(loss), {scores, "t"}, {});
    document_.output = "loss";
    built.document = std::move(document_);
    built.activations = activations_;
    return built;
  }

 private:
  void add(const LayerSpec& layer) {
    if (layer.type == LayerType::Affine && shape_.rank() > 2) flatten();
    const std::string id = next_id(layer.type);
    std::vector<std::string> inputs{last_};
    if (layer.type == LayerType::Affine) {
      const std::int64_t width = shape_.back();
      count_parameters(id, ".weight", width + 1, layer.units);
      weights(id, layer, Shape{width, layer.units}, width, layer.units, inputs);
    } else if (layer.type == LayerType::Conv2d) {
      if (shape_.rank() != 4) {
        refuse(ErrorCode::ShapeMismatch, {"it takes images [channels, height, width], but a sample here is ", sample(),
                                          ". Give the network an input such as [1, 28, 28]."});
      }
      const std::int64_t fan_in = shape_[1] * layer.kernel * layer.kernel;
      count_parameters(id, ".weight", fan_in + 1, layer.filters);
      weights(id, layer, Shape{layer.filters, shape_[1], layer.kernel, layer.kernel}, fan_in, layer.filters, inputs);
    } else if (layer.type == LayerType::BatchNorm || layer.type == LayerType::LayerNorm) {
      normalisation(id, layer.type, inputs);
    }
    shape_ = operation(id, to_string(layer.type), std::move(inputs), attributes_of(layer));
    last_ = id;
  }

  std::string next_id(LayerType type) { return message({short_name(type), ++numbers_[type]}); }

  [[nodiscard]] Shape sample() const { return Shape(shape_.extents().subspan(1)); }

  void flatten() { add({.type = LayerType::Flatten}); }

  void weights(const std::string& id, const LayerSpec& layer, const Shape& shape, std::int64_t fan_in,
               std::int64_t units, std::vector<std::string>& inputs) {
    inputs.push_back(leaf(id, ".weight", "parameter", shape, deviation(layer, fan_in)));
    inputs.push_back(leaf(id, ".bias", "parameter", Shape{units}, 0));
  }

  /// One scale and one shift a feature of a flat sample, a channel of an image.
  void normalisation(const std::string& id, LayerType type, std::vector<std::string>& inputs) {
    const Shape features{type == LayerType::BatchNorm ? shape_[1] : shape_.back()};
    count_parameters(id, ".gamma", 2, features.count());
    inputs.push_back(leaf(id, ".gamma", "parameter", features, 0, 1));
    inputs.push_back(leaf(id, ".beta", "parameter", features, 0));
    if (type == LayerType::LayerNorm) return;
    inputs.push_back(leaf(id, ".running_mean", "constant", features, 0));
    inputs.push_back(leaf(id, ".running_var", "constant", features, 0, 1));
  }

  /// Throws before anything is made where `rows` × `columns` more parameters would be too many.
  void count_parameters(std::string_view id, std::string_view part, std::int64_t rows, std::int64_t columns) {
    if (rows <= (kMaxParameters - parameters_) / columns) {
      parameters_ += rows * columns;
      return;
    }
    refuse(ErrorCode::TooLarge, {"The network would have more than ", kMaxParameters, " parameters, first at \"", id,
                                 part, "\": ", rows, " × ", columns, ". Use fewer units or filters."});
  }

  /// A leaf of normal numbers of this deviation around `middle`.
  std::string leaf(std::string_view id, std::string_view part, std::string_view op, const Shape& shape, double scale,
                   double middle = 0) {
    DocumentNode& node = document_.nodes.emplace_back();
    node.id = message({id, part});
    node.op = op;
    node.value.emplace(shape, middle);
    if (scale > 0) {
      for (double& each : node.value->elements()) each = middle + scale * random_.normal();
    }
    return node.id;
  }

  Shape operation(std::string id, std::string_view op, std::vector<std::string> inputs, Attributes attributes) {
    std::vector<Shape> shapes;
    for (const std::string& input : inputs) shapes.push_back(shape_of(input));
    const Op& rule = find_op(op);
    check_attributes(rule, attributes);
    Shape shape = rule.infer_shape({shapes, attributes});
    activations_ += shape.count();
    if (activations_ > kMaxElements) {
      refuse(ErrorCode::TooLarge,
             {"up to here one sample needs ", activations_, " numbers, more than the ", kMaxElements,
              " that a network may hold. Use fewer units or filters, or a larger stride."});
    }
    DocumentNode& node = document_.nodes.emplace_back();
    node.id = std::move(id);
    node.op = op;
    node.inputs = std::move(inputs);
    node.attributes = std::move(attributes);
    return shape;
  }

  /// Of a leaf, or of the layer before.
  [[nodiscard]] Shape shape_of(const std::string& id) const {
    for (auto node = document_.nodes.rbegin(); node != document_.nodes.rend(); ++node) {
      if (node->id == id && node->value) return node->value->shape();
    }
    return shape_;
  }

  GraphDocument document_;
  Random random_;
  Shape shape_;  ///< of the last layer's result, a batch of one
  std::string last_ = "x";
  std::map<LayerType, int> numbers_;
  std::int64_t parameters_ = 0;
  std::int64_t activations_ = 0;
};

}  // namespace

NetworkDocument build_network(const NetworkSpec& spec, std::uint64_t seed) {
  Builder builder(spec.input, seed);
  for (std::size_t i = 0; i < spec.layers.size(); ++i) builder.layer(spec.layers[i], i);
  return builder.finish(spec.loss);
}

}  // namespace backprop
