#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct SquareRoot {
  template <class T>
  static T value(T x) {
    return std::sqrt(x);
  }
  template <class T>
  static T local(T, T y) {
    return T{0.5} / y;
  }
};

}  // namespace

/// y = √x; NaN below 0. The derivative at 0 is infinite, as IEEE says.
///   shapes  x any → y the same
constinit const Op sqrt_op =
    unary<SquareRoot>(kKeepsOutput, {
                                        .name = "sqrt",
                                        .symbol = "√",
                                        .title = "Square root",
                                        .category = Category::Function,
                                        .formulas = {.value = R"(\sqrt{x})",
                                                     .local = {R"(\frac{1}{2 y})"},
                                                     .backward = {R"(\frac{\partial L}{\partial y} \, \frac{1}{2 y})"}},
                                    });
constinit const Rule<float> sqrt_f32 = rule_of<UnaryRule<SquareRoot>, float>();

}  // namespace backprop
