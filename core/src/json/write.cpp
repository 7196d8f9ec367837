#include "json/json.h"
#include "text/number.h"

#include <cmath>
#include <cstdlib>

namespace backprop::json {

namespace {

yyjson_mut_val* nested(const Writer& out, const Tensor& tensor, std::size_t depth, std::size_t& next,
                       const Place& place) {
  if (depth == tensor.shape().rank()) return number_value(out, tensor[next++], place);
  yyjson_mut_val* row = yyjson_mut_arr(out.get());
  for (std::int64_t i = 0; i < tensor.shape()[depth]; ++i) {
    yyjson_mut_arr_append(row, nested(out, tensor, depth + 1, next, place));
  }
  return row;
}

}  // namespace

Writer writer() { return {yyjson_mut_doc_new(nullptr), &yyjson_mut_doc_free}; }

yyjson_mut_val* string_value(const Writer& out, std::string_view text) {
  return yyjson_mut_strncpy(out.get(), text.data(), text.size());
}

yyjson_mut_val* number_value(const Writer& out, double number, const Place& place) {
  if (!std::isfinite(number)) {
    refuse(ErrorCode::InvalidValue, {place.text(), " is ", (std::isnan(number) ? "NaN" : "infinite"),
                                     ", which JSON cannot hold. Set it to a number first."});
  }
  // Whole numbers are written without a point: 100, not 100.0. Zero keeps its sign by staying a real.
  if (std::floor(number) == number && std::abs(number) < 1e15 && !(number == 0 && std::signbit(number))) {
    return yyjson_mut_sint(out.get(), static_cast<std::int64_t>(number));
  }
  // Without a point, readers take -0 for the integer 0.
  const std::string text = number == 0 ? "-0.0" : number_text(number);
  return yyjson_mut_rawncpy(out.get(), text.data(), text.size());
}

yyjson_mut_val* tensor_value(const Writer& out, const Tensor& tensor, const Place& place) {
  std::size_t next = 0;
  return nested(out, tensor, 0, next, place);
}

std::string write(const Writer& out) {
  std::size_t length = 0;
  const std::unique_ptr<char, decltype(&std::free)> text(yyjson_mut_write(out.get(), YYJSON_WRITE_NOFLAG, &length),
                                                         &std::free);
  if (!text) refuse(ErrorCode::TooLarge, {"There was not enough memory to write the JSON."});
  return {text.get(), length};
}

}  // namespace backprop::json
