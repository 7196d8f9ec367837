#include "backprop/paths.h"

namespace backprop {

namespace {

/// The nodes between two nodes.
class Between {
 public:
  Between(const Graph& graph, NodeIndex from, NodeIndex to) : graph_(graph), from_(from), to_(to) {
    // Paths from `from` to each node: nodes stand in topological order. Nodes that do not lead to `to` are never asked.
    counts_.assign(graph.size(), 0);
    counts_[from] = 1;
    for (NodeIndex i = from + 1; i <= to; ++i) {
      for (std::size_t slot = 0; slot < graph.node(i).inputs.size(); ++slot) counts_[i] += along(i, slot);
    }
  }

  /// How many paths come to the node through this slot.
  [[nodiscard]] double along(NodeIndex node, std::size_t slot) const {
    const Node& at = graph_.node(node);
    return node == from_ || at.op->slot(slot).combine == Combine::None ? 0 : counts_[at.inputs[slot]];
  }
  [[nodiscard]] double count() const { return counts_[to_]; }

  /// The sums of a backward pass, in its order, over the wires that lead to `from`.
  [[nodiscard]] Tensor total(const Tensor& seed) const {
    std::vector<std::optional<Tensor>> gradients(graph_.size());
    gradients[to_] = seed;
    for (const NodeIndex node : graph_.route(to_).backward) {
      if (node == from_ || !gradients[node]) continue;
      Wanted wanted = 0;
      const std::vector<NodeIndex>& inputs = graph_.node(node).inputs;
      for (std::size_t slot = 0; slot < inputs.size(); ++slot) {
        if (along(node, slot) > 0) wanted |= Wanted{1} << slot;
      }
      if (wanted == 0) continue;
      Contributions contributions = graph_.contributions(node, *gradients[node], wanted);
      for (std::size_t slot = 0; slot < contributions.size(); ++slot) {
        if (!contributions[slot]) continue;
        std::optional<Tensor>& sum = gradients[inputs[slot]];
        if (sum) {
          accumulate(*sum, *contributions[slot]);
          round_to(graph_.dtype(), *sum);
        } else {
          sum = std::move(contributions[slot]);
        }
      }
    }
    return gradients[from_] ? *gradients[from_] : Tensor(graph_.node(from_).shape);
  }

 private:
  const Graph& graph_;
  NodeIndex from_;
  NodeIndex to_;
  std::vector<double> counts_;
};

/// A place on the walk from `to` down to `from`: what has come back to the node, and the slot to try next.
struct Standing {
  NodeIndex node;
  Tensor upstream;
  std::size_t next = 0;
  std::optional<Tensor> local{};  ///< of the slot that was taken from here
};

std::size_t elements_of(const Path& path) {
  std::size_t elements = path.product.size();
  for (const auto& local : path.locals) elements += local ? local->size() : 0;
  return elements;
}

Path path_of(const std::vector<Standing>& walk) {
  Path path;
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

PathReport paths(const Graph& graph, NodeIndex from, NodeIndex to, const Tensor& seed) {
  const Between between(graph, from, to);
  PathReport report;
  report.total = between.total(seed);
  std::size_t nodes = 0;
  std::size_t elements = 0;
  // Depth first with a walk of our own: paths may be as long as the graph. No step leads astray, since only slots that
  // lead to `from` are taken.
  std::vector<Standing> walk;
  if (between.count() > 0) walk.push_back({to, seed});
  while (!walk.empty() && report.paths.size() < kMaxPaths && nodes < kMaxPathNodes && elements < kMaxPathElements) {
    Standing& here = walk.back();
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
    here.local = graph.local(here.node, slot);
    Contributions contributions = graph.contributions(here.node, here.upstream, Wanted{1} << slot);
    walk.push_back({graph.node(here.node).inputs[slot], std::move(*contributions[slot])});
  }
  report.omitted = between.count() - static_cast<double>(report.paths.size());
  return report;
}

Tensor gradient_at(const Graph& graph, NodeIndex from, NodeIndex to, const Tensor& seed) {
  return Between(graph, from, to).total(seed);
}

}  // namespace backprop
