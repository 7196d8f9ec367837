#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct SquareRoot {
  static double value(double x) { return std::sqrt(x); }
  static double local(double, double y) { return 0.5 / y; }
};

}  // namespace

/// y = √x; NaN below 0. The derivative at 0 is infinite, as IEEE says.
///   shapes  x any → y the same
constinit const Op sqrt_op =
    unary<SquareRoot>(kKeepsOutput, {
                                        .name = "sqrt",
                                        .symbol = "√",
                                        .title = "Square root",
                                        .category = Category::Function,
                                        .formulas = {.value = R"(\sqrt{x})",
                                                     .local = {R"(\frac{1}{2 y})"},
                                                     .backward = {R"(\frac{\partial L}{\partial y} \, \frac{1}{2 y})"}},
                                    });

}  // namespace backprop
