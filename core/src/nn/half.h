#pragma once

#include <cstdint>

namespace backprop {

/// IEEE 754 half precision, rounded to nearest even; overflow becomes infinity.
[[nodiscard]] std::uint16_t to_half(float value) noexcept;
[[nodiscard]] float from_half(std::uint16_t half) noexcept;

}  // namespace backprop
