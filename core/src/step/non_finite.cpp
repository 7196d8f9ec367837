#include "backprop/non_finite.h"

#include "step/cause.h"

#include <cmath>

namespace backprop {

std::string_view to_string(NonFiniteCause cause) noexcept {
  switch (cause) {
    case NonFiniteCause::Given:
      return "input";
    case NonFiniteCause::DivideByZero:
      return "divide-by-zero";
    case NonFiniteCause::ZeroOverZero:
      return "zero-over-zero";
    case NonFiniteCause::LogOfZero:
      return "log-of-zero";
    case NonFiniteCause::LogOfNegative:
      return "log-of-negative";
    case NonFiniteCause::SqrtOfNegative:
      return "sqrt-of-negative";
    case NonFiniteCause::PowOfNegative:
      return "pow-of-negative";
    case NonFiniteCause::Overflow:
      return "overflow";
    case NonFiniteCause::InfMinusInf:
      return "inf-minus-inf";
    case NonFiniteCause::ZeroTimesInf:
      return "zero-times-inf";
    case NonFiniteCause::InfOverInf:
      return "inf-over-inf";
    case NonFiniteCause::PassedOn:
      return "passed-on";
  }
  return "";
}

namespace {

/// One pass, watched.
class Watch {
 public:
  Watch(Graph& graph, NodeIndex target) : graph_(graph), target_(target) {}

  std::vector<NonFinite> run(const std::optional<Tensor>& seed) {
    const Route& route = graph_.route(target_);
    graph_.clear();
    leaves(route);
    for (const NodeIndex node : route.forward) {
      ++step_;
      graph_.forward_node(node);
      if (NonFinite* found = struck(node, Side::Value, Phase::Forward)) {
        explain_value(*found, graph_, node, found->at.element);
      }
    }
    ++step_;
    graph_.receive(target_, graph_.seed_for(target_, seed));
    static_cast<void>(struck(target_, Side::Gradient, Phase::Seed));
    for (std::size_t k = 0; k < route.backward.size() && found_.size() < kMaxNonFinite; ++k) {
      ++step_;
      if (route.wanted[k] != 0 && graph_.node(route.backward[k]).has_grad) back(route.backward[k], route.wanted[k]);
    }
    return std::move(found_);
  }

 private:
  void leaves(const Route& route) {
    std::vector<bool> needed(graph_.size(), false);
    needed[target_] = true;
    for (const NodeIndex node : route.forward) {
      for (const NodeIndex input : graph_.node(node).inputs) needed[input] = true;
    }
    for (NodeIndex i = 0; i < graph_.size(); ++i) {
      if (needed[i] && graph_.node(i).op->is_leaf()) static_cast<void>(struck(i, Side::Value, std::nullopt));
    }
  }

  void back(NodeIndex node, Wanted wanted) {
    Contributions contributions = graph_.backward_node(node, wanted);
    for (std::size_t slot = 0; slot < contributions.size(); ++slot) {
      if (!contributions[slot]) continue;
      const NodeIndex to = graph_.node(node).inputs[slot];
      const bool before = graph_.node(to).has_grad && first_not_finite(graph_.node(to).grad);
      const std::optional<std::size_t> sent = first_not_finite(*contributions[slot]);
      graph_.receive(to, std::move(*contributions[slot]));
      if (before) continue;
      NonFinite* found = struck(to, Side::Gradient, Phase::Backward);
      if (found == nullptr) continue;
      explain_contribution(*found, graph_, node, slot, found->at.element);
      if (!sent) found->cause = NonFiniteCause::Overflow;  // each was finite, their sum is not
    }
  }

  /// Enters the node in the list where its value or gradient is not finite.
  NonFinite* struck(NodeIndex node, Side of, std::optional<Phase> phase) {
    const Tensor& tensor = of == Side::Value ? graph_.node(node).value : graph_.node(node).grad;
    const std::optional<std::size_t> element = first_not_finite(tensor);
    if (!element || found_.size() >= kMaxNonFinite) return nullptr;
    NonFinite& found = found_.emplace_back();
    found.at = {node, of, *element, tensor[*element]};
    found.step = step_;
    found.phase = phase;
    return &found;
  }

  Graph& graph_;
  NodeIndex target_;
  int step_ = 0;
  std::vector<NonFinite> found_;
};

}  // namespace

std::vector<NonFinite> non_finite(Graph& graph, NodeIndex target, const std::optional<Tensor>& seed) {
  return Watch(graph, target).run(seed);
}

}  // namespace backprop
