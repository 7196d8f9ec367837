#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Negative {
  static double value(double x) { return -x; }
  static double local(double, double) { return -1.0; }
};

}  // namespace

/// y = −x.
///   shapes  x any → y the same
constinit const Op neg_op = unary<Negative>(
    {}, {
            .name = "neg",
            .symbol = "−",
            .title = "Negative",
            .category = Category::Arithmetic,
            .formulas = {.value = R"(-x)", .local = {R"(-1)"}, .backward = {R"(-\frac{\partial L}{\partial y})"}},
        });

}  // namespace backprop
