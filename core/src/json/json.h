#pragma once

#include "backprop/error.h"
#include "backprop/tensor.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <yyjson.h>

/// Reading untrusted JSON with errors that name the place (`nodes[3].inputs[0]`), and writing it.
namespace backprop::json {

using Value = yyjson_val*;
using Document = std::unique_ptr<yyjson_doc, decltype(&yyjson_doc_free)>;
using Writer = std::unique_ptr<yyjson_mut_doc, decltype(&yyjson_mut_doc_free)>;

/// Throws TooLarge beyond `max_bytes`, MalformedDocument with line and column if it is not JSON. `what` names the whole
/// in messages: "graph document".
[[nodiscard]] Document parse(std::string_view text, std::size_t max_bytes, const std::string& what);

/// Throws MalformedDocument: `place` must be `wanted`.
[[noreturn]] void refuse(const std::string& place, std::string_view wanted, Value got);

[[nodiscard]] Value member(Value object, const char* name);
[[nodiscard]] Value array_at(Value object, const char* name, const std::string& place);
/// A string of 1 to `max_bytes` bytes.
[[nodiscard]] std::string string_of(Value value, const std::string& place, std::size_t max_bytes);
/// The member if it is there; an empty string otherwise.
[[nodiscard]] std::string optional_string(Value object, const char* name, const std::string& place,
                                          std::size_t max_bytes);
[[nodiscard]] double number_of(Value value, const std::string& place);
/// A whole number in [low, high].
[[nodiscard]] std::int64_t integer_of(Value value, const std::string& place, std::int64_t low, std::int64_t high);

/// Nested arrays of equal lengths, at most four deep, as a tensor.
[[nodiscard]] Tensor<double> tensor_of(Value value, const std::string& place);

[[nodiscard]] Writer writer();
[[nodiscard]] yyjson_mut_val* string_value(const Writer& out, std::string_view text);
/// Throws InvalidValue for inf and NaN, naming `place`.
[[nodiscard]] yyjson_mut_val* number_value(const Writer& out, double number, const std::string& place);
[[nodiscard]] yyjson_mut_val* tensor_value(const Writer& out, const Tensor<double>& tensor, const std::string& place);
[[nodiscard]] std::string write(const Writer& out);

}  // namespace backprop::json
