#include "plan/plan.h"

#include <algorithm>

/// Ops without a kernel: the samples become the tensor that the op's rule takes, and its result a plan's rows again.
namespace backprop::plan {

namespace {

Shape with_rows(const Shape& shape, std::size_t rows) {
  std::vector<std::int64_t> extents(shape.extents().begin(), shape.extents().end());
  extents[0] = static_cast<std::int64_t>(rows);
  return Shape(std::span<const std::int64_t>(extents));
}

void to_tensor(const Layout& layout, const float* from, Tensor& to) {
  const std::size_t elements = layout.elements();
  for (std::size_t i = 0; i < to.size(); ++i) to[i] = from[i / elements * layout.row() + layout.place(i % elements)];
}

void from_tensor(const Layout& layout, const Tensor& from, float* to) {
  const std::size_t elements = layout.elements();
  std::fill_n(to, from.size() / elements * layout.row(), 0.0F);
  for (std::size_t i = 0; i < from.size(); ++i) {
    to[i / elements * layout.row() + layout.place(i % elements)] = static_cast<float>(from[i]);
  }
}

}  // namespace

const Tensor& Plan::input_of(NodeIndex node) const {
  const auto stage = std::ranges::find(stages_, nodes_ + node, [](const Stage& each) { return each.rule.node; });
  return stage->rule.inputs.front();
}

void Plan::rule_forward(Stage& stage) {
  Rule& rule = stage.rule;
  rule.inputs.resize(1 + rule.leaves.size());
  rule.inputs[0].resize(with_rows(rule.in, input_.rows()));
  to_tensor(stage.in, stage.x, rule.inputs[0]);
  for (std::size_t i = 0; i < rule.leaves.size(); ++i) {
    Tensor& input = rule.inputs[i + 1];
    input = rule.leaves[i]->value;
    if (!rule.parameters[i]) continue;
    const Parameter& parameter = parameters_[*rule.parameters[i]];
    for (std::size_t k = 0; k < input.size(); ++k) input[k] = parameter.now[parameter.place(k)];
  }
  std::vector<const Tensor*> slots;
  for (const Tensor& input : rule.inputs) slots.push_back(&input);
  rule.out.resize(with_rows(rule.node->shape, input_.rows()));
  rule.node->op->rule.forward({slots, *rule.node->op, rule.node->attributes}, rule.out);
  from_tensor(stage.out, rule.out, stage.y);
}

void Plan::rule_back(Stage& stage, std::span<const Target> targets) {
  Rule& rule = stage.rule;
  std::vector<const Tensor*> slots;
  Wanted wanted = stage.dx ? 1 : 0;
  for (std::size_t i = 0; i < rule.inputs.size(); ++i) {
    slots.push_back(&rule.inputs[i]);
    if (i > 0 && rule.parameters[i - 1]) wanted |= Wanted{1} << i;
  }
  if (wanted == 0) return;
  Tensor upstream(rule.out.shape());
  to_tensor(stage.out, stage.dy, upstream);
  const auto contributions =
      rule.node->op->rule.backward({slots, *rule.node->op, rule.node->attributes}, rule.out, upstream, wanted);
  if (stage.dx && contributions[0]) from_tensor(stage.in, *contributions[0], stage.dx);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (!rule.parameters[i]) continue;
    const Parameter& parameter = parameters_[*rule.parameters[i]];
    const Target& to = targets[i];
    for (std::size_t k = 0; k < parameter.now.size(); ++k) to.out[k] = to.base ? to.base[k] : 0;
    const Tensor& gradient = *contributions[i + 1];
    for (std::size_t k = 0; k < gradient.size(); ++k) to.out[parameter.place(k)] += static_cast<float>(gradient[k]);
  }
}

}  // namespace backprop::plan
