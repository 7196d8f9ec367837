#include "backprop/error.h"
#include "backprop/network.h"

#include <array>

namespace backprop {

namespace {

constexpr std::array<std::string_view, 4> kPresets{"TwoLayerNet", "MultiLayerNet", "SimpleConvNet", "DeepConvNet"};

LayerSpec affine(std::int64_t units, Initializer init) {
  return {.type = LayerType::Affine, .units = units, .init = init};
}

LayerSpec conv(std::int64_t filters, std::int64_t kernel, std::int64_t pad, Initializer init) {
  return {.type = LayerType::Conv2d, .init = init, .filters = filters, .kernel = kernel, .pad = pad};
}

LayerSpec pool() { return {.type = LayerType::MaxPool2d, .size = 2, .stride = 2}; }
LayerSpec relu() { return {.type = LayerType::Relu}; }

/// The book's dropout: it drops in training and scales down in prediction.
LayerSpec dropout(double ratio) { return {.type = LayerType::Dropout, .ratio = ratio, .inverted = false}; }

std::int64_t hidden_of(const PresetOptions& options, std::int64_t fallback) {
  return options.hidden.empty() ? fallback : options.hidden[0];
}

/// Affine – relu – affine, weights of deviation 0.01.
std::vector<LayerSpec> two_layer_net(const PresetOptions& options) {
  const Initializer init = options.init.value_or(Initializer::Std);
  return {affine(hidden_of(options, 50), init), relu(), affine(options.outputs, init)};
}

/// Six hidden layers of 100 unless said; batch norm and dropout as the book's MultiLayerNetExtend has them.
std::vector<LayerSpec> multi_layer_net(const PresetOptions& options) {
  const bool rectified = options.activation == LayerType::Relu || options.activation == LayerType::LeakyRelu ||
                         options.activation == LayerType::Gelu || options.activation == LayerType::Softplus;
  const Initializer init = options.init.value_or(rectified ? Initializer::He : Initializer::Xavier);
  std::vector<LayerSpec> layers;
  for (const std::int64_t units : options.hidden.empty() ? std::vector<std::int64_t>(6, 100) : options.hidden) {
    layers.push_back(affine(units, init));
    if (options.batch_norm) layers.push_back({.type = LayerType::BatchNorm});
    layers.push_back({.type = options.activation});
    if (options.dropout > 0) layers.push_back(dropout(options.dropout));
  }
  layers.push_back(affine(options.outputs, init));
  return layers;
}

std::vector<LayerSpec> simple_conv_net(const PresetOptions& options) {
  const Initializer init = options.init.value_or(Initializer::Std);
  return {conv(30, 5, 0, init),         relu(), pool(), affine(hidden_of(options, 100), init), relu(),
          affine(options.outputs, init)};
}

/// The fourth convolution pads by 2, which makes 28 pixels end as 4.
std::vector<LayerSpec> deep_conv_net(const PresetOptions& options) {
  const Initializer init = options.init.value_or(Initializer::He);
  return {conv(16, 3, 1, init),
          relu(),
          conv(16, 3, 1, init),
          relu(),
          pool(),
          conv(32, 3, 1, init),
          relu(),
          conv(32, 3, 2, init),
          relu(),
          pool(),
          conv(64, 3, 1, init),
          relu(),
          conv(64, 3, 1, init),
          relu(),
          pool(),
          affine(hidden_of(options, 50), init),
          relu(),
          dropout(0.5),
          affine(options.outputs, init),
          dropout(0.5)};
}

}  // namespace

std::span<const std::string_view> network_presets() noexcept { return kPresets; }

NetworkSpec network_preset(std::string_view name, const PresetOptions& options) {
  NetworkSpec spec;
  const bool images = name == "SimpleConvNet" || name == "DeepConvNet";
  spec.input = options.input.rank() > 0 ? options.input : images ? Shape{1, 28, 28} : Shape{784};
  if (name == "TwoLayerNet") {
    spec.layers = two_layer_net(options);
  } else if (name == "MultiLayerNet") {
    spec.layers = multi_layer_net(options);
  } else if (name == "SimpleConvNet") {
    spec.layers = simple_conv_net(options);
  } else if (name == "DeepConvNet") {
    spec.layers = deep_conv_net(options);
  } else {
    std::string message = "There is no network \"";
    message += name.substr(0, 64);
    message += "\". Choose TwoLayerNet, MultiLayerNet, SimpleConvNet or DeepConvNet.";
    refuse(ErrorCode::InvalidAttribute, {message});
  }
  return spec;
}

}  // namespace backprop
