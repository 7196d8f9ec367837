#include "backprop/network.h"

#include "json/json.h"
#include "nn/names.h"

namespace backprop {

namespace {

constexpr std::size_t kMaxSpecBytes = std::size_t{1} << 16;
constexpr std::int64_t kMaxLayers = 128;
constexpr std::int64_t kMaxUnits = 1 << 20;
constexpr std::int64_t kMaxSide = 1 << 12;

json::Value required(json::Value object, const char* name, const json::Place& place, std::string_view wanted) {
  const json::Value value = json::member(object, name);
  if (value == nullptr) json::refuse(json::Place(json::Place(place, "."), name), wanted, value);
  return value;
}

void read_member(LayerSpec& layer, std::string_view name, json::Value value, const json::Place& place) {
  if (name == "units") {
    layer.units = json::integer_of(value, place, 1, kMaxUnits);
  } else if (name == "init") {
    layer.init = named(kInitializers, value, place);
  } else if (name == "std") {
    layer.std = json::number_of(value, place);
    if (!(layer.std >= 0 && layer.std <= 1e3)) json::refuse(place, "a number from 0 to 1000", value);
  } else if (name == "filters") {
    layer.filters = json::integer_of(value, place, 1, kMaxUnits);
  } else if (name == "kernel") {
    layer.kernel = json::integer_of(value, place, 1, kMaxSide);
  } else if (name == "size") {
    layer.size = json::integer_of(value, place, 1, kMaxSide);
  } else if (name == "stride") {
    layer.stride = json::integer_of(value, place, 1, kMaxSide);
  } else if (name == "pad") {
    layer.pad = json::integer_of(value, place, 0, kMaxSide);
  } else if (name == "ratio") {
    layer.ratio = json::number_of(value, place);
    if (!(layer.ratio >= 0 && layer.ratio < 1)) json::refuse(place, "a number from 0 to below 1", value);
  } else {
    if (!yyjson_is_bool(value)) json::refuse(place, "true or false", value);
    layer.inverted = yyjson_get_bool(value);
  }
}

LayerSpec layer_of(json::Value value, const json::Place& place) {
  if (!yyjson_is_obj(value)) json::refuse(place, "an object with \"type\"", value);
  LayerSpec layer{.type = named(kLayerTypes, json::member(value, "type"), json::Place(place, ".type"))};
  std::size_t i = 0;
  std::size_t count = 0;
  json::Value key = nullptr;
  json::Value each = nullptr;
  yyjson_obj_foreach(value, i, count, key, each) {
    const std::string_view name(yyjson_get_str(key), yyjson_get_len(key));
    if (name == "type") continue;
    if (!has_member(layer.type, name)) {
      json::refuse(json::Place(json::Place(place, "."), name.substr(0, 64)), members_text(layer.type), each);
    }
    read_member(layer, name, each, json::Place(json::Place(place, "."), name));
  }
  switch (layer.type) {
    case LayerType::Affine:
      (void)required(value, "units", place, "a whole number of units, such as 50");
      break;
    case LayerType::Conv2d:
      (void)required(value, "filters", place, "a whole number of filters, such as 30");
      (void)required(value, "kernel", place, "the side of the filter, such as 5");
      break;
    case LayerType::MaxPool2d:
    case LayerType::AvgPool2d:
      (void)required(value, "size", place, "the side of the window, such as 2");
      if (json::member(value, "stride") == nullptr) layer.stride = layer.size;
      break;
    default:
      break;
  }
  return layer;
}

/// A list of whole numbers from 1.
std::vector<std::int64_t> extents_of(json::Value list, const json::Place& place) {
  std::vector<std::int64_t> extents;
  std::size_t i = 0;
  std::size_t count = 0;
  json::Value each = nullptr;
  yyjson_arr_foreach(list, i, count, each) {
    extents.push_back(json::integer_of(each, json::Place(place, i), 1, kMaxUnits));
  }
  return extents;
}

Shape input_of(json::Value list) {
  const std::vector<std::int64_t> extents = extents_of(list, "input");
  if (extents.empty() || extents.size() >= kMaxRank) {
    json::refuse("\"input\"", "the shape of one sample, such as [784] or [1, 28, 28]", list);
  }
  return Shape(extents);
}

}  // namespace

NetworkSpec parse_network_spec(std::string_view text) {
  const json::Document file = json::parse(text, kMaxSpecBytes, "network spec");
  const json::Value root = yyjson_doc_get_root(file.get());
  if (!yyjson_is_obj(root)) json::refuse("The network spec", "an object with \"input\", \"layers\" and \"loss\"", root);
  NetworkSpec spec;
  spec.input = input_of(json::array_at(root, "input", "\"input\""));
  const json::Value layers = json::array_at(root, "layers", "\"layers\"");
  if (yyjson_arr_size(layers) == 0 || yyjson_arr_size(layers) > static_cast<std::size_t>(kMaxLayers)) {
    json::refuse("\"layers\"", message({"a list of 1 to ", kMaxLayers, " layers"}), layers);
  }
  std::size_t i = 0;
  std::size_t count = 0;
  json::Value each = nullptr;
  yyjson_arr_foreach(layers, i, count, each) { spec.layers.push_back(layer_of(each, json::Place("layers", i))); }
  spec.loss = named(kLosses, json::member(root, "loss"), "\"loss\"");
  return spec;
}

PresetOptions parse_preset_options(std::string_view text) {
  const json::Document file = json::parse(text, kMaxSpecBytes, "options of a network");
  const json::Value root = yyjson_doc_get_root(file.get());
  if (!yyjson_is_obj(root)) json::refuse("The options", "an object", root);
  PresetOptions options;
  std::size_t i = 0;
  std::size_t count = 0;
  json::Value key = nullptr;
  json::Value value = nullptr;
  yyjson_obj_foreach(root, i, count, key, value) {
    const std::string_view name(yyjson_get_str(key), yyjson_get_len(key));
    if (name == "input") {
      options.input = input_of(json::array_at(root, "input", "\"input\""));
    } else if (name == "hidden") {
      options.hidden = extents_of(json::array_at(root, "hidden", "\"hidden\""), "hidden");
    } else if (name == "outputs") {
      options.outputs = json::integer_of(value, "outputs", 1, kMaxUnits);
    } else if (name == "activation") {
      options.activation = named(kActivations, value, "\"activation\"");
    } else if (name == "init") {
      options.init = named(kInitializers, value, "\"init\"");
    } else if (name == "batchNorm") {
      if (!yyjson_is_bool(value)) json::refuse("\"batchNorm\"", "true or false", value);
      options.batch_norm = yyjson_get_bool(value);
    } else if (name == "dropout") {
      options.dropout = json::number_of(value, "dropout");
      if (!(options.dropout >= 0 && options.dropout < 1))
        json::refuse("\"dropout\"", "a number from 0 to below 1", value);
    } else {
      json::refuse(message({"\"", name.substr(0, 64), "\""}),
                   "none: the options are input, hidden, outputs, activation, init, batchNorm, dropout", value);
    }
  }
  return options;
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
    const auto whole = [&](const char* name, std::int64_t value) {
      if (has_member(layer.type, name)) yyjson_mut_obj_add_int(out.get(), object, name, value);
    };
    whole("units", layer.units);
    whole("filters", layer.filters);
    whole("kernel", layer.kernel);
    whole("size", layer.size);
    whole("stride", layer.stride);
    whole("pad", layer.pad);
    if (has_member(layer.type, "init")) {
      yyjson_mut_obj_add_val(out.get(), object, "init", json::string_value(out, name_of(kInitializers, layer.init)));
      if (layer.init == Initializer::Std) {
        yyjson_mut_obj_add_val(out.get(), object, "std", json::number_value(out, layer.std, "std"));
      }
    }
    if (layer.type == LayerType::Dropout) {
      yyjson_mut_obj_add_val(out.get(), object, "ratio", json::number_value(out, layer.ratio, "ratio"));
      if (!layer.inverted) yyjson_mut_obj_add_bool(out.get(), object, "inverted", false);
    }
  }
  yyjson_mut_obj_add_val(out.get(), root, "loss", json::string_value(out, name_of(kLosses, spec.loss)));
  return json::write(out);
}

std::string_view to_string(LayerType type) noexcept { return name_of(kLayerTypes, type); }
std::string_view to_string(Loss loss) noexcept { return name_of(kLosses, loss); }

}  // namespace backprop
