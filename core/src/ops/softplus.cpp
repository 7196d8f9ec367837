#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <algorithm>
#include <cmath>

namespace backprop {

namespace {

struct Softplus {
  static double value(double x) {
    // eˣ alone would overflow.
    return std::isnan(x) ? x : std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
  }
  static double local(double, double y) { return -std::expm1(-y); }
};

}  // namespace

/// y = ln(1 + eˣ), a smooth ReLU.
///   shapes  x any → y the same
///   source  the derivative is sigmoid(x) = 1 − e⁻ʸ, which needs only y
constinit const Op softplus_op =
    unary<Softplus>(kKeepsOutput, {
                                      .name = "softplus",
                                      .symbol = "",
                                      .title = "Softplus",
                                      .category = Category::Function,
                                      .formulas = {.value = R"(\ln(1 + e^x))",
                                                   .local = {R"(1 - e^{-y})"},
                                                   .backward = {R"(\frac{\partial L}{\partial y} \, (1 - e^{-y}))"}},
                                  });

}  // namespace backprop
