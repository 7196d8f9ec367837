#pragma once

#include "backprop/error.h"
#include "backprop/tensor.h"

#include <concepts>
#include <cstdint>
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

/// Sets a member of an object or an element of an array. Out of line on purpose: `val::set` unfolds to a dozen calls
/// wherever it stands.
void put(val& object, const char* name, const val& value);
void put(val& object, const char* name, double number);
void put(val& object, const char* name, std::string_view text);
void put(val& object, const char* name, std::optional<int> number);
void put(val& object, const char* name, const Shape& shape);
/// `{shape, data}` with a Float32Array or a Float64Array; null for no tensor.
void put(val& object, const char* name, const Tensor& tensor, Dtype dtype = Dtype::Float64);
void put(val& object, const char* name, const std::optional<Tensor>& tensor, Dtype dtype = Dtype::Float64);
/// `{shape, data, min, max}` with `data` null beyond kWholeTensor; min and max pass over NaN and are NaN without a
/// number. Null for no tensor.
void put_view(val& object, const char* name, const Tensor* tensor, Dtype dtype);
/// Null for an empty text.
void put_or_null(val& object, const char* name, std::string_view text);
void put(val& object, const char* name, std::same_as<bool> auto truth) { put(object, name, val(truth)); }
void put(val& array, std::size_t i, const val& value);
void put(val& array, std::size_t i, double number);
void put(val& array, std::size_t i, std::string_view text);

/// An array of what `each` makes of every item.
template <class Items, class Each>
[[nodiscard]] val list(const Items& items, Each each) {
  val out = val::array();
  std::size_t i = 0;
  for (const auto& item : items) put(out, i++, each(item));
  return out;
}
[[nodiscard]] val list(std::span<const double> numbers);
[[nodiscard]] val list(std::span<const int> numbers);

[[nodiscard]] val to_js(std::string_view text);
[[nodiscard]] val to_js(const Shape& shape);
[[nodiscard]] val to_js(const std::vector<std::string>& strings);

/// The elements as a Float32Array or a Float64Array.
[[nodiscard]] val to_typed_array(const Tensor& tensor, Dtype dtype);

/// `{shape, data}`, null for no tensor.
[[nodiscard]] val to_js(const Tensor& tensor, Dtype dtype = Dtype::Float64);
[[nodiscard]] val to_js(const std::optional<Tensor>& tensor, Dtype dtype = Dtype::Float64);

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
[[nodiscard]] Tensor tensor(const val& extents, const val& data);

}  // namespace backprop::bindings
