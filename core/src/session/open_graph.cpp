#include "backprop/open_graph.h"

#include <utility>

namespace backprop {

OpenGraph::OpenGraph(const GraphDocument& document, Dtype dtype)
    : graph_(std::make_shared<Graph>(document, dtype)), shared_(false), target_(graph_->output()) {}

OpenGraph::OpenGraph(std::shared_ptr<Graph> shared, NodeIndex target)
    : graph_(std::move(shared)), shared_(true), target_(target) {}

NodeIndex OpenGraph::node(std::string_view id) const { return id.empty() ? graph_->output() : graph_->index_of(id); }

void OpenGraph::set(std::string_view id, Tensor value) {
  graph_->set(graph_->index_of(id), std::move(value));
  stepper_.reset();
  // A seed given for the old shape says nothing about the new one.
  if (seed_ && !(seed_->shape() == graph_->node(target_).shape)) seed_.reset();
}

void OpenGraph::forward(std::string_view target) {
  graph_->forward(node(target));
  stepper_.reset();
}

void OpenGraph::backward(std::string_view target, const std::optional<Tensor>& seed) {
  graph_->backward(node(target), seed);
  stepper_.reset();
}

const Tensor& OpenGraph::value(std::string_view id) const { return graph_->value(graph_->index_of(id)); }

Tensor OpenGraph::grad(std::string_view id) const {
  const NodeIndex index = graph_->index_of(id);
  for (NodeIndex i = 0; i < graph_->size(); ++i) {
    if (graph_->node(i).has_grad) return graph_->grad(index);
  }
  refuse(ErrorCode::NotComputed,
         {"gradient of \"", id, "\": nothing has gone backward yet. Call backward, or seek past the seed."},
         {std::string(id)});
}

int OpenGraph::steps(std::string_view target) {
  const NodeIndex wanted = node(target);
  if (wanted != target_) {
    stepper_.reset();
    seed_.reset();
  }
  target_ = wanted;
  return last_step();
}

void OpenGraph::seed(std::optional<Tensor> seed) {
  if (seed) seed = graph_->seed_for(target_, seed);
  stepper_.reset();
  if (target_ == graph_->output() && !shared_) {
    graph_->set_seed(std::move(seed));
  } else {
    seed_ = std::move(seed);
  }
}

std::optional<Tensor> OpenGraph::seed_of(NodeIndex target) const { return target == target_ ? seed_ : std::nullopt; }

int OpenGraph::last_step() const { return 2 * static_cast<int>(graph_->route(target_).forward.size()) + 1; }

std::vector<StepRecord> OpenGraph::seek(int i) {
  if (shared_) stepper_.reset();  // the network may have trained or predicted since the last step
  return stepper().seek(i);
}

std::vector<NodeSteps> OpenGraph::node_steps() {
  const Stepper& stepper = this->stepper();
  std::vector<NodeSteps> steps(graph_->size());
  for (NodeIndex i = 0; i < steps.size(); ++i) {
    steps[i] = {stepper.forward_step(i), stepper.backward_step(i), stepper.gradient_step(i)};
  }
  return steps;
}

std::vector<Edge> OpenGraph::edges() {
  const Stepper& stepper = this->stepper();
  const Route& route = graph_->route(target_);
  std::vector<Wanted> wanted(graph_->size(), 0);
  for (std::size_t i = 0; i < route.backward.size(); ++i) wanted[route.backward[i]] = route.wanted[i];

  std::vector<Edge> edges;
  std::vector<std::size_t> first(graph_->size());  // of each operator's edges
  for (NodeIndex to = 0; to < graph_->size(); ++to) {
    first[to] = edges.size();
    const std::vector<NodeIndex>& inputs = graph_->node(to).inputs;
    for (std::size_t slot = 0; slot < inputs.size(); ++slot) {
      edges.push_back({inputs[slot], to, static_cast<int>(slot), nullptr,
                       wants(wanted[to], slot) ? stepper.backward_step(to) : std::nullopt});
    }
  }
  for (const auto& passed : stepper.passed()) {
    edges[first[passed.node] + static_cast<std::size_t>(passed.slot)].contribution = &passed.contribution;
  }
  return edges;
}

GraphDocument OpenGraph::document(std::size_t limit) const {
  GraphDocument document = graph_->to_document();
  if (limit == 0) return document;
  for (DocumentNode& node : document.nodes) {
    if (node.value && node.value->size() > limit) node.value.reset();
  }
  return document;
}

Stepper& OpenGraph::stepper() {
  if (!stepper_) stepper_.emplace(*graph_, target_, seed_);
  return *stepper_;
}

}  // namespace backprop
