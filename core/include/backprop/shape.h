#pragma once

#include "backprop/error.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>

namespace backprop {

inline constexpr std::size_t kMaxRank = 4;
/// No tensor may hold more elements than this (512 MB).
inline constexpr std::int64_t kMaxElements = std::int64_t{1} << 26;

/// Extents of a row-major tensor, rank 0 (a scalar) to 4. Extents are never negative; 0 is an empty axis.
class Shape {
 public:
  Shape() = default;
  Shape(std::initializer_list<std::int64_t> extents);
  /// Throws ShapeMismatch for a rank over 4 or a negative extent, TooLarge beyond kMaxElements.
  explicit Shape(std::span<const std::int64_t> extents);

  [[nodiscard]] std::size_t rank() const noexcept { return rank_; }
  [[nodiscard]] std::int64_t operator[](std::size_t axis) const noexcept { return extents_[axis]; }
  [[nodiscard]] std::int64_t back() const noexcept { return extents_[rank_ - 1]; }
  /// Number of elements: the product of the extents, 1 for a scalar.
  [[nodiscard]] std::int64_t count() const noexcept;
  [[nodiscard]] std::span<const std::int64_t> extents() const noexcept { return {extents_.data(), rank_}; }
  [[nodiscard]] bool operator==(const Shape& other) const noexcept;

  /// `[2, 3]`; a scalar is `[]`.
  [[nodiscard]] std::string text() const { return message({*this}); }
  operator Piece() const noexcept { return extents(); }  // NOLINT

 private:
  std::array<std::int64_t, kMaxRank> extents_{};
  std::size_t rank_ = 0;
};

/// The shape of `a ∘ b` by NumPy's broadcasting rules. Throws ShapeMismatch naming both shapes and the axis.
[[nodiscard]] Shape broadcast(const Shape& a, const Shape& b);

}  // namespace backprop
