#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

/// sin and exp from +, −, × and rounding alone, which IEEE 754 fixes to the last bit. The C library's own differ
/// between systems, and the same seed must write the same digits natively and in a browser.
namespace backprop::digits {

/// e^x for |x| < 80; relative error below 1e-6.
inline float portable_exp(float x) {
  const float k = std::floor(x * 1.44269504F + 0.5F);
  const float r = x - k * std::numbers::ln2_v<float>;  // |r| ≤ ln 2 / 2: Taylor to r⁶
  const float series =
      1 + r * (1 + r * (0.5F + r * (1.0F / 6 + r * (1.0F / 24 + r * (1.0F / 120 + r * (1.0F / 720))))));
  const auto exponent = static_cast<std::uint32_t>(static_cast<std::int32_t>(k) + 127);
  return series * std::bit_cast<float>(exponent << 23U);
}

/// sin x for |x| < 1000; absolute error below 1e-6 over the first turns, 1e-4 at the far end.
inline float portable_sin(float x) {
  const float half_turns = std::floor(x * std::numbers::inv_pi_v<float> + 0.5F);
  const float r = x - half_turns * std::numbers::pi_v<float>;  // |r| ≤ π / 2: Taylor to r¹¹
  const float s = r * r;
  const float tail = 1.0F / 120 + s * (-1.0F / 5040 + s * (1.0F / 362880 + s * (-1.0F / 39916800.0F)));
  const float sine = r * (1 + s * (-1.0F / 6 + s * tail));
  return (static_cast<std::int32_t>(half_turns) & 1) != 0 ? -sine : sine;
}

/// By the half angle, so that cos 0 is exactly 1.
inline float portable_cos(float x) {
  const float s = portable_sin(x / 2);
  return 1 - 2 * s * s;
}

}  // namespace backprop::digits
