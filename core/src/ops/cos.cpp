#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Cosine {
  template <class T>
  static T value(T x) {
    return std::cos(x);
  }
  template <class T>
  static T local(T x, T) {
    return -std::sin(x);
  }
};

}  // namespace

/// y = cos x, x in radians.
///   shapes  x any → y the same
constinit const Op cos_op =
    unary<Cosine>(keeps_inputs(0b1), {
                                         .name = "cos",
                                         .symbol = "cos",
                                         .title = "cos",
                                         .category = Category::Function,
                                         .formulas = {.value = R"(\cos x)",
                                                      .local = {R"(-\sin x)"},
                                                      .backward = {R"(-\frac{\partial L}{\partial y} \, \sin x)"}},
                                     });
constinit const Rule<float> cos_f32 = rule_of<UnaryRule<Cosine>, float>();

}  // namespace backprop
