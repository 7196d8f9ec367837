#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Larger {
  /// x where both are equal, and a NaN before any number.
  template <class T>
  static bool takes_x(T x, T y) {
    return x >= y || std::isnan(x);
  }
  template <class T>
  static T value(T x, T y) {
    return takes_x(x, y) ? x : y;
  }
  template <class T>
  static T local_x(T x, T y, T) {
    return static_cast<T>(takes_x(x, y));
  }
  template <class T>
  static T local_y(T x, T y, T) {
    return static_cast<T>(!takes_x(x, y));
  }
};

}  // namespace

/// z = the larger one of x and y; NaN where one of them is.
///   shapes  broadcast
///   kink    at x = y, where x takes the whole gradient: the first one wins, as everywhere here
const Op& maximum_op() {
  static const Op op = binary<Larger>(
      {
          .name = "maximum",
          .symbol = "",
          .title = "Maximum",
          .category = Category::Function,
          .formulas = {.value = R"(\max(x, y))",
                       .local = {R"([x \ge y])", R"([x < y])"},
                       .backward = {R"(\frac{\partial L}{\partial z} \cdot [x \ge y])",
                                    R"(\frac{\partial L}{\partial z} \cdot [x < y])"}},
          .kinks = R"(x = y)",
          .keeps = "mask",
      },
      {.combine = Combine::Times, .kept = keeps_inputs(0b11)}, {.combine = Combine::Times, .kept = keeps_inputs(0b11)});
  return op;
}

}  // namespace backprop
