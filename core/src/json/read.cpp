#include "json/json.h"

#include <cmath>
#include <cstdlib>

namespace backprop::json {

namespace {

std::string line_and_column(std::string_view text, std::size_t position) {
  std::size_t line = 1;
  std::size_t column = 1;
  for (const char c : text.substr(0, position)) {
    ++column;
    if (c == '\n') {
      ++line;
      column = 1;
    }
  }
  return message({"line ", line, ", column ", column});
}

/// Collects the shape from the first element at each depth, then the numbers; whatever does not follow that shape is
/// ragged.
class NestedReader {
 public:
  NestedReader(Value root, const Place& place) : place_(place) {
    for (Value level = root; yyjson_is_arr(level); level = yyjson_arr_get_first(level)) {
      if (extents_.size() == kMaxRank) refuse(place_, "nested at most 4 deep", level);
      extents_.push_back(static_cast<std::int64_t>(yyjson_arr_size(level)));
      if (extents_.back() == 0) break;
    }
    const Shape shape(extents_);
    elements_.reserve(static_cast<std::size_t>(shape.count()));
    read(root, 0, place_);
    result_ = Tensor(shape, std::move(elements_));
  }
  Tensor result() && { return std::move(result_); }

 private:
  void read(Value value, std::size_t depth, const Place& place) {
    if (depth == extents_.size()) {
      elements_.push_back(number_of(value, place));
      return;
    }
    const auto wanted = static_cast<std::size_t>(extents_[depth]);
    if (!yyjson_is_arr(value) || yyjson_arr_size(value) != wanted) {
      refuse(ErrorCode::ShapeMismatch,
             {place.text(), " must be an array of ", wanted, " like its neighbours, but it is ",
              (yyjson_is_arr(value) ? message({"an array of ", yyjson_arr_size(value)}) : "something else"),
              ". Give every row the same length."});
    }
    std::size_t i = 0;
    std::size_t count = 0;
    Value each = nullptr;
    yyjson_arr_foreach(value, i, count, each) { read(each, depth + 1, Place(place, i)); }
  }

  const Place& place_;
  std::vector<std::int64_t> extents_;
  std::vector<double> elements_;
  Tensor result_;
};

}  // namespace

std::string Place::text() const {
  const std::string own = name_.empty() ? message({"[", index_, "]"}) : std::string(name_);
  return parent_ == nullptr ? own : parent_->text() + own;
}

Document parse(std::string_view text, std::size_t max_bytes, const std::string& what) {
  if (text.size() > max_bytes) {
    refuse(ErrorCode::TooLarge, {"The ", what, " has ", text.size(), " bytes; at most ", max_bytes, " are read."});
  }
  yyjson_read_err error{};
  // Without YYJSON_READ_INSITU the text is only read, so the const_cast that the C interface asks for is safe.
  Document document(yyjson_read_opts(const_cast<char*>(text.data()), text.size(), YYJSON_READ_NOFLAG, nullptr, &error),
                    &yyjson_doc_free);
  if (!document) {
    refuse(ErrorCode::MalformedDocument,
           {"The ", what, " is not JSON: ", (error.msg == nullptr ? "unreadable" : error.msg), " at ",
            line_and_column(text, error.pos), ". Check the file or the link; it may be cut off."});
  }
  return document;
}

void refuse(const Place& place, std::string_view wanted, Value got) {
  refuse(ErrorCode::MalformedDocument,
         {place.text(), " must be ", wanted, ", but it is ", got == nullptr ? "missing" : "of type ",
          got == nullptr ? "" : yyjson_get_type_desc(got), "."});
}

Value member(Value object, const char* name) { return yyjson_obj_get(object, name); }

Value array_at(Value object, const char* name, const Place& place) {
  const Value value = member(object, name);
  if (!yyjson_is_arr(value)) refuse(place, "an array", value);
  return value;
}

std::string string_of(Value value, const Place& place, std::size_t max_bytes) {
  if (!yyjson_is_str(value) || yyjson_get_len(value) == 0 || yyjson_get_len(value) > max_bytes) {
    refuse(place, message({"a text of 1 to ", max_bytes, " bytes"}), value);
  }
  return {yyjson_get_str(value), yyjson_get_len(value)};
}

std::string optional_string(Value object, const char* name, const Place& place, std::size_t max_bytes) {
  const Value value = member(object, name);
  if (value == nullptr) return {};
  if (yyjson_is_str(value) && yyjson_get_len(value) == 0) return {};
  return string_of(value, place, max_bytes);
}

double number_of(Value value, const Place& place) {
  if (!yyjson_is_num(value)) refuse(place, "a number", value);
  return yyjson_get_num(value);
}

std::int64_t integer_of(Value value, const Place& place, std::int64_t low, std::int64_t high) {
  const double number = number_of(value, place);
  if (!(number >= static_cast<double>(low) && number <= static_cast<double>(high)) || std::floor(number) != number) {
    refuse(place, message({"a whole number from ", low, " to ", high}), value);
  }
  return static_cast<std::int64_t>(number);
}

Tensor tensor_of(Value value, const Place& place) {
  if (!yyjson_is_num(value) && !yyjson_is_arr(value)) refuse(place, "a number or nested arrays of numbers", value);
  return NestedReader(value, place).result();
}

}  // namespace backprop::json
