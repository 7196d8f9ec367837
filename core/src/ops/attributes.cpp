#include "ops/attributes.h"

#include "backprop/error.h"

#include <algorithm>
#include <cmath>

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
      throw Error(ErrorCode::InvalidAttribute,
                  "there is no attribute \"" + name.substr(0, 64) + "\"; " +
                      (known.empty() ? "this op has none. Remove it." : "this op has: " + known + "."));
    }
    if (!has_type(value, info->type)) {
      throw Error(ErrorCode::InvalidAttribute,
                  "attribute \"" + name + "\" must be " + std::string(words(info->type)) + ".");
    }
  }
  for (const AttributeInfo& info : op.attributes) {
    if (info.required && !attributes.contains(info.name)) {
      throw Error(ErrorCode::InvalidAttribute, "attribute \"" + std::string(info.name) +
                                                   "\" is missing: " + std::string(info.meaning) + ". Give " +
                                                   std::string(words(info.type)) + ".");
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

}  // namespace backprop
