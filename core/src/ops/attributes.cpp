#include "ops/attributes.h"

#include "backprop/error.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace backprop {

namespace {

bool is_integer(double value) { return std::floor(value) == value && std::abs(value) <= 1e9; }

bool has_type(const AttributeValue& value, AttributeType type) {
  switch (type) {
    case AttributeType::Number:
      return std::holds_alternative<double>(value);
    case AttributeType::Integer:
      return std::holds_alternative<double>(value) && is_integer(std::get<double>(value));
    case AttributeType::Boolean:
      return std::holds_alternative<bool>(value);
    case AttributeType::Integers:
      // A single integer stands for a list of one, as in NumPy's `axis=0`.
      return std::holds_alternative<std::vector<std::int64_t>>(value) ||
             (std::holds_alternative<double>(value) && is_integer(std::get<double>(value)));
  }
  return false;
}

bool in_range(double value, const AttributeInfo& info) {
  if (info.min && !(value >= *info.min)) return false;
  return !info.max || (info.below_max ? value < *info.max : value <= *info.max);
}

bool in_range(const AttributeValue& value, const AttributeInfo& info) {
  if (const double* single = std::get_if<double>(&value)) return in_range(*single, info);
  const auto* list = std::get_if<std::vector<std::int64_t>>(&value);
  return list == nullptr ||
         std::ranges::all_of(*list, [&](std::int64_t each) { return in_range(static_cast<double>(each), info); });
}

/// ` of at least 1`, ` from 0 to 1`, ` from 0 to below 1`.
std::string range_words(const AttributeInfo& info) {
  if (info.min && info.max) {
    return message({" from ", *info.min, info.below_max ? " to below " : " to ", *info.max});
  }
  return info.min ? message({" of at least ", *info.min}) : "";
}

std::string_view words(AttributeType type) {
  switch (type) {
    case AttributeType::Number:
      return "a number";
    case AttributeType::Integer:
      return "an integer";
    case AttributeType::Boolean:
      return "true or false";
    case AttributeType::Integers:
      return "an integer or a list of integers";
  }
  return "";
}

}  // namespace

std::string_view to_string(AttributeType type) noexcept {
  switch (type) {
    case AttributeType::Number:
      return "number";
    case AttributeType::Integer:
      return "integer";
    case AttributeType::Boolean:
      return "boolean";
    case AttributeType::Integers:
      return "integers";
  }
  return "";
}

void check_attributes(const Op& op, const Attributes& attributes) {
  for (const auto& [name, value] : attributes) {
    const auto info = std::ranges::find(op.attributes, name, &AttributeInfo::name);
    if (info == op.attributes.end()) {
      std::string known;
      for (const AttributeInfo& each : op.attributes) known += (known.empty() ? "" : ", ") + std::string(each.name);
      refuse(ErrorCode::InvalidAttribute,
             {"there is no attribute \"", name.substr(0, 64), "\"; ",
              known.empty() ? "this op has none. Remove it" : "this op has: ", known, "."});
    }
    if (!has_type(value, info->type)) {
      refuse(ErrorCode::InvalidAttribute,
             {"attribute \"", name, "\" must be ", words(info->type), range_words(*info), "."});
    }
    if (!in_range(value, *info)) {
      const double* single = std::get_if<double>(&value);
      refuse(ErrorCode::InvalidAttribute,
             {"attribute \"", name, "\" is ", (single != nullptr ? Piece(*single) : Piece("outside its range")),
              "; it must be ", words(info->type), range_words(*info), "."});
    }
  }
  for (const AttributeInfo& info : op.attributes) {
    if (info.required && !attributes.contains(info.name)) {
      refuse(ErrorCode::InvalidAttribute, {"attribute \"", info.name, "\" is missing: ", info.meaning, ". Give ",
                                           words(info.type), range_words(info), "."});
    }
  }
}

std::optional<std::vector<std::int64_t>> integers(const Attributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  if (found == attributes.end()) return std::nullopt;
  if (const double* single = std::get_if<double>(&found->second)) {
    return std::vector<std::int64_t>{static_cast<std::int64_t>(*single)};
  }
  return std::get<std::vector<std::int64_t>>(found->second);
}

bool boolean(const Attributes& attributes, std::string_view name, bool fallback) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? fallback : std::get<bool>(found->second);
}

double number(const Attributes& attributes, std::string_view name, double fallback) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? fallback : std::get<double>(found->second);
}

std::size_t count(const Attributes& attributes, std::string_view name, std::size_t fallback) {
  return static_cast<std::size_t>(number(attributes, name, static_cast<double>(fallback)));
}

std::size_t axis_of(const Shape& shape, std::int64_t axis) {
  const auto rank = static_cast<std::int64_t>(shape.rank());
  const std::int64_t counted = axis < 0 ? axis + rank : axis;
  if (counted >= 0 && counted < rank) return static_cast<std::size_t>(counted);
  refuse(ErrorCode::InvalidAttribute,
         {"axis ", axis, " does not exist in shape ", shape,
          (rank == 0 ? std::string("; a scalar has no axes.") : message({"; axes go from 0 to ", rank - 1, "."}))});
}

}  // namespace backprop
