#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Cosine {
  static double value(double x) { return std::cos(x); }
  static double local(double x, double) { return -std::sin(x); }
};

}  // namespace

/// y = cos x, x in radians.
///   shapes  x any → y the same
constinit const Op cos_op =
    unary<Cosine>(keeps_inputs(0b1), {
                                         .name = "cos",
                                         .symbol = "cos",
                                         .title = "cos",
                                         .category = Category::Function,
                                         .formulas = {.value = R"(\cos x)",
                                                      .local = {R"(-\sin x)"},
                                                      .backward = {R"(-\frac{\partial L}{\partial y} \, \sin x)"}},
                                     });

}  // namespace backprop
