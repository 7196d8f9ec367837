#include "backprop/element.h"
#include "backprop/open_graph.h"

namespace backprop {

template <class T>
Graph<double> OpenGraph<T>::precise() const {
  if constexpr (std::same_as<T, double>) {
    return *graph_;
  } else {
    // The document lists the nodes in the order of the original, from which the same order follows: indices carry over.
    return Graph<double>(graph_->to_document());
  }
}

template <class T>
std::optional<Tensor<double>> OpenGraph<T>::precise_seed(NodeIndex target) const {
  const std::optional<Tensor<T>> seed = seed_of(target);
  return seed ? std::optional(convert<double>(*seed)) : std::nullopt;
}

template <class T>
std::vector<GradientCheck> OpenGraph<T>::check(std::string_view target, double h) const {
  Graph<double> graph = precise();
  const NodeIndex to = asked(target);
  return check_gradients(graph, to, h, precise_seed(to));
}

template <class T>
CheckCurve OpenGraph<T>::check_curve(std::string_view id, std::span<const std::int64_t> index, std::string_view target,
                                     const CurveRange& range) const {
  const NodeIndex from = graph_->index_of(id);
  const NodeIndex to = asked(target);
  const std::size_t element = element_at(graph_->node(from).shape, index, id);
  Graph<double> graph = precise();
  return backprop::check_curve(graph, to, from, element, range, precise_seed(to));
}

template <class T>
Nudge OpenGraph<T>::nudge(std::string_view id, std::span<const std::int64_t> index, double delta,
                          std::string_view target) const {
  const NodeIndex from = graph_->index_of(id);
  const NodeIndex to = asked(target);
  const std::size_t element = element_at(graph_->node(from).shape, index, id);
  Graph<double> graph = precise();
  return backprop::nudge(graph, to, from, element, delta, precise_seed(to));
}

template <class T>
NudgeCurve OpenGraph<T>::nudge_curve(std::string_view id, std::span<const std::int64_t> index, std::string_view target,
                                     double span, std::size_t points) const {
  const NodeIndex from = graph_->index_of(id);
  const NodeIndex to = asked(target);
  const std::size_t element = element_at(graph_->node(from).shape, index, id);
  Graph<double> graph = precise();
  return backprop::nudge_curve(graph, to, from, element, span, points, precise_seed(to));
}

template <class T>
PathReport<T> OpenGraph<T>::paths(std::string_view from, std::string_view to) const {
  Graph<T> graph = *graph_;
  const NodeIndex end = asked(to);
  const NodeIndex start = graph.index_of(from);
  graph.forward(end);
  return backprop::paths(graph, start, end, graph.seed_for(end, seed_of(end)));
}

template <class T>
std::vector<NonFinite> OpenGraph<T>::non_finite() const {
  Graph<T> graph = *graph_;
  return backprop::non_finite(graph, target_, seed_);
}

template <class T>
std::vector<Tensor<T>> OpenGraph<T>::tangents(const Directions<T>& directions, std::string_view target) const {
  Graph<T> graph = *graph_;
  return backprop::tangents(graph, directions, target.empty() ? std::nullopt : std::optional(graph.index_of(target)));
}

#define BACKPROP_QUESTIONS(T)                                                                                          \
  template Graph<double> OpenGraph<T>::precise() const;                                                                \
  template std::optional<Tensor<double>> OpenGraph<T>::precise_seed(NodeIndex) const;                                  \
  template std::vector<GradientCheck> OpenGraph<T>::check(std::string_view, double) const;                             \
  template CheckCurve OpenGraph<T>::check_curve(std::string_view, std::span<const std::int64_t>, std::string_view,     \
                                                const CurveRange&) const;                                              \
  template Nudge OpenGraph<T>::nudge(std::string_view, std::span<const std::int64_t>, double, std::string_view) const; \
  template NudgeCurve OpenGraph<T>::nudge_curve(std::string_view, std::span<const std::int64_t>, std::string_view,     \
                                                double, std::size_t) const;                                            \
  template PathReport<T> OpenGraph<T>::paths(std::string_view, std::string_view) const;                                \
  template std::vector<Tensor<T>> OpenGraph<T>::tangents(const Directions<T>&, std::string_view) const;                \
  template std::vector<NonFinite> OpenGraph<T>::non_finite() const;

BACKPROP_QUESTIONS(float)
BACKPROP_QUESTIONS(double)
#undef BACKPROP_QUESTIONS

}  // namespace backprop
