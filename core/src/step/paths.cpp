#include "backprop/paths.h"

namespace backprop {

namespace {

/// The nodes between two nodes, and the rules along them.
template <class T>
class Between {
 public:
  Between(const Graph<T>& graph, NodeIndex from, NodeIndex to) : graph_(graph), from_(from), to_(to) {
    // Paths from `from` to each node: nodes stand in topological order. Nodes that do not lead to `to` are never asked.
    counts_.assign(graph.size(), 0);
    counts_[from] = 1;
    for (NodeIndex i = from + 1; i <= to; ++i) {
      for (std::size_t slot = 0; slot < graph.node(i).inputs.size(); ++slot) counts_[i] += along(i, slot);
    }
  }

  /// How many paths come to the node through this slot.
  [[nodiscard]] double along(NodeIndex node, std::size_t slot) const {
    const Node<T>& at = graph_.node(node);
    return node == from_ || at.op->slot(slot).combine == Combine::None ? 0 : counts_[at.inputs[slot]];
  }
  [[nodiscard]] double count() const { return counts_[to_]; }

  [[nodiscard]] Contributions<T> back(NodeIndex node, const Tensor<T>& upstream, Wanted wanted) const {
    std::vector<const Tensor<T>*> inputs;
    const Node<T>& at = graph_.node(node);
    return at.op->template rule<T>().backward(call(node, inputs), at.value, upstream, wanted);
  }
  [[nodiscard]] std::optional<Tensor<T>> local(NodeIndex node, std::size_t slot) const {
    std::vector<const Tensor<T>*> inputs;
    const Node<T>& at = graph_.node(node);
    return at.op->template rule<T>().local(call(node, inputs), at.value, slot);
  }

  /// The sums of a backward pass, in its order, over the wires that lead to `from`.
  [[nodiscard]] Tensor<T> total(const Tensor<T>& seed) const {
    std::vector<std::optional<Tensor<T>>> gradients(graph_.size());
    gradients[to_] = seed;
    for (const NodeIndex node : graph_.route(to_).backward) {
      if (node == from_ || !gradients[node]) continue;
      Wanted wanted = 0;
      const std::vector<NodeIndex>& inputs = graph_.node(node).inputs;
      for (std::size_t slot = 0; slot < inputs.size(); ++slot) {
        if (along(node, slot) > 0) wanted |= Wanted{1} << slot;
      }
      if (wanted == 0) continue;
      Contributions<T> contributions = back(node, *gradients[node], wanted);
      for (std::size_t slot = 0; slot < contributions.size(); ++slot) {
        if (!contributions[slot]) continue;
        std::optional<Tensor<T>>& sum = gradients[inputs[slot]];
        if (sum) {
          accumulate(*sum, *contributions[slot]);
        } else {
          sum = std::move(contributions[slot]);
        }
      }
    }
    return gradients[from_] ? *gradients[from_] : Tensor<T>(graph_.node(from_).shape);
  }

 private:
  [[nodiscard]] Call<T> call(NodeIndex node, std::vector<const Tensor<T>*>& inputs) const {
    const Node<T>& at = graph_.node(node);
    for (const NodeIndex input : at.inputs) inputs.push_back(&graph_.value(input));
    static_cast<void>(graph_.value(node));
    return {inputs, at.attributes};
  }

  const Graph<T>& graph_;
  NodeIndex from_;
  NodeIndex to_;
  std::vector<double> counts_;
};

/// A place on the walk from `to` down to `from`: what has come back to the node, and the slot to try next.
template <class T>
struct Standing {
  NodeIndex node;
  Tensor<T> upstream;
  std::size_t next = 0;
  std::optional<Tensor<T>> local{};  ///< of the slot that was taken from here
};

template <class T>
std::size_t elements_of(const Path<T>& path) {
  std::size_t elements = path.product.size();
  for (const auto& local : path.locals) elements += local ? local->size() : 0;
  return elements;
}

template <class T>
Path<T> path_of(const std::vector<Standing<T>>& walk) {
  Path<T> path;
  path.product = walk.back().upstream;
  for (std::size_t k = walk.size(); k-- > 0;) {
    path.nodes.push_back(walk[k].node);
    if (k == 0) break;
    path.slots.push_back(static_cast<int>(walk[k - 1].next - 1));
    path.locals.push_back(walk[k - 1].local);
  }
  return path;
}

}  // namespace

template <class T>
PathReport<T> paths(const Graph<T>& graph, NodeIndex from, NodeIndex to, const Tensor<T>& seed) {
  const Between<T> between(graph, from, to);
  PathReport<T> report;
  report.total = between.total(seed);
  std::size_t nodes = 0;
  std::size_t elements = 0;
  // Depth first with a walk of our own: paths may be as long as the graph. No step leads astray, since only slots that
  // lead to `from` are taken.
  std::vector<Standing<T>> walk;
  if (between.count() > 0) walk.push_back({to, seed});
  while (!walk.empty() && report.paths.size() < kMaxPaths && nodes < kMaxPathNodes && elements < kMaxPathElements) {
    Standing<T>& here = walk.back();
    if (here.node == from) {
      report.paths.push_back(path_of(walk));
      nodes += walk.size();
      elements += elements_of(report.paths.back());
      walk.pop_back();
      continue;
    }
    const std::size_t slots = graph.node(here.node).inputs.size();
    while (here.next < slots && between.along(here.node, here.next) == 0) ++here.next;
    if (here.next == slots) {
      walk.pop_back();
      continue;
    }
    const std::size_t slot = here.next++;
    here.local = between.local(here.node, slot);
    Contributions<T> contributions = between.back(here.node, here.upstream, Wanted{1} << slot);
    walk.push_back({graph.node(here.node).inputs[slot], std::move(*contributions[slot])});
  }
  report.omitted = between.count() - static_cast<double>(report.paths.size());
  return report;
}

template <class T>
Tensor<T> gradient_at(const Graph<T>& graph, NodeIndex from, NodeIndex to, const Tensor<T>& seed) {
  return Between<T>(graph, from, to).total(seed);
}

template PathReport<float> paths(const Graph<float>&, NodeIndex, NodeIndex, const Tensor<float>&);
template PathReport<double> paths(const Graph<double>&, NodeIndex, NodeIndex, const Tensor<double>&);
template Tensor<float> gradient_at(const Graph<float>&, NodeIndex, NodeIndex, const Tensor<float>&);
template Tensor<double> gradient_at(const Graph<double>&, NodeIndex, NodeIndex, const Tensor<double>&);

}  // namespace backprop
