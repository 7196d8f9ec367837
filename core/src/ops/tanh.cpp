#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct HyperbolicTangent {
  static double value(double x) { return std::tanh(x); }
  static double local(double, double y) { return 1 - y * y; }
};

}  // namespace

/// y = tanh x.
///   shapes  x any → y the same
constinit const Op tanh_op = unary<HyperbolicTangent>(
    kKeepsOutput, {
                      .name = "tanh",
                      .symbol = "",
                      .title = "Tanh",
                      .category = Category::Function,
                      .formulas = {.value = R"(\tanh x)",
                                   .local = {R"(1 - y^2)"},
                                   .backward = {R"(\frac{\partial L}{\partial y} \, (1 - y^2))"}},
                  });

}  // namespace backprop
