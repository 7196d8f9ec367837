#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Square {
  template <class T>
  static T value(T x) {
    return x * x;
  }
  template <class T>
  static T local(T x, T) {
    return 2 * x;
  }
};

}  // namespace

/// y = x².
///   shapes  x any → y the same
///   source  Saitoh (2016), §5.2.3: z = t²
constinit const Op square_op = unary<Square>(
    keeps_inputs(0b1),
    {
        .name = "square",
        .symbol = "x²",
        .title = "Square",
        .category = Category::Function,
        .formulas = {.value = R"(x^2)", .local = {R"(2x)"}, .backward = {R"(\frac{\partial L}{\partial y} \cdot 2x)"}},
    });
constinit const Rule<float> square_f32 = rule_of<UnaryRule<Square>, float>();

}  // namespace backprop
