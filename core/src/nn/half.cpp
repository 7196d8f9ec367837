#include "nn/half.h"

#include <bit>

#include <Eigen/Core>

namespace backprop {

std::uint16_t to_half(float value) noexcept { return std::bit_cast<std::uint16_t>(Eigen::half(value)); }

float from_half(std::uint16_t half) noexcept { return static_cast<float>(std::bit_cast<Eigen::half>(half)); }

}  // namespace backprop
