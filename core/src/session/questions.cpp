#include "backprop/element.h"
#include "backprop/open_graph.h"

namespace backprop {

Graph OpenGraph::precise() const {
  Graph copy = *graph_;
  copy.set_dtype(Dtype::Float64);
  return copy;
}

std::vector<GradientCheck> OpenGraph::check(std::string_view target, double h) const {
  Graph graph = precise();
  const NodeIndex to = asked(target);
  return check_gradients(graph, to, h, seed_of(to));
}

CheckCurve OpenGraph::check_curve(std::string_view id, std::span<const std::int64_t> index, std::string_view target,
                                  const CurveRange& range) const {
  const NodeIndex from = graph_->index_of(id);
  const NodeIndex to = asked(target);
  const std::size_t element = element_at(graph_->node(from).shape, index, id);
  Graph graph = precise();
  return backprop::check_curve(graph, to, from, element, range, seed_of(to));
}

Nudge OpenGraph::nudge(std::string_view id, std::span<const std::int64_t> index, double delta,
                       std::string_view target) const {
  const NodeIndex from = graph_->index_of(id);
  const NodeIndex to = asked(target);
  const std::size_t element = element_at(graph_->node(from).shape, index, id);
  Graph graph = precise();
  return backprop::nudge(graph, to, from, element, delta, seed_of(to));
}

NudgeCurve OpenGraph::nudge_curve(std::string_view id, std::span<const std::int64_t> index, std::string_view target,
                                  double span, std::size_t points) const {
  const NodeIndex from = graph_->index_of(id);
  const NodeIndex to = asked(target);
  const std::size_t element = element_at(graph_->node(from).shape, index, id);
  Graph graph = precise();
  return backprop::nudge_curve(graph, to, from, element, span, points, seed_of(to));
}

PathReport OpenGraph::paths(std::string_view from, std::string_view to) const {
  Graph graph = *graph_;
  const NodeIndex end = asked(to);
  const NodeIndex start = graph.index_of(from);
  graph.forward(end);
  return backprop::paths(graph, start, end, graph.seed_for(end, seed_of(end)));
}

std::vector<NonFinite> OpenGraph::non_finite() const {
  Graph graph = *graph_;
  return backprop::non_finite(graph, target_, seed_);
}

std::vector<Tensor> OpenGraph::tangents(const Directions& directions, std::string_view target) const {
  Graph graph = *graph_;
  return backprop::tangents(graph, directions, target.empty() ? std::nullopt : std::optional(graph.index_of(target)));
}

}  // namespace backprop
