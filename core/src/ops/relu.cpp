#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Rectifier {
  template <class T>
  static T value(T x) {
    return x > 0 || std::isnan(x) ? x : T{0};
  }
  template <class T>
  static T local(T x, T) {
    return std::isnan(x) ? x : static_cast<T>(x > 0);
  }
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
constinit const Rule<float> relu_f32 = rule_of<UnaryRule<Rectifier>, float>();

}  // namespace backprop
