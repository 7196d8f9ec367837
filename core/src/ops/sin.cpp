#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Sine {
  template <class T>
  static T value(T x) {
    return std::sin(x);
  }
  template <class T>
  static T local(T x, T) {
    return std::cos(x);
  }
};

}  // namespace

/// y = sin x, x in radians.
///   shapes  x any → y the same
constinit const Op sin_op =
    unary<Sine>(keeps_inputs(0b1), {
                                       .name = "sin",
                                       .symbol = "sin",
                                       .title = "sin",
                                       .category = Category::Function,
                                       .formulas = {.value = R"(\sin x)",
                                                    .local = {R"(\cos x)"},
                                                    .backward = {R"(\frac{\partial L}{\partial y} \, \cos x)"}},
                                   });
constinit const Rule<float> sin_f32 = rule_of<UnaryRule<Sine>, float>();

}  // namespace backprop
