#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Subtraction {
  template <class T>
  static T value(T x, T y) {
    return x - y;
  }
  template <class T>
  static T local_x(T, T, T) {
    return T{1};
  }
  template <class T>
  static T local_y(T, T, T) {
    return T{-1};
  }
};

}  // namespace

/// z = x − y.
///   shapes  broadcast
constinit const Op sub_op = binary<Subtraction>(
    {
        .name = "sub",
        .symbol = "−",
        .title = "Subtract",
        .category = Category::Arithmetic,
        .formulas = {.value = R"(x - y)",
                     .local = {R"(1)", R"(-1)"},
                     .backward = {R"(\frac{\partial L}{\partial z})", R"(-\frac{\partial L}{\partial z})"}},
    },
    {.combine = Combine::Sum}, {.combine = Combine::Times});
constinit const Rule<float> sub_f32 = rule_of<BinaryRule<Subtraction>, float>();

}  // namespace backprop
