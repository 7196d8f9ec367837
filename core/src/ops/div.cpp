#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Division {
  template <class T>
  static T value(T x, T y) {
    return x / y;
  }
  template <class T>
  static T local_x(T, T y, T) {
    return 1 / y;
  }
  template <class T>
  static T local_y(T, T y, T z) {
    return -z / y;
  }
};

}  // namespace

/// z = x / y; division by 0 gives what IEEE says. With x = 1 this is the book's "/" node, whose derivative is −z².
///   shapes  broadcast
///   source  Saitoh (2016), §5.5.2, step 1 of Sigmoid
constinit const Op div_op = binary<Division>(
    {
        .name = "div",
        .symbol = "÷",
        .title = "Divide",
        .category = Category::Arithmetic,
        .formulas = {.value = R"(\frac{x}{y})",
                     .local = {R"(\frac{1}{y})", R"(-\frac{x}{y^2})"},
                     .backward = {R"(\frac{\partial L}{\partial z} \, \frac{1}{y})",
                                  R"(-\frac{\partial L}{\partial z} \, \frac{x}{y^2})"}},
    },
    {.combine = Combine::Times, .kept = keeps_inputs(0b10)},
    {.combine = Combine::Times, .kept = {.inputs = 0b10, .output = true}});
constinit const Rule<float> div_f32 = rule_of<BinaryRule<Division>, float>();

}  // namespace backprop
