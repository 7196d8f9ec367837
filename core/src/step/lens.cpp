#include "step/lens.h"

#include "backprop/element.h"
#include "backprop/error.h"
#include "backprop/lens.h"

namespace backprop {

namespace {

Seen seen(const Graph& graph, const Node& node) {
  Seen out{.op = *node.op,
           .id = node.id,
           .attributes = node.attributes,
           .shape = node.shape,
           .inputs = {},
           .value = Named(node.id, node.value)};
  for (const NodeIndex input : node.inputs) out.inputs.emplace_back(graph.node(input).id, graph.value(input));
  return out;
}

/// All contributions to a node's element, added up.
ScalarGraph::Id gradient_lens(ScalarGraph& scalars, const Graph& graph, NodeIndex node, std::size_t offset) {
  std::vector<ScalarGraph::Id> received;
  for (NodeIndex user = node + 1; user < graph.size(); ++user) {
    const Node& operation = graph.node(user);
    if (!operation.has_grad || !operation.has_value) continue;
    for (std::size_t slot = 0; slot < operation.inputs.size(); ++slot) {
      if (operation.inputs[slot] != node || operation.op->slot(slot).combine == Combine::None) continue;
      const Seen sender = seen(graph, operation);
      const std::string gradient = "∂" + operation.id;
      received.push_back(contribution_lens(scalars, {.node = sender,
                                                     .slot = slot,
                                                     .offset = offset,
                                                     .upstream = Named(gradient, operation.grad),
                                                     .graph = graph,
                                                     .index = user}));
    }
  }
  const Node& target = graph.node(node);
  if (received.empty()) {  // the seed, or a node that no gradient reaches
    const double value = target.has_grad ? target.grad[offset] : 0;
    return scalars.leaf(element_name("∂" + target.id, target.shape, offset), value);
  }
  ScalarGraph::Id total = received.front();
  for (std::size_t i = 1; i < received.size(); ++i) total = scalars.apply("add", {total, received[i]});
  return total;
}

}  // namespace

std::string element_name(std::string_view id, const Shape& shape, std::size_t offset) {
  if (shape.rank() == 0) return std::string(id);
  std::string index;
  for (std::size_t axis = shape.rank(); axis-- > 0;) {
    const auto extent = static_cast<std::size_t>(shape[axis]);
    index = message({offset % extent, index.empty() ? "" : ", ", index});
    offset /= extent;
  }
  return message({id, "[", index, "]"});
}

ScalarGraph::Id Named::leaf(ScalarGraph& scalars, std::size_t offset) const {
  return scalars.leaf(name(offset), at(offset));
}

ScalarGraph::Id sum_of_products(ScalarGraph& scalars, const Named& a, const Named& b, const std::vector<Pair>& pairs) {
  std::vector<double> values;
  values.reserve(pairs.size());
  for (const Pair& pair : pairs) values.push_back(a.at(pair.a) * b.at(pair.b));
  return scalars.sum(values, [&](std::size_t i) {
    return scalars.apply("mul", {a.leaf(scalars, pairs[i].a), b.leaf(scalars, pairs[i].b)});
  });
}

ScalarGraph::Id sum_of(ScalarGraph& scalars, const Named& a, const std::vector<std::size_t>& offsets) {
  std::vector<double> values;
  values.reserve(offsets.size());
  for (const std::size_t offset : offsets) values.push_back(a.at(offset));
  return scalars.sum(values, [&](std::size_t i) { return a.leaf(scalars, offsets[i]); });
}

GraphDocument lens(const Graph& graph, NodeIndex index, std::span<const std::int64_t> at, LensOf of) {
  const Node& node = graph.node(index);
  const std::size_t offset = element_at(node.shape, at, node.id);
  ScalarGraph scalars;
  GraphDocument document;
  if (of == LensOf::Gradient) {
    document = scalars.document(gradient_lens(scalars, graph, index, offset));
    document.title = element_name("∂" + node.id, node.shape, offset);
  } else {
    if (node.op->is_leaf()) {
      refuse(ErrorCode::NotALeaf, {"\"", node.id, "\" is given, not computed: there is nothing behind its value."},
             {node.id});
    }
    static_cast<void>(graph.value(index));  // NotComputed before its step
    document = scalars.document(value_lens(scalars, seen(graph, node), offset));
    document.title = element_name(node.id, node.shape, offset);
  }
  return document;
}

}  // namespace backprop
