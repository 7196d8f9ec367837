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

/// Where a value stands, `nodes[3].inputs[0]`: a chain of names that is put into words only when something is wrong. A
/// place does not outlive the places and names that it is made of.
class Place {
 public:
  Place(const char* name) : name_(name) {}         // NOLINT(google-explicit-constructor): a name is a place
  Place(const std::string& name) : name_(name) {}  // NOLINT(google-explicit-constructor)
  Place(const Place& parent, std::string_view member) : parent_(&parent), name_(member) {}
  Place(const Place& parent, std::size_t index) : parent_(&parent), index_(index) {}

  [[nodiscard]] std::string text() const;

 private:
  const Place* parent_ = nullptr;
  std::string_view name_;  ///< empty for an index
  std::size_t index_ = 0;
};

using Value = yyjson_val*;
using Document = std::unique_ptr<yyjson_doc, decltype(&yyjson_doc_free)>;
using Writer = std::unique_ptr<yyjson_mut_doc, decltype(&yyjson_mut_doc_free)>;

/// Throws TooLarge beyond `max_bytes`, MalformedDocument with line and column if it is not JSON. `what` names the whole
/// in messages: "graph document".
[[nodiscard]] Document parse(std::string_view text, std::size_t max_bytes, const std::string& what);

/// Throws MalformedDocument: `place` must be `wanted`.
[[noreturn]] void refuse(const Place& place, std::string_view wanted, Value got);

[[nodiscard]] Value member(Value object, const char* name);
[[nodiscard]] Value array_at(Value object, const char* name, const Place& place);
/// A string of 1 to `max_bytes` bytes.
[[nodiscard]] std::string string_of(Value value, const Place& place, std::size_t max_bytes);
/// The member if it is there; an empty string otherwise.
[[nodiscard]] std::string optional_string(Value object, const char* name, const Place& place, std::size_t max_bytes);
[[nodiscard]] double number_of(Value value, const Place& place);
/// A whole number in [low, high].
[[nodiscard]] std::int64_t integer_of(Value value, const Place& place, std::int64_t low, std::int64_t high);

/// Nested arrays of equal lengths, at most four deep, as a tensor.
[[nodiscard]] Tensor tensor_of(Value value, const Place& place);

[[nodiscard]] Writer writer();
[[nodiscard]] yyjson_mut_val* string_value(const Writer& out, std::string_view text);
/// Throws InvalidValue for inf and NaN, naming `place`.
[[nodiscard]] yyjson_mut_val* number_value(const Writer& out, double number, const Place& place);
[[nodiscard]] yyjson_mut_val* tensor_value(const Writer& out, const Tensor& tensor, const Place& place);
[[nodiscard]] std::string write(const Writer& out);

}  // namespace backprop::json
