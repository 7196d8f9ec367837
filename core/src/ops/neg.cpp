#include "ops/elementwise.h"
#include "ops/op_list.h"

#include <cmath>

namespace backprop {

namespace {

struct Negative {
  template <class T>
  static T value(T x) {
    return -x;
  }
  template <class T>
  static T local(T, T) {
    return T{-1};
  }
};

}  // namespace

/// y = −x.
///   shapes  x any → y the same
constinit const Op neg_op = unary<Negative>(
    {}, {
            .name = "neg",
            .symbol = "−",
            .title = "Negative",
            .category = Category::Arithmetic,
            .formulas = {.value = R"(-x)", .local = {R"(-1)"}, .backward = {R"(-\frac{\partial L}{\partial y})"}},
        });
constinit const Rule<float> neg_f32 = rule_of<UnaryRule<Negative>, float>();

}  // namespace backprop
