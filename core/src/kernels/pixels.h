#pragma once

#include "kernels/vector.h"

#include <cstddef>
#include <cstdint>
#include <span>

/// Bytes of images as the fractions that networks learn from.
namespace backprop::kernels {
namespace {

/// v / 255 for whole numbers from 0 to 255, rounded as the division is, without dividing: 1 / 255 = 1 / 256 + 1 /
/// 65280, and the product with the first is exact. A test compares all 256.
inline Float4 fraction(Float4 byte) { return byte * splat(0x1p-8F) + byte * splat(0x1.010102p-16F); }

}  // namespace

/// Copies one row after another. Batches are picked at random from a data set that no cache holds: a short loop without
/// a branch to guess lets the processor fetch many of their lines at once, which the work on them would fetch one by
/// one.
void gather(const std::uint8_t* from, std::size_t row, std::span<const std::int64_t> rows, std::uint8_t* to);

/// to[i] = from[i] / 255.
void fractions(const std::uint8_t* from, std::size_t count, float* to);

}  // namespace backprop::kernels
