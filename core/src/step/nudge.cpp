#include "backprop/nudge.h"

#include "backprop/error.h"
#include "backprop/paths.h"

#include "step/probe.h"

#include <cmath>

namespace backprop {

namespace {

constexpr std::size_t kMaxNudgePoints = 1001;

/// Values of the target and of a node that the target may not need.
void compute(Graph& graph, NodeIndex target, NodeIndex node) {
  graph.forward(node);
  graph.forward(target);
}

}  // namespace

Nudge nudge(Graph& graph, NodeIndex target, NodeIndex node, std::size_t element, double delta,
            const std::optional<Tensor>& seed) {
  if (!std::isfinite(delta)) {
    refuse(ErrorCode::InvalidValue, {"The nudge is not a finite number. Give how far the element moves, such as 0.1."},
           {graph.node(node).id});
  }
  const Tensor weights = graph.seed_for(target, seed);
  compute(graph, target, node);
  Probe probe(graph, target, weights, node);
  Nudge nudge;
  nudge.gradient = gradient_at(graph, node, target, weights)[element];
  nudge.promised = nudge.gradient * delta;
  nudge.before = probe.at(element, 0);
  nudge.after = probe.at(element, delta);
  nudge.change = nudge.after - nudge.before;
  nudge.target = graph.value(target);
  if (node == target) nudge.target[element] += delta;  // pushed itself, and put back already
  probe.restore();
  return nudge;
}

NudgeCurve nudge_curve(Graph& graph, NodeIndex target, NodeIndex node, std::size_t element, double span,
                       std::size_t points, const std::optional<Tensor>& seed) {
  if (!(span > 0) || !std::isfinite(span)) {
    refuse(ErrorCode::InvalidValue,
           {"The span of a nudge must be a finite number above 0: the element goes that far to both sides."},
           {graph.node(node).id});
  }
  if (points < 2 || points > kMaxNudgePoints) {
    refuse(ErrorCode::OutOfRange,
           {"The curve of a nudge has 2 to ", kMaxNudgePoints, " points, but ", points, " were asked for."});
  }
  const Tensor weights = graph.seed_for(target, seed);
  compute(graph, target, node);
  const double gradient = gradient_at(graph, node, target, weights)[element];
  Probe probe(graph, target, weights, node);
  const double x = probe.element(element);
  const double y = probe.at(element, 0);
  NudgeCurve curve;
  for (std::size_t i = 0; i < points; ++i) {
    const double offset = span * (2 * static_cast<double>(i) / static_cast<double>(points - 1) - 1);
    curve.x.push_back(x + offset);
    curve.y.push_back(probe.at(element, offset));
    curve.tangent.push_back(y + gradient * offset);
  }
  probe.restore();
  return curve;
}

}  // namespace backprop
