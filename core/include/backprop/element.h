#pragma once

#include "backprop/shape.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backprop {

/// Row-major position of an element. Throws OutOfRange for an index outside the shape, naming the node.
[[nodiscard]] std::size_t element_at(const Shape& shape, std::span<const std::int64_t> index, std::string_view id);

/// The way back: one index for each axis.
[[nodiscard]] std::vector<std::int64_t> index_of_element(const Shape& shape, std::size_t element);

}  // namespace backprop
