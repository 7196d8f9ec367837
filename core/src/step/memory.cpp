#include "backprop/memory.h"

#include "backprop/stepper.h"

namespace backprop {

namespace {

std::size_t bytes_of(const Graph& graph, NodeIndex node) {
  return static_cast<std::size_t>(graph.node(node).shape.count()) * size_of(graph.dtype());
}

}  // namespace

std::vector<MemoryEntry> memory(const Graph& graph, NodeIndex target) {
  const std::vector<NodeSteps> steps = number_steps(graph, target);
  const Route& route = graph.route(target);
  std::vector<Wanted> wanted(graph.size(), 0);
  for (std::size_t k = 0; k < route.backward.size(); ++k) wanted[route.backward[k]] = route.wanted[k];

  std::vector<MemoryEntry> entries;
  for (const NodeIndex index : route.forward) {
    const Node& node = graph.node(index);
    MemoryEntry& entry = entries.emplace_back();
    entry.node = index;
    entry.from = *steps[index].forward;
    entry.until = entry.from;
    // Reached by no gradient (behind labels), or leading to none that is wanted (only constants before it).
    if (wanted[index] == 0 || !steps[index].gradient) continue;
    entry.until = *steps[index].backward;
    const Kept kept = kept_for(*node.op, node.inputs.size(), wanted[index]);
    for (std::size_t slot = 0; slot < node.inputs.size(); ++slot) {
      if ((kept.inputs >> slot & 1U) == 0) continue;
      entry.keeps.push_back({node.op->slot(slot).name, node.inputs[slot], bytes_of(graph, node.inputs[slot])});
    }
    if (kept.output) entry.keeps.push_back({node.op->output, index, bytes_of(graph, index)});
    if (!kept.nothing()) entry.enough = node.op->keeps;
  }
  return entries;
}

}  // namespace backprop
