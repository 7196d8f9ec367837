#include "step/cause.h"

#include "tensor/broadcasting.h"

#include <algorithm>
#include <cmath>

namespace backprop {

namespace {

using Cause = NonFiniteCause;

bool any_not_finite(const std::vector<Operand>& operands) {
  return std::ranges::any_of(operands, [](const Operand& each) { return !std::isfinite(each.value); });
}
bool any_nan(const std::vector<Operand>& operands) {
  return std::ranges::any_of(operands, [](const Operand& each) { return std::isnan(each.value); });
}

/// The element of an input that was broadcast to element `element` of the result.
std::size_t broadcast_source(const Shape& input, const Shape& result, std::size_t element) {
  const auto extents = padded_extents(result);
  const auto strides = broadcast_strides(input, result);
  auto rest = static_cast<std::int64_t>(element);
  std::int64_t source = 0;
  for (std::size_t axis = kMaxRank; axis-- > 0;) {
    source += rest % extents[axis] * strides[axis];
    rest /= extents[axis];
  }
  return static_cast<std::size_t>(source);
}

Operand operand(const Graph& graph, NodeIndex node, Side of, std::size_t element) {
  const Tensor& tensor = of == Side::Value ? graph.node(node).value : graph.node(node).grad;
  return {node, of, element, tensor[element]};
}

/// Of a tensor that went into a sum or a product as a whole: what is not finite, or else what is largest.
void add_telling(std::vector<Operand>& operands, const Graph& graph, NodeIndex node, Side of) {
  const Tensor& tensor = of == Side::Value ? graph.node(node).value : graph.node(node).grad;
  if (tensor.size() == 0) return;
  std::size_t telling = 0;
  if (const auto struck = first_not_finite(tensor)) {
    telling = *struck;
  } else {
    for (std::size_t i = 1; i < tensor.size(); ++i) {
      if (std::abs(tensor[i]) > std::abs(tensor[telling])) telling = i;
    }
  }
  operands.push_back(operand(graph, node, of, telling));
}

/// z = f(x, y) of an element-wise op, by what IEEE arithmetic makes of its operands. Ops that are not named can only
/// overflow.
Cause cause_of(std::string_view op, const std::vector<Operand>& operands, double result) {
  const double x = operands.front().value;
  const double y = operands.back().value;
  if (any_not_finite(operands)) {
    if (any_nan(operands) || !std::isnan(result)) return Cause::PassedOn;
    if (op == "add" || op == "sub") return Cause::InfMinusInf;
    if (op == "mul") return Cause::ZeroTimesInf;
    if (op == "div") return Cause::InfOverInf;
    if (op == "log") return Cause::LogOfNegative;
    return Cause::PassedOn;
  }
  if (op == "div" && y == 0) return x == 0 ? Cause::ZeroOverZero : Cause::DivideByZero;
  if (op == "log" && x <= 0) return x == 0 ? Cause::LogOfZero : Cause::LogOfNegative;
  if (op == "sqrt" && x < 0) return Cause::SqrtOfNegative;
  if (op == "pow" && x == 0 && y < 0) return Cause::DivideByZero;
  if (op == "pow" && x < 0 && std::isnan(result)) return Cause::PowOfNegative;
  return Cause::Overflow;
}

/// The same for a result that many elements went into.
Cause cause_of_many(const Graph& graph, const Node& node, const std::vector<Operand>& operands, double result) {
  if (!any_not_finite(operands)) {
    const bool empty =
        std::ranges::any_of(node.inputs, [&](NodeIndex input) { return graph.node(input).value.size() == 0; });
    // A mean over nothing, or a normalisation of numbers that are all the same.
    const bool divides = empty || node.op->category != Category::Linear;
    return std::isnan(result) && divides ? Cause::ZeroOverZero : Cause::Overflow;
  }
  if (any_nan(operands) || !std::isnan(result)) return Cause::PassedOn;
  return node.op->category == Category::Linear ? Cause::ZeroTimesInf : Cause::InfMinusInf;
}

/// A local derivative that is not finite although the numbers it is made of are.
Cause cause_of_local(std::string_view op, std::size_t slot, double x, double y) {
  if (op == "div" && y == 0) return Cause::DivideByZero;
  if ((op == "log" || op == "sqrt") && x == 0) return Cause::DivideByZero;
  if (op == "pow" && x == 0) return Cause::DivideByZero;
  if (op == "pow" && x < 0) return slot == 1 ? Cause::LogOfNegative : Cause::PowOfNegative;
  if (op == "sqrt" && x < 0) return Cause::SqrtOfNegative;
  return Cause::Overflow;
}

Cause cause_of_product(double upstream, double local, const std::vector<Operand>& operands, std::string_view op,
                       std::size_t slot) {
  const bool zero_times_inf = (upstream == 0 && std::isinf(local)) || (local == 0 && std::isinf(upstream));
  if (zero_times_inf) return Cause::ZeroTimesInf;
  if (!std::isfinite(upstream)) return Cause::PassedOn;
  if (std::isfinite(local)) return Cause::Overflow;
  if (std::any_of(operands.begin() + 1, operands.end(),
                  [](const Operand& each) { return !std::isfinite(each.value); })) {
    return Cause::PassedOn;
  }
  return cause_of_local(op, slot, operands[1].value, operands.back().value);
}

}  // namespace

std::optional<std::size_t> first_not_finite(const Tensor& tensor) {
  for (std::size_t i = 0; i < tensor.size(); ++i) {
    if (!std::isfinite(tensor[i])) return i;
  }
  return std::nullopt;
}

void explain_value(NonFinite& found, const Graph& graph, NodeIndex index, std::size_t element) {
  const Node& node = graph.node(index);
  found.rule = index;
  const double result = node.value[element];
  if (node.op->scalar.value != nullptr) {
    for (const NodeIndex input : node.inputs) {
      found.inputs.push_back(
          operand(graph, input, Side::Value, broadcast_source(graph.node(input).shape, node.shape, element)));
    }
    found.cause = cause_of(node.op->name, found.inputs, result);
    return;
  }
  for (const NodeIndex input : node.inputs) add_telling(found.inputs, graph, input, Side::Value);
  found.cause = cause_of_many(graph, node, found.inputs, result);
}

void explain_contribution(NonFinite& found, const Graph& graph, NodeIndex index, std::size_t slot,
                          std::size_t element) {
  const Node& node = graph.node(index);
  found.rule = index;
  if (node.op->scalar.value == nullptr) {
    add_telling(found.inputs, graph, index, Side::Gradient);
    for (const NodeIndex input : node.inputs) add_telling(found.inputs, graph, input, Side::Value);
    found.cause = any_not_finite(found.inputs) ? Cause::PassedOn : Cause::Overflow;
    return;
  }
  const Tensor local = *graph.local(index, slot);
  // Of the elements that came together in this one, the first whose product is not finite; if all are, their sum is
  // not.
  std::optional<std::size_t> at;
  for (std::size_t i = 0; i < local.size(); ++i) {
    if (broadcast_source(graph.node(node.inputs[slot]).shape, node.shape, i) != element) continue;
    if (!at) at = i;
    if (!std::isfinite(rounded(graph.dtype(), node.grad[i] * local[i]))) {
      at = i;
      break;
    }
  }
  found.inputs.push_back(operand(graph, index, Side::Gradient, *at));
  for (const NodeIndex input : node.inputs) {
    found.inputs.push_back(
        operand(graph, input, Side::Value, broadcast_source(graph.node(input).shape, node.shape, *at)));
  }
  found.cause = cause_of_product(node.grad[*at], local[*at], found.inputs, node.op->name, slot);
}

}  // namespace backprop
