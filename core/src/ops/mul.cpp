#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Multiplication {
  static double value(double x, double y) { return x * y; }
  static double local_x(double, double y, double) { return y; }
  static double local_y(double x, double, double) { return x; }
};

}  // namespace

/// z = x · y. Each input receives the upstream gradient times the other input.
///   shapes  broadcast
///   source  Saitoh (2016), §5.3.2
constinit const Op mul_op = binary<Multiplication>(
    {
        .name = "mul",
        .symbol = "×",
        .title = "Multiply",
        .category = Category::Arithmetic,
        .formulas = {.value = R"(x y)",
                     .local = {R"(y)", R"(x)"},
                     .backward = {R"(\frac{\partial L}{\partial z} \, y)", R"(\frac{\partial L}{\partial z} \, x)"}},
    },
    {.combine = Combine::Times, .kept = keeps_inputs(0b10)}, {.combine = Combine::Times, .kept = keeps_inputs(0b01)});

}  // namespace backprop
