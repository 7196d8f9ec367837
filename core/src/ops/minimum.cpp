#include "ops/choice.h"
#include "ops/elementwise.h"
#include "ops/op_list.h"

namespace backprop {

namespace {

struct Smaller {
  static bool before(double x, double y) { return x <= y; }
};

}  // namespace

/// z = the smaller one of x and y; NaN where one of them is.
///   shapes  broadcast
///   kink    at x = y, where x takes the whole gradient: the first one wins, as everywhere here
constinit const Op minimum_op = binary<Choice<Smaller>>(
    {
        .name = "minimum",
        .symbol = "",
        .title = "Minimum",
        .category = Category::Function,
        .formulas = {.value = R"(\min(x, y))",
                     .local = {R"([x \le y])", R"([x > y])"},
                     .backward = {R"(\frac{\partial L}{\partial z} \cdot [x \le y])",
                                  R"(\frac{\partial L}{\partial z} \cdot [x > y])"}},
        .kinks = R"(x = y)",
        .keeps = "mask",
    },
    {.combine = Combine::Times, .kept = keeps_inputs(0b11)}, {.combine = Combine::Times, .kept = keeps_inputs(0b11)});

}  // namespace backprop
