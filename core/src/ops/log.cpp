#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct NaturalLog {
  static double value(double x) { return std::log(x); }
  static double local(double x, double) { return 1 / x; }
};

}  // namespace

/// y = ln x; −inf at 0 and NaN below, as IEEE says.
///   shapes  x any → y the same
constinit const Op log_op = unary<NaturalLog>(
    keeps_inputs(0b1), {
                           .name = "log",
                           .symbol = "log",
                           .title = "log",
                           .category = Category::Function,
                           .formulas = {.value = R"(\ln x)",
                                        .local = {R"(\frac{1}{x})"},
                                        .backward = {R"(\frac{\partial L}{\partial y} \, \frac{1}{x})"}},
                       });

}  // namespace backprop
