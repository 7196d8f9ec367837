#pragma once

#include "backprop/network.h"

#include "json/json.h"

#include <array>
#include <string>
#include <string_view>

namespace backprop {

/// (Types are spelled out below: clang before 17 cannot deduce those of an aggregate.)
template <class E>
struct Named {
  std::string_view name;
  E value;
};

/// Layers by the names of their ops, and the members that each may have in a spec besides "type".
inline constexpr std::array<Named<LayerType>, 14> kLayerTypes{{{"affine", LayerType::Affine},
                                                               {"conv2d", LayerType::Conv2d},
                                                               {"max_pool2d", LayerType::MaxPool2d},
                                                               {"avg_pool2d", LayerType::AvgPool2d},
                                                               {"flatten", LayerType::Flatten},
                                                               {"batch_norm", LayerType::BatchNorm},
                                                               {"layer_norm", LayerType::LayerNorm},
                                                               {"dropout", LayerType::Dropout},
                                                               {"relu", LayerType::Relu},
                                                               {"leaky_relu", LayerType::LeakyRelu},
                                                               {"sigmoid", LayerType::Sigmoid},
                                                               {"tanh", LayerType::Tanh},
                                                               {"gelu", LayerType::Gelu},
                                                               {"softplus", LayerType::Softplus}}};
inline constexpr std::array<Named<LayerType>, 6> kActivations{{{"relu", LayerType::Relu},
                                                               {"leaky_relu", LayerType::LeakyRelu},
                                                               {"sigmoid", LayerType::Sigmoid},
                                                               {"tanh", LayerType::Tanh},
                                                               {"gelu", LayerType::Gelu},
                                                               {"softplus", LayerType::Softplus}}};
inline constexpr std::array<Named<Initializer>, 4> kInitializers{{{"he", Initializer::He},
                                                                  {"xavier", Initializer::Xavier},
                                                                  {"std", Initializer::Std},
                                                                  {"zeros", Initializer::Zeros}}};
inline constexpr std::array<Named<Loss>, 3> kLosses{{{"softmax_with_loss", Loss::SoftmaxWithLoss},
                                                     {"mean_squared_error", Loss::MeanSquaredError},
                                                     {"sigmoid_with_loss", Loss::SigmoidWithLoss}}};

/// The member's value by its name. Throws MalformedDocument with the list of names.
template <class E, std::size_t N>
E named(const std::array<Named<E>, N>& names, json::Value value, const json::Place& place) {
  for (const Named<E>& each : names) {
    if (yyjson_equals_strn(value, each.name.data(), each.name.size())) return each.value;
  }
  std::string wanted = "one of ";
  for (const Named<E>& each : names) wanted += message({&each == names.data() ? "\"" : ", \"", each.name, "\""});
  json::refuse(place, wanted, value);
}

template <class E, std::size_t N>
constexpr std::string_view name_of(const std::array<Named<E>, N>& names, E value) {
  for (const Named<E>& each : names) {
    if (each.value == value) return each.name;
  }
  return "";
}

/// Members of a layer's type, each between blanks.
constexpr std::string_view members_of(LayerType type) {
  switch (type) {
    case LayerType::Affine:
      return " units init std ";
    case LayerType::Conv2d:
      return " filters kernel stride pad init std ";
    case LayerType::MaxPool2d:
    case LayerType::AvgPool2d:
      return " size stride pad ";
    case LayerType::Dropout:
      return " ratio inverted ";
    default:
      return "";
  }
}

inline bool has_member(LayerType type, std::string_view name) {
  const std::string_view members = members_of(type);
  if (name.empty() || name.find(' ') != std::string_view::npos) return false;
  for (std::size_t at = members.find(name); at != std::string_view::npos; at = members.find(name, at + 1)) {
    if (members[at - 1] == ' ' && members[at + name.size()] == ' ') return true;
  }
  return false;
}

/// What a layer of the type may say, for a refusal.
inline std::string members_text(LayerType type) {
  const std::string_view members = members_of(type);
  std::string text = "nothing: ";
  text += name_of(kLayerTypes, type);
  text += members.empty() ? " has no settings" : " has only";
  if (!members.empty()) text += members.substr(0, members.size() - 1);
  return text;
}

}  // namespace backprop
