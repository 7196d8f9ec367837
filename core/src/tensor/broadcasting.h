#pragma once

#include "backprop/shape.h"

#include <array>
#include <cstdint>

namespace backprop {

/// Element strides with which a tensor of shape `from` is read as if it had shape `to`: 0 along broadcast axes.
/// Both are padded on the left to rank 4, so that four nested loops serve every case.
[[nodiscard]] inline std::array<std::int64_t, kMaxRank> broadcast_strides(const Shape& from, const Shape& to) {
  std::array<std::int64_t, kMaxRank> strides{};
  std::int64_t stride = 1;
  for (std::size_t back = 0; back < from.rank(); ++back) {
    const std::size_t axis = from.rank() - 1 - back;
    const bool repeats = from[axis] == 1 && to[to.rank() - 1 - back] != 1;
    strides[kMaxRank - 1 - back] = repeats ? 0 : stride;
    stride *= from[axis];
  }
  return strides;
}

[[nodiscard]] inline std::array<std::int64_t, kMaxRank> padded_extents(const Shape& shape) {
  std::array<std::int64_t, kMaxRank> extents{1, 1, 1, 1};
  for (std::size_t back = 0; back < shape.rank(); ++back) {
    extents[kMaxRank - 1 - back] = shape[shape.rank() - 1 - back];
  }
  return extents;
}

/// Calls `visit(i, a, b)` for every element i of `out` in row-major order, with the offsets of the elements of
/// `shape_a` and `shape_b` that are broadcast to it.
template <class Visit>
void for_each_broadcast(const Shape& out, const Shape& shape_a, const Shape& shape_b, Visit visit) {
  const auto extents = padded_extents(out);
  const auto a = broadcast_strides(shape_a, out);
  const auto b = broadcast_strides(shape_b, out);
  std::size_t i = 0;
  for (std::int64_t i0 = 0; i0 < extents[0]; ++i0) {
    for (std::int64_t i1 = 0; i1 < extents[1]; ++i1) {
      for (std::int64_t i2 = 0; i2 < extents[2]; ++i2) {
        const std::int64_t row_a = i0 * a[0] + i1 * a[1] + i2 * a[2];
        const std::int64_t row_b = i0 * b[0] + i1 * b[1] + i2 * b[2];
        for (std::int64_t i3 = 0; i3 < extents[3]; ++i3, ++i) {
          visit(i, static_cast<std::size_t>(row_a + i3 * a[3]), static_cast<std::size_t>(row_b + i3 * b[3]));
        }
      }
    }
  }
}

}  // namespace backprop
