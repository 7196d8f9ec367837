#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Sine {
  static double value(double x) { return std::sin(x); }
  static double local(double x, double) { return std::cos(x); }
};

}  // namespace

/// y = sin x, x in radians.
///   shapes  x any → y the same
constinit const Op sin_op =
    unary<Sine>(keeps_inputs(0b1), {
                                       .name = "sin",
                                       .symbol = "sin",
                                       .title = "sin",
                                       .category = Category::Function,
                                       .formulas = {.value = R"(\sin x)",
                                                    .local = {R"(\cos x)"},
                                                    .backward = {R"(\frac{\partial L}{\partial y} \, \cos x)"}},
                                   });

}  // namespace backprop
