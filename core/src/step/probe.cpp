#include "step/probe.h"

namespace backprop {

namespace {

/// Puts an element back also when a rule refuses the moved number (a label that is no whole number).
class Moved {
 public:
  Moved(Tensor& value, std::size_t element, double offset) : value_(value), element_(element), kept_(value[element]) {
    value_[element_] = kept_ + offset;
  }
  Moved(const Moved&) = delete;
  Moved& operator=(const Moved&) = delete;
  ~Moved() { value_[element_] = kept_; }

 private:
  Tensor& value_;
  std::size_t element_;
  double kept_;
};

}  // namespace

Probe::Probe(Graph& graph, NodeIndex target, const Tensor& seed, NodeIndex node)
    : graph_(graph), target_(target), seed_(seed), node_(node) {
  std::vector<bool> depends(graph.size(), false);
  depends[node] = true;
  for (const NodeIndex i : graph.route(target).forward) {
    if (i == node) continue;
    for (const NodeIndex input : graph.node(i).inputs) depends[i] = depends[i] || depends[input];
    if (depends[i]) behind_.push_back(i);
  }
}

double Probe::at(std::size_t element, double offset) {
  const Moved moved(graph_.value_in_place(node_), element, offset);
  restore();
  const Tensor& value = graph_.node(target_).value;
  double sum = 0;
  for (std::size_t i = 0; i < seed_.size(); ++i) sum += seed_[i] * value[i];
  return sum;
}

void Probe::restore() {
  for (const NodeIndex node : behind_) graph_.forward_node(node);
}

}  // namespace backprop
