#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Square {
  static double value(double x) { return x * x; }
  static double local(double x, double) { return 2 * x; }
};

}  // namespace

/// y = x².
///   shapes  x any → y the same
///   source  Saitoh (2016), §5.2.3: z = t²
constinit const Op square_op = unary<Square>(
    keeps_inputs(0b1),
    {
        .name = "square",
        .symbol = "x²",
        .title = "Square",
        .category = Category::Function,
        .formulas = {.value = R"(x^2)", .local = {R"(2x)"}, .backward = {R"(\frac{\partial L}{\partial y} \cdot 2x)"}},
    });

}  // namespace backprop
