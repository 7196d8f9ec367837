#pragma once

#include "backprop/op.h"

#include <optional>
#include <vector>

namespace backprop {

/// Readers for attributes that `check_attributes` has already found to be of the right type.
[[nodiscard]] std::optional<std::vector<std::int64_t>> integers(const Attributes& attributes, std::string_view name);
[[nodiscard]] bool boolean(const Attributes& attributes, std::string_view name, bool fallback);
[[nodiscard]] double number(const Attributes& attributes, std::string_view name, double fallback);
/// Of an attribute that is no less than 0.
[[nodiscard]] std::size_t count(const Attributes& attributes, std::string_view name, std::size_t fallback);
/// An axis of `shape` counted from 0; negative ones count from the end. Throws InvalidAttribute for one that is not
/// there.
[[nodiscard]] std::size_t axis_of(const Shape& shape, std::int64_t axis);

}  // namespace backprop
