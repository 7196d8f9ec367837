#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Division {
  static double value(double x, double y) { return x / y; }
  static double local_x(double, double y, double) { return 1 / y; }
  static double local_y(double, double y, double z) { return -z / y; }
};

}  // namespace

/// z = x / y; division by 0 gives what IEEE says. With x = 1 this is the book's "/" node, whose derivative is −z².
///   shapes  broadcast
///   source  Saitoh (2016), §5.5.2, step 1 of Sigmoid
constinit const Op div_op = binary<Division>(
    {
        .name = "div",
        .symbol = "÷",
        .title = "Divide",
        .category = Category::Arithmetic,
        .formulas = {.value = R"(\frac{x}{y})",
                     .local = {R"(\frac{1}{y})", R"(-\frac{x}{y^2})"},
                     .backward = {R"(\frac{\partial L}{\partial z} \, \frac{1}{y})",
                                  R"(-\frac{\partial L}{\partial z} \, \frac{x}{y^2})"}},
    },
    {.combine = Combine::Times, .kept = keeps_inputs(0b10)},
    {.combine = Combine::Times, .kept = {.inputs = 0b10, .output = true}});

}  // namespace backprop
