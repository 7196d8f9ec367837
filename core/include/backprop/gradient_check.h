#pragma once

#include "backprop/graph.h"

#include <optional>
#include <string_view>
#include <vector>

namespace backprop {

/// What a gradient check says of one element at one step width h; from best to worst.
enum class Verdict {
  Agrees,  ///< |analytic − numeric| / max(1, |analytic|, |numeric|) ≤ kGradientTolerance
  Kink,    ///< a corner or a jump inside x ± h: the central difference is no derivative, the gradient is not in doubt
  RoundOff,   ///< h is too small: the difference drowns in the rounding of the values
  Curvature,  ///< h is too large: the function bends inside x ± h or leaves its domain, and a smaller h agrees
  Disagrees,  ///< no h brings the two together
};
[[nodiscard]] std::string_view to_string(Verdict verdict) noexcept;

struct GradientCheck {
  NodeIndex node;
  Tensor analytic;
  Tensor numeric;
  double max_absolute = 0;            ///< largest |analytic − numeric|
  double max_relative = 0;            ///< largest |analytic − numeric| / max(1, |analytic|, |numeric|)
  bool agrees = false;                ///< max_relative ≤ kGradientTolerance
  Verdict verdict = Verdict::Agrees;  ///< the worst of its elements
  std::vector<Verdict> verdicts;      ///< one an element
  std::size_t evaluations = 0;        ///< forward passes of the central differences: two an element
};

inline constexpr double kGradientTolerance = 1e-6;
inline constexpr double kMaxCheckStep = 1;

/// Central differences (f(x + h) − f(x − h)) / 2h of ⟨seed, target⟩ over every element of every input and parameter
/// that the target depends on, beside what backward says, and for each element a verdict; see `Diagnosis` for how it is
/// reached. The graph's values and gradients are those of a backward pass afterwards.
///   errors  OutOfRange unless 0 < h ≤ 1; TooLarge beyond 200,000 elements
///   source  Saitoh, Deep Learning from Scratch (2016), §5.7.3 (h = 1e-4)
[[nodiscard]] std::vector<GradientCheck> check_gradients(Graph& graph, NodeIndex target, double h = 1e-4,
                                                         const std::optional<Tensor>& seed = std::nullopt);

/// The error of one element's central difference over its step width; the vectors run parallel, h ascending.
struct CheckCurve {
  double analytic = 0;
  std::vector<double> h;
  std::vector<double> numeric;
  std::vector<double> error;  ///< |analytic − numeric| / max(1, |analytic|, |numeric|)
  std::vector<Verdict> verdicts;
  double best = 0;  ///< the h of the smallest error
};

struct CurveRange {
  double smallest = 1e-12;
  double largest = 1;
  std::size_t points = 37;  ///< in equal ratios, both ends included
};

/// The curve of element `element` (row-major) of any node that the target may depend on, an operator's result included.
///   errors  OutOfRange unless 0 < smallest < largest ≤ 1 and there are 2 to 200 points
[[nodiscard]] CheckCurve check_curve(Graph& graph, NodeIndex target, NodeIndex node, std::size_t element,
                                     const CurveRange& range, const std::optional<Tensor>& seed = std::nullopt);

}  // namespace backprop
