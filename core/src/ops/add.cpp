#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Addition {
  static double value(double x, double y) { return x + y; }
  static double local_x(double, double, double) { return 1.0; }
  static double local_y(double, double, double) { return 1.0; }
};

}  // namespace

/// z = x + y. The gradient passes unchanged to both.
///   shapes  broadcast
///   source  Saitoh (2016), §5.3.1
constinit const Op add_op = binary<Addition>(
    {
        .name = "add",
        .symbol = "+",
        .title = "Add",
        .category = Category::Arithmetic,
        .formulas = {.value = R"(x + y)",
                     .local = {R"(1)", R"(1)"},
                     .backward = {R"(\frac{\partial L}{\partial z})", R"(\frac{\partial L}{\partial z})"}},
    },
    {.combine = Combine::Sum}, {.combine = Combine::Sum});

}  // namespace backprop
