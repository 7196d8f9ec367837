#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Addition {
  template <class T>
  static T value(T x, T y) {
    return x + y;
  }
  template <class T>
  static T local_x(T, T, T) {
    return T{1};
  }
  template <class T>
  static T local_y(T, T, T) {
    return T{1};
  }
};

}  // namespace

/// z = x + y. The gradient passes unchanged to both.
///   shapes  broadcast
///   source  Saitoh (2016), §5.3.1
constinit const Op add_op = binary<Addition>(
    {
        .name = "add",
        .symbol = "+",
        .title = "Add",
        .category = Category::Arithmetic,
        .formulas = {.value = R"(x + y)",
                     .local = {R"(1)", R"(1)"},
                     .backward = {R"(\frac{\partial L}{\partial z})", R"(\frac{\partial L}{\partial z})"}},
    },
    {.combine = Combine::Sum}, {.combine = Combine::Sum});
constinit const Rule<float> add_f32 = rule_of<BinaryRule<Addition>, float>();

}  // namespace backprop
