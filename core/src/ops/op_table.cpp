#include "backprop/error.h"

#include "ops/op_list.h"

#include <algorithm>
#include <vector>

namespace backprop {

namespace {

/// Levenshtein distance, for "did you mean". Names are short.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      const std::size_t replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above + 1, row[j - 1] + 1, replace});
      diagonal = above;
    }
  }
  return row[b.size()];
}

std::string_view nearest(std::string_view name) {
  const auto distance = [&](const Op* op) { return edit_distance(name, op->name); };
  const Op* best = *std::ranges::min_element(ops(), {}, distance);
  return distance(best) <= 2 ? best->name : std::string_view{};
}

}  // namespace

std::span<const Op* const> ops() {
#define BACKPROP_ENTER(name) &name##_op,
  static constinit const Op* const table[] = {BACKPROP_OPS(BACKPROP_ENTER)};
#undef BACKPROP_ENTER
  return table;
}

const Op& find_op(std::string_view name) {
  for (const Op* op : ops()) {
    if (op->name == name) return *op;
  }
  const std::string_view guess = name.size() <= 64 ? nearest(name) : std::string_view{};
  const bool close = !guess.empty();
  refuse(ErrorCode::UnknownOp, {"There is no op \"", name.substr(0, 64), "\".", close ? " Did you mean \"" : "", guess,
                                close ? "\"?" : "", " The catalogue lists every op by name."});
}

Kept kept_for(const Op& op, std::size_t inputs, Wanted wanted) {
  Kept kept;
  for (std::size_t slot = 0; slot < inputs; ++slot) {
    if (!wants(wanted, slot) || op.slot(slot).combine == Combine::None) continue;
    kept.inputs |= op.slot(slot).kept.inputs;
    kept.output = kept.output || op.slot(slot).kept.output;
  }
  return kept;
}

std::string_view to_string(Category category) noexcept {
  switch (category) {
    case Category::Leaf:
      return "leaf";
    case Category::Arithmetic:
      return "arithmetic";
    case Category::Function:
      return "function";
    case Category::Reduction:
      return "reduction";
    case Category::Linear:
      return "linear";
    case Category::Convolution:
      return "convolution";
    case Category::Normalisation:
      return "normalisation";
    case Category::Shape:
      return "shape";
    case Category::Loss:
      return "loss";
  }
  return "";
}

std::string_view to_string(Combine combine) noexcept {
  switch (combine) {
    case Combine::Times:
      return "times";
    case Combine::Right:
      return "right";
    case Combine::Left:
      return "left";
    case Combine::Sum:
      return "sum";
    case Combine::Reshape:
      return "reshape";
    case Combine::Rule:
      return "rule";
    case Combine::None:
      return "none";
  }
  return "";
}

}  // namespace backprop
