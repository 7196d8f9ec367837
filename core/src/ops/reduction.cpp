#include "ops/reduction.h"

#include "backprop/error.h"

#include <algorithm>

namespace backprop {

Shape reduced_shape(const Shape& input, const Attributes& attributes) {
  std::vector<std::int64_t> extents(input.extents().begin(), input.extents().end());
  const auto axes = integers(attributes, "axis");
  if (!axes) {
    std::ranges::fill(extents, 1);
    return Shape(extents);
  }
  std::vector<bool> reduced(input.rank(), false);
  for (const std::int64_t axis : *axes) {
    const std::size_t counted = axis_of(input, axis);
    if (reduced[counted]) {
      refuse(ErrorCode::InvalidAttribute, {"axis ", axis, " is named twice."});
    }
    reduced[counted] = true;
    extents[counted] = 1;
  }
  return Shape(extents);
}

Shape reduction_shape(const ShapeCall& call) {
  const Shape reduced = reduced_shape(call[0], call.attributes);
  if (boolean(call.attributes, "keepdims", false)) return reduced;
  const auto axes = integers(call.attributes, "axis");
  if (!axes) return Shape{};
  const auto rank = static_cast<std::int64_t>(call[0].rank());
  std::vector<std::int64_t> extents;
  for (std::int64_t axis = 0; axis < rank; ++axis) {
    const bool gone =
        std::ranges::any_of(*axes, [&](std::int64_t named) { return (named < 0 ? named + rank : named) == axis; });
    if (!gone) extents.push_back(call[0][static_cast<std::size_t>(axis)]);
  }
  return Shape(extents);
}

}  // namespace backprop
