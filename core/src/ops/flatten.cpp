#include "backprop/error.h"

#include "ops/op_list.h"
#include "ops/reshaped.h"

namespace backprop {

namespace {

Shape flat_shape(const ShapeCall& call) {
  const Shape& x = call[0];
  if (x.rank() == 0) {
    refuse(ErrorCode::ShapeMismatch, {"x is a scalar; flatten keeps the first axis, the batch. Reshape x to [1]."});
  }
  std::int64_t rest = 1;
  for (std::size_t axis = 1; axis < x.rank(); ++axis) rest *= x[axis];
  return Shape{x[0], rest};
}

struct FlattenRule : ReshapedRule<FlattenRule> {};

}  // namespace

/// y = each sample of x as one row: between convolutions and an affine layer.
///   shapes  x [n, a, b, …] → y [n, a · b · …]; a vector [n] becomes [n, 1]
///   errors  ShapeMismatch for a scalar
///   source  Saitoh (2016), §7.5: the reshape before Affine
constinit const Op flatten_op = with_rule<FlattenRule>({
    .name = "flatten",
    .symbol = "",
    .title = "Flatten",
    .category = Category::Shape,
    .slots = {{.name = "x", .combine = Combine::Reshape}},
    .output = "y",
    .formulas = {.value = R"(\operatorname{flatten}(x))",
                 .local = {""},
                 .backward = {R"(\operatorname{reshape}\left(\frac{\partial L}{\partial y}\right))"}},
    .infer_shape = flat_shape,
});

}  // namespace backprop
