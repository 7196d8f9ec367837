#include "backprop/gradient_check.h"

#include "backprop/error.h"

#include <algorithm>
#include <cmath>

namespace backprop {

namespace {

constexpr std::size_t kMaxChecked = 200'000;

bool is_checked(const Node<double>& node) { return node.op->is_leaf() && node.op->name != "constant"; }

/// ⟨seed, target⟩: the scalar whose gradient `backward` computes.
double objective(Graph<double>& graph, NodeIndex target, const Tensor<double>& seed) {
  graph.clear_values();
  graph.forward(target);
  const Tensor<double>& value = graph.value(target);
  double sum = 0;
  for (std::size_t i = 0; i < seed.size(); ++i) sum += seed[i] * value[i];
  return sum;
}

void compare(GradientCheck& check) {
  check.agrees = true;
  for (std::size_t i = 0; i < check.analytic.size(); ++i) {
    const double analytic = check.analytic[i];
    const double numeric = check.numeric[i];
    const double absolute = std::abs(analytic - numeric);
    const double relative = absolute / std::max({1.0, std::abs(analytic), std::abs(numeric)});
    // NaN compares false: written so that it counts as a disagreement.
    if (!(relative <= kGradientTolerance)) check.agrees = false;
    if (!(absolute <= check.max_absolute)) check.max_absolute = absolute;
    if (!(relative <= check.max_relative)) check.max_relative = relative;
  }
}

}  // namespace

std::vector<GradientCheck> check_gradients(Graph<double>& graph, NodeIndex target, double h,
                                           const std::optional<Tensor<double>>& seed) {
  if (!(h > 0 && h <= 1)) {
    throw Error(ErrorCode::OutOfRange,
                "The step h of a gradient check must be above 0 and at most 1; 1e-4 is a good choice.");
  }
  const Tensor<double> weights = graph.seed_for(target, seed);
  graph.clear_values();
  graph.backward(target, seed);

  std::vector<GradientCheck> checks;
  std::size_t elements = 0;
  for (NodeIndex i = 0; i < graph.size(); ++i) {
    const Node<double>& node = graph.node(i);
    if (!is_checked(node) || !node.has_grad) continue;
    elements += node.value.size();
    checks.push_back({.node = i, .analytic = node.grad, .numeric = Tensor<double>(node.shape)});
  }
  if (elements > kMaxChecked) {
    throw Error(ErrorCode::TooLarge, "A gradient check of " + std::to_string(elements) + " elements needs " +
                                         std::to_string(2 * elements) + " forward passes; the bound is " +
                                         std::to_string(kMaxChecked) + " elements. Check a smaller graph.");
  }
  for (GradientCheck& check : checks) {
    Tensor<double>& value = graph.leaf_value(check.node);
    for (std::size_t i = 0; i < value.size(); ++i) {
      const double kept = value[i];
      value[i] = kept + h;
      const double above = objective(graph, target, weights);
      value[i] = kept - h;
      const double below = objective(graph, target, weights);
      value[i] = kept;
      check.numeric[i] = (above - below) / (2 * h);
    }
    compare(check);
  }
  graph.clear_values();
  graph.backward(target, seed);
  return checks;
}

}  // namespace backprop
