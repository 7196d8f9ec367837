#include "ops/op_list.h"
#include "ops/reduction.h"

namespace backprop {

namespace {

struct Total {
  static double factor(std::size_t, std::size_t) { return 1.0; }
};

}  // namespace

/// y = Σ x over `axis` (all axes without it). Every x receives the gradient of the sum it went into.
///   shapes  x [a, b, …] → y without the reduced axes (extent 1 with keepdims)
///   errors  InvalidAttribute for an axis that x does not have
constinit const Op sum_op = with_rule<ReductionRule<Total>>({
    .name = "sum",
    .symbol = "Σ",
    .title = "Sum",
    .category = Category::Reduction,
    .slots = {{.name = "x", .combine = Combine::Times}},
    .output = "y",
    .attributes = reduction_attributes(),
    .formulas = {.value = R"(\sum_i x_i)", .local = {R"(1)"}, .backward = {R"(\frac{\partial L}{\partial y})"}},
    .infer_shape = reduction_shape,
});

}  // namespace backprop
