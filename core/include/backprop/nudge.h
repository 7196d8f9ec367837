#pragma once

#include "backprop/graph.h"

#include <optional>
#include <vector>

namespace backprop {

/// One element of one node pushed by a small amount. The numbers are those of ⟨seed, target⟩.
struct Nudge {
  double before = 0;
  double after = 0;
  double change = 0;    ///< after − before
  double gradient = 0;  ///< ∂⟨seed, target⟩ / ∂element
  double promised = 0;  ///< gradient · delta
  Tensor target;        ///< the target's value after the nudge
};

/// Pushes element `element` (row-major) of a node by `delta` and computes what depends on it anew. Operators may be
/// pushed like inputs. Afterwards the graph stands after a forward pass to the target, as if nothing had been pushed.
///   errors  InvalidValue for a delta that is not finite
[[nodiscard]] Nudge nudge(Graph& graph, NodeIndex target, NodeIndex node, std::size_t element, double delta,
                          const std::optional<Tensor>& seed = std::nullopt);

/// ⟨seed, target⟩ as the element goes from x − span to x + span, beside the straight line that the gradient promises.
struct NudgeCurve {
  std::vector<double> x;
  std::vector<double> y;
  std::vector<double> tangent;
};

///   errors  InvalidValue for a span that is not above 0 and finite; OutOfRange unless there are 2 to 1,001 points
[[nodiscard]] NudgeCurve nudge_curve(Graph& graph, NodeIndex target, NodeIndex node, std::size_t element, double span,
                                     std::size_t points, const std::optional<Tensor>& seed = std::nullopt);

}  // namespace backprop
