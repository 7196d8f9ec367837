#include "marshal.h"

#include <cmath>

namespace backprop::bindings {

val to_js(const Shape& shape) {
  val out = val::array();
  for (std::size_t axis = 0; axis < shape.rank(); ++axis) out.set(axis, static_cast<double>(shape[axis]));
  return out;
}

val to_js(const std::vector<std::string>& strings) {
  val out = val::array();
  for (std::size_t i = 0; i < strings.size(); ++i) out.set(i, strings[i]);
  return out;
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

}  // namespace backprop::bindings
