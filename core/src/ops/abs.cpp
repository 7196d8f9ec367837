#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Magnitude {
  static double value(double x) { return std::abs(x); }
  static double local(double x, double) {
    if (std::isnan(x)) return x;
    return static_cast<double>((x > 0) - (x < 0));
  }
};

}  // namespace

/// y = |x|.
///   shapes  x any → y the same
///   kink    at 0, where the derivative is taken as 0
constinit const Op abs_op = unary<Magnitude>(
    keeps_inputs(0b1), {
                           .name = "abs",
                           .symbol = "|x|",
                           .title = "Absolute value",
                           .category = Category::Function,
                           .formulas = {.value = R"(|x|)",
                                        .local = {R"(\begin{cases} 1 & x > 0 \\ 0 & x = 0 \\ -1 & x < 0 \end{cases})"},
                                        .backward = {R"(\frac{\partial L}{\partial y} \cdot \operatorname{sign}(x))"}},
                           .kinks = R"(x = 0)",
                           .keeps = "sign",
                       });

}  // namespace backprop
