#pragma once

#include "backprop/graph.h"
#include "backprop/stepper.h"

#include <optional>
#include <string_view>
#include <vector>

namespace backprop {

/// Why a number is not finite.
enum class NonFiniteCause {
  Given,         ///< a leaf's value or the seed was given so
  DivideByZero,  ///< x / 0, 0 to a negative power, a derivative such as 1/x at 0
  ZeroOverZero,
  LogOfZero,
  LogOfNegative,
  SqrtOfNegative,
  PowOfNegative,  ///< a negative base with a fraction as exponent
  Overflow,       ///< finite numbers gave one beyond the largest of the format
  InfMinusInf,
  ZeroTimesInf,
  InfOverInf,
  PassedOn,  ///< an operand was not finite already
};
[[nodiscard]] std::string_view to_string(NonFiniteCause cause) noexcept;

enum class Side { Value, Gradient };

/// An element of a node's value or gradient.
struct Operand {
  NodeIndex node;
  Side of;
  std::size_t element;
  double value;
};

/// A node whose value or gradient holds NaN or an infinity for the first time.
struct NonFinite {
  Operand at{};                ///< the node's first such element
  int step = 0;                ///< 0 for leaves
  std::optional<Phase> phase;  ///< empty for leaves
  NonFiniteCause cause = NonFiniteCause::Given;
  std::optional<NodeIndex> rule;  ///< the operator whose rule made it
  std::vector<Operand> inputs;    ///< what went into it: forward the operator's inputs, backward its upstream first
};

inline constexpr std::size_t kMaxNonFinite = 51;

/// Runs a whole pass to `target` and back, and lists what was struck by NaN or infinities in the order of the steps:
/// the first is where to look, the others are how it went on. Empty where all numbers are finite. At most
/// kMaxNonFinite.
[[nodiscard]] std::vector<NonFinite> non_finite(Graph& graph, NodeIndex target,
                                                const std::optional<Tensor>& seed = std::nullopt);

}  // namespace backprop
