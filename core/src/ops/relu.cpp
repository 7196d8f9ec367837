#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Rectifier {
  static double value(double x) { return x > 0 || std::isnan(x) ? x : 0.0; }
  static double local(double x, double) { return std::isnan(x) ? x : static_cast<double>(x > 0); }
};

}  // namespace

/// y = max(x, 0).
///   shapes  x any → y the same
///   kink    at 0, where the derivative is taken as 0: the mask of the book is x ≤ 0
///   source  Saitoh (2016), §5.5.1
constinit const Op relu_op = unary<Rectifier>(
    keeps_inputs(0b1), {
                           .name = "relu",
                           .symbol = "",
                           .title = "ReLU",
                           .category = Category::Function,
                           .formulas = {.value = R"(\max(x, 0))",
                                        .local = {R"(\begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases})"},
                                        .backward = {R"(\frac{\partial L}{\partial y} \cdot [x > 0])"}},
                           .kinks = R"(x = 0)",
                           .keeps = "mask",
                       });

}  // namespace backprop
