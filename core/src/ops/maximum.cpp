#include "ops/choice.h"
#include "ops/elementwise.h"
#include "ops/op_list.h"

namespace backprop {

namespace {

struct Larger {
  static bool before(double x, double y) { return x >= y; }
};

}  // namespace

/// z = the larger one of x and y; NaN where one of them is.
///   shapes  broadcast
///   kink    at x = y, where x takes the whole gradient: the first one wins, as everywhere here
constinit const Op maximum_op = binary<Choice<Larger>>(
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

}  // namespace backprop
