#include "backprop/error.h"

#include "ops/attributes.h"
#include "ops/op_list.h"
#include "ops/reshaped.h"

namespace backprop {

namespace {

Shape reshape_shape(const ShapeCall& call) {
  std::vector<std::int64_t> extents = *integers(call.attributes, "shape");
  const std::int64_t count = call[0].count();
  std::int64_t known = 1;
  std::optional<std::size_t> open;
  for (std::size_t axis = 0; axis < extents.size(); ++axis) {
    const std::int64_t extent = extents[axis];
    if (extent < -1 || (extent == -1 && open) || extent > kMaxElements) {
      refuse(ErrorCode::InvalidAttribute,
             {"\"shape\" takes extents of 0 or more and at most one −1, which is worked out from the rest."});
    }
    if (extent == -1) {
      open = axis;
    } else {
      // Extents are at most kMaxElements = 2²⁶; stopping beyond it keeps the product from overflowing.
      known *= extent;
      if (known > kMaxElements) break;
    }
  }
  if (open && known > 0 && count % known == 0) {
    extents[*open] = count / known;
    known = count;
  }
  if (known != count || (open && extents[*open] < 0)) {
    refuse(ErrorCode::ShapeMismatch,
           {"x is ", call[0], " with ", count,
            " elements, which \"shape\" does not hold. The product of the extents must be ", count, "."});
  }
  return Shape(extents);
}

struct ReshapeRule : ReshapedRule<ReshapeRule> {};

}  // namespace

/// y = the elements of x, in row-major order, in another shape.
///   shapes  x any → y `shape`; one extent may be −1
///   errors  ShapeMismatch if the counts differ, InvalidAttribute for extents below −1
constinit const Op reshape_op = with_rule<ReshapeRule>({
    .name = "reshape",
    .symbol = "",
    .title = "Reshape",
    .category = Category::Shape,
    .slots = {{.name = "x", .combine = Combine::Reshape}},
    .output = "y",
    .attributes = {{.name = "shape",
                    .type = AttributeType::Integers,
                    .required = true,
                    .meaning = "extents of the result; one may be -1"}},
    .formulas = {.value = R"(\operatorname{reshape}(x))",
                 .local = {""},
                 .backward = {R"(\operatorname{reshape}\left(\frac{\partial L}{\partial y}\right))"}},
    .infer_shape = reshape_shape,
});

}  // namespace backprop
