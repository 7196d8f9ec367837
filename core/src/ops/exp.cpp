#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Exponential {
  static double value(double x) { return std::exp(x); }
  static double local(double, double y) { return y; }
};

}  // namespace

/// y = eˣ.
///   shapes  x any → y the same
///   source  Saitoh (2016), §5.5.2, step 3 of Sigmoid: the local derivative is the output
constinit const Op exp_op = unary<Exponential>(
    kKeepsOutput,
    {
        .name = "exp",
        .symbol = "exp",
        .title = "exp",
        .category = Category::Function,
        .formulas = {.value = R"(e^x)", .local = {R"(y)"}, .backward = {R"(\frac{\partial L}{\partial y} \, y)"}},
    });

}  // namespace backprop
