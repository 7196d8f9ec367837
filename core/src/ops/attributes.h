#pragma once

#include "backprop/op.h"

#include <optional>
#include <vector>

namespace backprop {

/// Readers for attributes that `check_attributes` has already found to be of the right type.
[[nodiscard]] std::optional<std::vector<std::int64_t>> integers(const Attributes& attributes, std::string_view name);
[[nodiscard]] bool boolean(const Attributes& attributes, std::string_view name, bool fallback);

}  // namespace backprop
