#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Multiplication {
  template <class T>
  static T value(T x, T y) {
    return x * y;
  }
  template <class T>
  static T local_x(T, T y, T) {
    return y;
  }
  template <class T>
  static T local_y(T x, T, T) {
    return x;
  }
};

}  // namespace

/// z = x · y. Each input receives the upstream gradient times the other input.
///   shapes  broadcast
///   source  Saitoh (2016), §5.3.2
constinit const Op mul_op = binary<Multiplication>(
    {
        .name = "mul",
        .symbol = "×",
        .title = "Multiply",
        .category = Category::Arithmetic,
        .formulas = {.value = R"(x y)",
                     .local = {R"(y)", R"(x)"},
                     .backward = {R"(\frac{\partial L}{\partial z} \, y)", R"(\frac{\partial L}{\partial z} \, x)"}},
    },
    {.combine = Combine::Times, .kept = keeps_inputs(0b10)}, {.combine = Combine::Times, .kept = keeps_inputs(0b01)});
constinit const Rule<float> mul_f32 = rule_of<BinaryRule<Multiplication>, float>();

}  // namespace backprop
