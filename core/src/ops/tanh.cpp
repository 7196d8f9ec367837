#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct HyperbolicTangent {
  template <class T>
  static T value(T x) {
    return std::tanh(x);
  }
  template <class T>
  static T local(T, T y) {
    return 1 - y * y;
  }
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
constinit const Rule<float> tanh_f32 = rule_of<UnaryRule<HyperbolicTangent>, float>();

}  // namespace backprop
