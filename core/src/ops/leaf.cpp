#include "ops/op_list.h"

namespace backprop {

namespace {

/// A node that is given its value: it has no slots and no rule.
Op leaf(std::string_view name, std::string_view title, std::string_view value) {
  return {.name = name,
          .symbol = "",
          .title = title,
          .category = Category::Leaf,
          .slots = {},
          .output = "x",
          .attributes = {},
          .formulas = {.value = value, .local = {}, .backward = {}},
          .kinks = ""};
}

}  // namespace

/// What a learner may edit; receives a gradient.
const Op& input_op() {
  static const Op op = leaf("input", "Input", "x");
  return op;
}

/// A weight or bias: receives a gradient, and training changes it.
const Op& parameter_op() {
  static const Op op = leaf("parameter", "Parameter", "w");
  return op;
}

/// A fixed number; no gradient is kept for it.
const Op& constant_op() {
  static const Op op = leaf("constant", "Constant", "c");
  return op;
}

}  // namespace backprop
