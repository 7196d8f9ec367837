#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct NaturalLog {
  template <class T>
  static T value(T x) {
    return std::log(x);
  }
  template <class T>
  static T local(T x, T) {
    return 1 / x;
  }
};

}  // namespace

/// y = ln x; −inf at 0 and NaN below, as IEEE says.
///   shapes  x any → y the same
constinit const Op log_op = unary<NaturalLog>(
    keeps_inputs(0b1), {
                           .name = "log",
                           .symbol = "log",
                           .title = "log",
                           .category = Category::Function,
                           .formulas = {.value = R"(\ln x)",
                                        .local = {R"(\frac{1}{x})"},
                                        .backward = {R"(\frac{\partial L}{\partial y} \, \frac{1}{x})"}},
                       });
constinit const Rule<float> log_f32 = rule_of<UnaryRule<NaturalLog>, float>();

}  // namespace backprop
