#pragma once

#include "backprop/graph.h"

#include <optional>
#include <vector>

namespace backprop {

struct GradientCheck {
  NodeIndex node;
  Tensor<double> analytic;
  Tensor<double> numeric;
  double max_absolute = 0;  ///< largest |analytic − numeric|
  double max_relative = 0;  ///< largest |analytic − numeric| / max(1, |analytic|, |numeric|)
  bool agrees = false;      ///< max_relative ≤ kGradientTolerance
};

inline constexpr double kGradientTolerance = 1e-6;

/// Central differences (f(x + h) − f(x − h)) / 2h of ⟨seed, target⟩ over every element of every input and parameter
/// that the target depends on, beside what backward says. The graph's values and gradients are those of a backward pass
/// afterwards.
///   errors  OutOfRange unless 0 < h ≤ 1; TooLarge beyond 200,000 elements
///   source  Saitoh, Deep Learning from Scratch (2016), §5.7.3 (h = 1e-4)
[[nodiscard]] std::vector<GradientCheck> check_gradients(Graph<double>& graph, NodeIndex target, double h = 1e-4,
                                                         const std::optional<Tensor<double>>& seed = std::nullopt);

}  // namespace backprop
