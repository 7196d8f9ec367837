#pragma once

#include "backprop/error.h"
#include "backprop/tensor.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <emscripten/val.h>

/// Plain data across the border, always as copies: a live view of the heap dies when memory grows.
namespace backprop::bindings {

using emscripten::val;

/// A tensor beyond this many elements reaches the page as a summary (see `TensorView` in web/shared/protocol.ts).
inline constexpr std::size_t kWholeTensor = 4096;

/// A typed array of its own.
template <class T>
[[nodiscard]] val to_typed_array(std::span<const T> elements) {
  return val(emscripten::typed_memory_view(elements.size(), elements.data())).template call<val>("slice");
}

[[nodiscard]] val to_js(const Shape& shape);
[[nodiscard]] val to_js(const std::vector<std::string>& strings);

/// `{shape, data}`.
template <class T>
[[nodiscard]] val to_js(const Tensor<T>& tensor) {
  val out = val::object();
  out.set("shape", to_js(tensor.shape()));
  out.set("data", to_typed_array(tensor.elements()));
  return out;
}

template <class T>
[[nodiscard]] val to_js(const std::optional<Tensor<T>>& tensor) {
  return tensor ? to_js(*tensor) : val::null();
}

inline val to_js(std::optional<int> number) { return number ? val(*number) : val::null(); }

/// `{shape, data, min, max}` with `data` null beyond kWholeTensor; min and max pass over NaN and are NaN without a
/// number.
template <class T>
[[nodiscard]] val to_view(const Tensor<T>& tensor) {
  double min = std::numeric_limits<double>::quiet_NaN();
  double max = min;
  for (const T element : tensor.elements()) {
    if (!(element >= min)) min = element == element ? element : min;
    if (!(element <= max)) max = element == element ? element : max;
  }
  val out = val::object();
  out.set("shape", to_js(tensor.shape()));
  out.set("data", tensor.size() <= kWholeTensor ? to_typed_array(tensor.elements()) : val::null());
  out.set("min", min);
  out.set("max", max);
  return out;
}

/// All elements of a typed array or an array of numbers, converted to T.
template <class T>
[[nodiscard]] std::vector<T> numbers(const val& array) {
  return emscripten::convertJSArrayToNumberVector<T>(array);
}

/// An integer in [low, high]. Throws OutOfRange, naming `what`: casting another number would be undefined.
[[nodiscard]] std::int64_t integer(double number, std::int64_t low, std::int64_t high, std::string_view what);
/// A seed: an integer from 0 to 2⁵³ − 1.
[[nodiscard]] std::uint64_t seed(double number);
[[nodiscard]] Shape shape(const val& extents);

/// From `data` in the given shape; a number alone is a scalar, whatever the shape.
template <class T>
[[nodiscard]] Tensor<T> tensor(const val& extents, const val& data) {
  if (data.isNumber()) return Tensor<T>::scalar(data.as<T>());
  return Tensor<T>(shape(extents), numbers<T>(data));
}

}  // namespace backprop::bindings
