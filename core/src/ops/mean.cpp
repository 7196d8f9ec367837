#include "ops/op_list.h"
#include "ops/reduction.h"

namespace backprop {

namespace {

struct Average {
  static double factor(std::size_t elements, std::size_t results) {
    return static_cast<double>(results) / static_cast<double>(elements);
  }
};

}  // namespace

/// y = Σ x / n over `axis` (all axes without it), n elements to each result.
///   shapes  x [a, b, …] → y without the reduced axes (extent 1 with keepdims)
///   errors  InvalidAttribute for an axis that x does not have
constinit const Op mean_op = with_rule<ReductionRule<Average>>({
    .name = "mean",
    .symbol = "mean",
    .title = "Mean",
    .category = Category::Reduction,
    .slots = {{.name = "x", .combine = Combine::Times}},
    .output = "y",
    .attributes = reduction_attributes(),
    .formulas = {.value = R"(\frac{1}{n} \sum_i x_i)",
                 .local = {R"(\frac{1}{n})"},
                 .backward = {R"(\frac{1}{n} \frac{\partial L}{\partial y})"}},
    .infer_shape = reduction_shape,
});

}  // namespace backprop
