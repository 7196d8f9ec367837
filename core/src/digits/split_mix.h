#pragma once

#include <cstdint>

namespace backprop::digits {

/// splitmix64 (Steele, Lea, Flood 2014). Not the core's Random: here any (seed, stream) pair must be an unrelated
/// generator, so that digit i depends on the seed and i alone, and normal() must not depend on a C library.
///
/// The order of the arguments of a call is the compiler's choice: draw into named variables, one a statement.
class SplitMix {
 public:
  SplitMix(std::uint64_t seed, std::uint64_t stream) : state_(mix(mix(seed) + stream)) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    return mix(state_);
  }

  /// 0 ≤ u < 1, in steps of 2⁻²⁴.
  float uniform() { return static_cast<float>(next() >> 40U) * 0x1p-24F; }

  /// −bound ≤ u < bound.
  float spread(float bound) { return (2 * uniform() - 1) * bound; }

  /// 0 ≤ k < n, for small n.
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(((next() >> 32U) * n) >> 32U); }

  /// Mean 0, standard deviation 1: the sum of four even draws, close to Gaussian and never beyond ±3.47. Integers up
  /// to the last step, because log and cos differ between C libraries.
  float normal() {
    const std::uint64_t bits = next();
    std::int32_t sum = 0;
    for (unsigned lane = 0; lane < 64; lane += 16) sum += static_cast<std::int32_t>((bits >> lane) & 0xFFFFU);
    constexpr float kMean = 131070.0F;
    constexpr float kDeviation = 37837.227F;  // sqrt(4 (2³² − 1) / 12)
    return (static_cast<float>(sum) - kMean) / kDeviation;
  }

 private:
  static std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }

  std::uint64_t state_;
};

}  // namespace backprop::digits
