#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

/// Φ(x), by erfc so that small probabilities keep their digits.
double normal_below(double x) { return 0.5 * std::erfc(-0.7071067811865476 * x); }

struct Gelu {
  static double value(double x) {
    const double below = normal_below(x);
    return below == 0 ? 0.0 : x * below;  // −∞ · 0 is 0 in the limit
  }
  static double local(double x, double) {
    // 1 / √(2π) e^(−x²/2)
    const double density = 0.3989422804014327 * std::exp(-0.5 * x * x);
    return normal_below(x) + (density == 0 ? 0.0 : x * density);
  }
};

}  // namespace

/// y = x Φ(x), with Φ(x) the probability that a standard normal number is below x.
///   shapes  x any → y the same
///   source  Hendrycks and Gimpel (2016), the exact form, not the one with tanh
constinit const Op gelu_op = unary<Gelu>(
    keeps_inputs(0b1),
    {
        .name = "gelu",
        .symbol = "",
        .title = "GELU",
        .category = Category::Function,
        .formulas = {.value = R"(x \, \Phi(x))",
                     .local = {R"(\Phi(x) + x \, \varphi(x))"},
                     .backward = {R"(\frac{\partial L}{\partial y} \left( \Phi(x) + x \, \varphi(x) \right))"}},
    });

}  // namespace backprop
