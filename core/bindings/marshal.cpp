#include "marshal.h"

#include <cmath>
#include <limits>

namespace backprop::bindings {

void put(val& object, const char* name, const val& value) { object.set(name, value); }
void put(val& object, const char* name, double number) { put(object, name, val(number)); }
void put(val& object, const char* name, std::string_view text) { put(object, name, to_js(text)); }
void put(val& object, const char* name, std::optional<int> number) {
  put(object, name, number ? val(*number) : val::null());
}
void put(val& object, const char* name, const Shape& shape) { put(object, name, to_js(shape)); }
void put(val& object, const char* name, const Tensor& tensor, Dtype dtype) { put(object, name, to_js(tensor, dtype)); }
void put(val& object, const char* name, const std::optional<Tensor>& tensor, Dtype dtype) {
  put(object, name, to_js(tensor, dtype));
}
void put_or_null(val& object, const char* name, std::string_view text) {
  put(object, name, text.empty() ? val::null() : to_js(text));
}
void put(val& array, std::size_t i, const val& value) { array.set(i, value); }
void put(val& array, std::size_t i, double number) { put(array, i, val(number)); }
void put(val& array, std::size_t i, std::string_view text) { put(array, i, to_js(text)); }

val list(std::span<const double> numbers) {
  return list(numbers, [](double number) { return number; });
}
val list(std::span<const int> numbers) {
  return list(numbers, [](int number) { return static_cast<double>(number); });
}

val to_js(std::string_view text) { return val(std::string(text)); }

val to_js(const Shape& shape) {
  return list(shape.extents(), [](std::int64_t extent) { return static_cast<double>(extent); });
}

val to_js(const std::vector<std::string>& strings) {
  return list(strings, [](const std::string& string) { return std::string_view(string); });
}

val to_typed_array(const Tensor& tensor, Dtype dtype) {
  if (dtype == Dtype::Float64) return to_typed_array(tensor.elements());
  const std::vector<float> single(tensor.elements().begin(), tensor.elements().end());
  return to_typed_array(std::span<const float>(single));
}

val to_js(const Tensor& tensor, Dtype dtype) {
  val out = val::object();
  put(out, "shape", tensor.shape());
  put(out, "data", to_typed_array(tensor, dtype));
  return out;
}

val to_js(const std::optional<Tensor>& tensor, Dtype dtype) { return tensor ? to_js(*tensor, dtype) : val::null(); }

void put_view(val& object, const char* name, const Tensor* tensor, Dtype dtype) {
  if (tensor == nullptr) return put(object, name, val::null());
  double min = std::numeric_limits<double>::quiet_NaN();
  double max = min;
  for (const double element : tensor->elements()) {
    if (!(element >= min)) min = element == element ? element : min;
    if (!(element <= max)) max = element == element ? element : max;
  }
  val view = val::object();
  put(view, "shape", tensor->shape());
  put(view, "data", tensor->size() <= kWholeTensor ? to_typed_array(*tensor, dtype) : val::null());
  put(view, "min", min);
  put(view, "max", max);
  put(object, name, view);
}

std::int64_t integer(double number, std::int64_t low, std::int64_t high, std::string_view what) {
  if (!(number >= static_cast<double>(low) && number <= static_cast<double>(high)) || number != std::floor(number)) {
    refuse(ErrorCode::OutOfRange, {what, " is ", val(number).call<std::string>("toString"), "; wanted an integer from ",
                                   low, " to ", high, "."});
  }
  return static_cast<std::int64_t>(number);
}

std::uint64_t seed(double number) {
  return static_cast<std::uint64_t>(integer(number, 0, (std::int64_t{1} << 53) - 1, "seed"));
}

Shape shape(const val& extents) {
  const std::vector<double> given = numbers<double>(extents);
  std::vector<std::int64_t> whole;
  for (const double extent : given) whole.push_back(integer(extent, 0, kMaxElements, "an extent of the shape"));
  return Shape(std::span<const std::int64_t>(whole));
}

Tensor tensor(const val& extents, const val& data) {
  if (data.isNumber()) return Tensor::scalar(data.as<double>());
  return Tensor(shape(extents), numbers<double>(data));
}

}  // namespace backprop::bindings
