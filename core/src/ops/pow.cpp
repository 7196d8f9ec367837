#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Power {
  static double value(double x, double y) { return std::pow(x, y); }
  static double local_x(double x, double y, double) {
    // y = 0 is the constant 1, also at x = 0, where y · x⁻¹ would be NaN.
    return y == 0 ? 0.0 : y * std::pow(x, y - 1);
  }
  static double local_y(double x, double y, double z) { return x == 0 && y > 0 ? 0.0 : z * std::log(x); }
};

}  // namespace

/// z = xʸ. Towards y the derivative is xʸ ln x: 0 at x = 0 where y > 0, NaN for negative x.
///   shapes  broadcast
constinit const Op pow_op = binary<Power>(
    {
        .name = "pow",
        .symbol = "xʸ",
        .title = "Power",
        .category = Category::Arithmetic,
        .formulas = {.value = R"(x^y)",
                     .local = {R"(y x^{y-1})", R"(x^y \ln x)"},
                     .backward = {R"(\frac{\partial L}{\partial z} \, y x^{y-1})",
                                  R"(\frac{\partial L}{\partial z} \, x^y \ln x)"}},
    },
    {.combine = Combine::Times, .kept = keeps_inputs(0b11)},
    {.combine = Combine::Times, .kept = {.inputs = 0b11, .output = true}});

}  // namespace backprop
