#include "backprop/shape.h"

#include "backprop/error.h"

#include <algorithm>

namespace backprop {

Shape::Shape(std::initializer_list<std::int64_t> extents)
    : Shape(std::span<const std::int64_t>(extents.begin(), extents.size())) {}

Shape::Shape(std::span<const std::int64_t> extents) : rank_(extents.size()) {
  if (extents.size() > kMaxRank) {
    refuse(ErrorCode::ShapeMismatch,
           {"A tensor has at most 4 axes, but ", extents.size(), " were given. Reshape it to rank 4 or less."});
  }
  std::int64_t count = 1;
  for (std::size_t axis = 0; axis < rank_; ++axis) {
    const std::int64_t extent = extents[axis];
    if (extent < 0) {
      refuse(ErrorCode::ShapeMismatch, {"Axis ", axis, " has extent ", extent, "; extents are 0 or more."});
    }
    // Divide instead of multiplying, so that a hostile shape cannot overflow the product.
    if (extent > 0 && count > kMaxElements / extent) {
      refuse(ErrorCode::TooLarge,
             {"A tensor may hold at most ", kMaxElements, " elements; this shape asks for more. Use smaller extents."});
    }
    count *= extent;
    extents_[axis] = extent;
  }
}

std::int64_t Shape::count() const noexcept {
  std::int64_t count = 1;
  for (std::size_t axis = 0; axis < rank_; ++axis) count *= extents_[axis];
  return count;
}

bool Shape::operator==(const Shape& other) const noexcept { return std::ranges::equal(extents(), other.extents()); }

Shape broadcast(const Shape& a, const Shape& b) {
  const std::size_t rank = std::max(a.rank(), b.rank());
  std::array<std::int64_t, kMaxRank> extents{};
  for (std::size_t axis = 0; axis < rank; ++axis) {
    // Shapes are aligned at their last axis; a missing axis counts as 1.
    const std::int64_t extent_a = axis + a.rank() < rank ? 1 : a[axis + a.rank() - rank];
    const std::int64_t extent_b = axis + b.rank() < rank ? 1 : b[axis + b.rank() - rank];
    if (extent_a != extent_b && extent_a != 1 && extent_b != 1) {
      refuse(ErrorCode::ShapeMismatch,
             {a, " and ", b, " do not fit: counted from the last axis, extents must be ", "equal or 1, but axis ", axis,
              " of the result has ", extent_a, " and ", extent_b, "."});
    }
    extents[axis] = extent_a == 1 ? extent_b : extent_a;
  }
  return Shape(std::span<const std::int64_t>(extents.data(), rank));
}

}  // namespace backprop
