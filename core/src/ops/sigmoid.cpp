#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Logistic {
  static double value(double x) {
    // Both branches are the same function; each exponentiates a number that is not positive.
    if (x >= 0) return 1 / (1 + std::exp(-x));
    const double e = std::exp(x);
    return e / (1 + e);
  }
  static double local(double, double y) { return y * (1 - y); }
};

}  // namespace

/// y = 1 / (1 + e⁻ˣ), computed so that e never overflows.
///   shapes  x any → y the same
///   source  Saitoh (2016), §5.5.2
constinit const Op sigmoid_op =
    unary<Logistic>(kKeepsOutput, {
                                      .name = "sigmoid",
                                      .symbol = "",
                                      .title = "Sigmoid",
                                      .category = Category::Function,
                                      .formulas = {.value = R"(\frac{1}{1 + e^{-x}})",
                                                   .local = {R"(y (1 - y))"},
                                                   .backward = {R"(\frac{\partial L}{\partial y} \, y (1 - y))"}},
                                  });

}  // namespace backprop
