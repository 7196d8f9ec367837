#include "backprop/gradient_check.h"

#include "backprop/error.h"
#include "backprop/paths.h"

#include "step/diagnosis.h"
#include "step/probe.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace backprop {

std::string_view to_string(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::Agrees:
      return "agrees";
    case Verdict::Kink:
      return "kink";
    case Verdict::RoundOff:
      return "round-off";
    case Verdict::Curvature:
      return "curvature";
    case Verdict::Disagrees:
      return "disagrees";
  }
  return "";
}

namespace {

constexpr std::size_t kMaxChecked = 200'000;
constexpr std::size_t kMaxCurvePoints = 200;

/// Forward passes for looking closer where the two differ. The usual case takes two to six an element.
constexpr std::size_t kPassesToLook = 100'000;
constexpr std::size_t kPassesAnElement = 8;
constexpr std::size_t kPassesACurve = 4'000;

bool is_checked(const Node& node) { return node.op->is_leaf() && node.op->name != "constant"; }

/// Nothing computed is left behind when a rule refuses in the middle: it would be of a moved input.
class Clean {
 public:
  explicit Clean(Graph& graph) : graph_(graph) {}
  Clean(const Clean&) = delete;
  Clean& operator=(const Clean&) = delete;
  ~Clean() { graph_.clear(); }

 private:
  Graph& graph_;
};

void compare(GradientCheck& check, Probe& probe, double h, std::size_t& passes) {
  check.agrees = true;
  check.verdicts.assign(check.analytic.size(), Verdict::Agrees);
  for (std::size_t i = 0; i < check.analytic.size(); ++i) {
    const double analytic = check.analytic[i];
    check.numeric[i] = (probe.at(i, h) - probe.at(i, -h)) / (2 * h);
    const double absolute = std::abs(analytic - check.numeric[i]);
    const double relative = relative_error(analytic, check.numeric[i]);
    // NaN compares false: written so that it counts as a disagreement.
    if (!(absolute <= check.max_absolute)) check.max_absolute = absolute;
    if (!(relative <= check.max_relative)) check.max_relative = relative;
    if (relative <= kGradientTolerance) continue;
    check.agrees = false;
    check.verdicts[i] = Diagnosis(probe, i, analytic, passes).verdict(h);
    check.verdict = std::max(check.verdict, check.verdicts[i]);
  }
  check.evaluations = 2 * check.analytic.size();
}

void check_step(bool fits) {
  if (fits) return;
  refuse(ErrorCode::OutOfRange,
         {"The step h of a gradient check must be above 0 and at most 1; 1e-4 is a good choice."});
}

}  // namespace

std::vector<GradientCheck> check_gradients(Graph& graph, NodeIndex target, double h,
                                           const std::optional<Tensor>& seed) {
  check_step(h > 0 && h <= kMaxCheckStep);
  const Tensor weights = graph.seed_for(target, seed);
  graph.clear_values();
  graph.backward(target, seed);

  std::vector<GradientCheck> checks;
  std::size_t elements = 0;
  for (NodeIndex i = 0; i < graph.size(); ++i) {
    const Node& node = graph.node(i);
    if (!is_checked(node) || !node.has_grad) continue;
    elements += node.value.size();
    GradientCheck& check = checks.emplace_back();
    check.node = i;
    check.analytic = node.grad;
    check.numeric = Tensor(node.shape);
  }
  if (elements > kMaxChecked) {
    refuse(ErrorCode::TooLarge, {"A gradient check of ", elements, " elements needs ", 2 * elements,
                                 " forward passes; the bound is ", kMaxChecked, " elements. Check a smaller graph."});
  }
  {
    const Clean clean(graph);
    std::size_t passes = kPassesToLook + kPassesAnElement * elements;
    for (GradientCheck& check : checks) {
      Probe probe(graph, target, weights, check.node);
      compare(check, probe, h, passes);
      probe.restore();
    }
  }
  graph.backward(target, seed);
  return checks;
}

CheckCurve check_curve(Graph& graph, NodeIndex target, NodeIndex node, std::size_t element, const CurveRange& range,
                       const std::optional<Tensor>& seed) {
  check_step(range.smallest > 0 && range.smallest < range.largest && range.largest <= kMaxCheckStep);
  if (range.points < 2 || range.points > kMaxCurvePoints) {
    refuse(ErrorCode::OutOfRange,
           {"An error curve has 2 to ", kMaxCurvePoints, " points, but ", range.points, " were asked for."});
  }
  const Tensor weights = graph.seed_for(target, seed);
  graph.forward(node);  // also where the target does not need it
  graph.forward(target);
  const Clean clean(graph);
  CheckCurve curve;
  curve.analytic = gradient_at(graph, node, target, weights)[element];
  Probe probe(graph, target, weights, node);
  std::size_t passes = kPassesACurve;
  Diagnosis diagnosis(probe, element, curve.analytic, passes);
  double least = std::numeric_limits<double>::infinity();
  const double ratio = std::log(range.largest / range.smallest) / static_cast<double>(range.points - 1);
  for (std::size_t i = 0; i < range.points; ++i) {
    const double h = i + 1 == range.points ? range.largest : range.smallest * std::exp(ratio * static_cast<double>(i));
    curve.h.push_back(h);
    curve.numeric.push_back(diagnosis.numeric(h));
    curve.error.push_back(relative_error(curve.analytic, curve.numeric.back()));
    curve.verdicts.push_back(diagnosis.verdict(h));
    if (i == 0 || curve.error.back() < least) curve.best = h;
    if (curve.error.back() < least) least = curve.error.back();
  }
  return curve;
}

}  // namespace backprop
