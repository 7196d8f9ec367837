#include "ops/op_list.h"

namespace backprop {

namespace {

/// A node that is given its value: it has no slots and no rule.
constexpr Op leaf(std::string_view name, std::string_view title, std::string_view value) {
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
constinit const Op input_op = leaf("input", "Input", "x");

/// A weight or bias: receives a gradient, and training changes it.
constinit const Op parameter_op = leaf("parameter", "Parameter", "w");

/// A fixed number; no gradient is kept for it.
constinit const Op constant_op = leaf("constant", "Constant", "c");

}  // namespace backprop
