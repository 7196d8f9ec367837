#include "backprop/network.h"

#include "json/json.h"

#include <array>

namespace backprop {

namespace {

constexpr std::size_t kMaxSpecBytes = std::size_t{1} << 16;
constexpr std::int64_t kMaxLayers = 64;
constexpr std::int64_t kMaxUnits = 1 << 20;

template <class E>
struct Named {
  std::string_view name;
  E value;
};

constexpr std::array kLayerTypes{Named{"affine", LayerType::Affine}, Named{"relu", LayerType::Relu},
                                 Named{"sigmoid", LayerType::Sigmoid}, Named{"tanh", LayerType::Tanh}};
constexpr std::array kInitializers{Named{"he", Initializer::He}, Named{"xavier", Initializer::Xavier},
                                   Named{"std", Initializer::Std}, Named{"zeros", Initializer::Zeros}};
constexpr std::array kLosses{Named{"softmax_with_loss", Loss::SoftmaxWithLoss},
                             Named{"mean_squared_error", Loss::MeanSquaredError}};

template <class E, std::size_t N>
E named(const std::array<Named<E>, N>& names, json::Value value, const std::string& place) {
  std::string wanted;
  for (const Named<E>& each : names) {
    if (yyjson_equals_strn(value, each.name.data(), each.name.size())) return each.value;
    wanted += (wanted.empty() ? "\"" : ", \"") + std::string(each.name) + "\"";
  }
  json::refuse(place, "one of " + wanted, value);
}

template <class E, std::size_t N>
std::string_view name_of(const std::array<Named<E>, N>& names, E value) {
  for (const Named<E>& each : names) {
    if (each.value == value) return each.name;
  }
  return "";
}

LayerSpec layer_of(json::Value value, const std::string& place) {
  if (!yyjson_is_obj(value)) json::refuse(place, "an object with \"type\"", value);
  LayerSpec layer{.type = named(kLayerTypes, json::member(value, "type"), place + ".type")};
  if (layer.type != LayerType::Affine) return layer;
  layer.units = json::integer_of(json::member(value, "units"), place + ".units", 1, kMaxUnits);
  if (const json::Value init = json::member(value, "init")) layer.init = named(kInitializers, init, place + ".init");
  if (const json::Value std = json::member(value, "std")) {
    layer.std = json::number_of(std, place + ".std");
    if (!(layer.std >= 0 && layer.std <= 1e3)) json::refuse(place + ".std", "a number from 0 to 1000", std);
  }
  return layer;
}

}  // namespace

NetworkSpec parse_network_spec(std::string_view text) {
  const json::Document file = json::parse(text, kMaxSpecBytes, "network spec");
  const json::Value root = yyjson_doc_get_root(file.get());
  if (!yyjson_is_obj(root)) json::refuse("The network spec", "an object with \"input\", \"layers\" and \"loss\"", root);
  NetworkSpec spec;
  const json::Value input = json::array_at(root, "input", "\"input\"");
  std::vector<std::int64_t> extents;
  std::size_t i = 0;
  std::size_t count = 0;
  json::Value each = nullptr;
  yyjson_arr_foreach(input, i, count, each) {
    extents.push_back(json::integer_of(each, "input[" + std::to_string(i) + "]", 1, kMaxUnits));
  }
  if (extents.size() != 1)
    json::refuse("\"input\"", "a list of one extent, such as [784]: affine layers take flat samples", input);
  spec.input = Shape(extents);
  const json::Value layers = json::array_at(root, "layers", "\"layers\"");
  if (yyjson_arr_size(layers) == 0 || yyjson_arr_size(layers) > static_cast<std::size_t>(kMaxLayers)) {
    json::refuse("\"layers\"", "a list of 1 to " + std::to_string(kMaxLayers) + " layers", layers);
  }
  yyjson_arr_foreach(layers, i, count, each) {
    spec.layers.push_back(layer_of(each, "layers[" + std::to_string(i) + "]"));
  }
  spec.loss = named(kLosses, json::member(root, "loss"), "\"loss\"");
  return spec;
}

std::string to_json(const NetworkSpec& spec) {
  const json::Writer out = json::writer();
  yyjson_mut_val* root = yyjson_mut_obj(out.get());
  yyjson_mut_doc_set_root(out.get(), root);
  yyjson_mut_val* input = yyjson_mut_obj_add_arr(out.get(), root, "input");
  for (const std::int64_t extent : spec.input.extents()) yyjson_mut_arr_add_int(out.get(), input, extent);
  yyjson_mut_val* layers = yyjson_mut_obj_add_arr(out.get(), root, "layers");
  for (const LayerSpec& layer : spec.layers) {
    yyjson_mut_val* object = yyjson_mut_arr_add_obj(out.get(), layers);
    yyjson_mut_obj_add_val(out.get(), object, "type", json::string_value(out, name_of(kLayerTypes, layer.type)));
    if (layer.type != LayerType::Affine) continue;
    yyjson_mut_obj_add_int(out.get(), object, "units", layer.units);
    yyjson_mut_obj_add_val(out.get(), object, "init", json::string_value(out, name_of(kInitializers, layer.init)));
    if (layer.init == Initializer::Std) {
      yyjson_mut_obj_add_val(out.get(), object, "std", json::number_value(out, layer.std, "std"));
    }
  }
  yyjson_mut_obj_add_val(out.get(), root, "loss", json::string_value(out, name_of(kLosses, spec.loss)));
  return json::write(out);
}

}  // namespace backprop
