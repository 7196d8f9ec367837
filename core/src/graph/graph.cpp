#include "backprop/graph.h"

#include "backprop/error.h"

#include "graph/build.h"
#include "graph/tape.h"

#include <algorithm>

namespace backprop {

namespace {

std::vector<std::string> ids_of(const std::vector<Node>& nodes, const Node& node) {
  std::vector<std::string> ids{node.id};
  for (const NodeIndex input : node.inputs) ids.push_back(nodes[input].id);
  return ids;
}

}  // namespace

Graph::Graph(const GraphDocument& document, Dtype dtype) : dtype_(dtype), title_(document.title), note_(document.note) {
  const Wiring wiring = wire(document);
  std::vector<NodeIndex> place(document.nodes.size());
  nodes_.reserve(document.nodes.size());
  for (const std::size_t from : wiring.order) {
    const DocumentNode& source = document.nodes[from];
    place[from] = nodes_.size();
    Node& node = nodes_.emplace_back();
    node.id = source.id;
    node.op = wiring.ops[from];
    for (const std::size_t input : wiring.inputs[from]) node.inputs.push_back(place[input]);
    node.attributes = source.attributes;
    node.label = source.label;
    node.group = source.group;
    node.note = source.note;
    node.position = source.position;
    node.closed = source.closed;
    if (source.value) {
      node.value = *source.value;
      round_to(dtype_, node.value);
      node.shape = node.value.shape();
      node.has_value = true;
    }
    index_.emplace(node.id, place[from]);
  }
  document_order_ = place;
  output_ = place[wiring.output];
  std::vector<Shape> shapes;
  infer_shapes(shapes);
  for (NodeIndex i = 0; i < nodes_.size(); ++i) nodes_[i].shape = shapes[i];
  if (document.seed) set_seed(document.seed);
}

Shape Graph::shape_of(const Node& node, std::span<const Shape> inputs) const {
  try {
    return node.op->infer_shape({inputs, node.attributes});
  } catch (const Error& error) {
    throw at_node(error, *node.op, node.id, ids_of(nodes_, node));
  }
}

void Graph::infer_shapes(std::vector<Shape>& shapes) const {
  shapes.clear();
  std::int64_t total = 0;
  std::vector<Shape> inputs;
  for (const Node& node : nodes_) {
    if (node.op->is_leaf()) {
      shapes.push_back(node.value.shape());
    } else {
      inputs.clear();
      for (const NodeIndex input : node.inputs) inputs.push_back(shapes[input]);
      shapes.push_back(shape_of(node, inputs));
    }
    total += shapes.back().count();
    if (total > kMaxElements) {
      refuse(ErrorCode::TooLarge,
             {"The values of this graph together exceed ", kMaxElements, " elements, first at node \"", node.id,
              "\". Use smaller shapes."},
             {node.id});
    }
  }
}

NodeIndex Graph::index_of(std::string_view id) const {
  const auto found = index_.find(id);
  if (found == index_.end()) {
    refuse(ErrorCode::UnknownNode, {"There is no node \"", id.substr(0, kMaxNameBytes), "\" in this graph."});
  }
  return found->second;
}

void Graph::set(NodeIndex leaf, Tensor value) {
  std::vector<std::pair<NodeIndex, Tensor>> values;
  values.emplace_back(leaf, std::move(value));
  set_together(std::move(values));
}

void Graph::set_together(std::vector<std::pair<NodeIndex, Tensor>> values) {
  bool reshaped = false;
  for (const auto& [leaf, value] : values) {
    const Node& node = nodes_[leaf];
    if (!node.op->is_leaf()) {
      refuse(ErrorCode::NotALeaf,
             {node.op->name, " \"", node.id, "\": an operator computes its value. Set one of its inputs instead."},
             {node.id});
    }
    reshaped = reshaped || !(value.shape() == node.shape);
  }
  const auto swap_all = [&] {
    for (auto& [leaf, value] : values) {
      round_to(dtype_, value);
      std::swap(nodes_[leaf].value, value);
      if (nodes_[leaf].op->name == "parameter") ++parameter_version_;
    }
  };
  swap_all();
  if (reshaped) {
    try {
      reshape_all();
    } catch (...) {
      swap_all();
      throw;
    }
  }
  clear();
}

void Graph::reshape_all() {
  std::vector<Shape> shapes;
  infer_shapes(shapes);
  for (NodeIndex i = 0; i < nodes_.size(); ++i) nodes_[i].shape = shapes[i];
  tapes_.clear();
  // A seed given for the old shape says nothing about the new one.
  if (seed_ && !(seed_->shape() == nodes_[output_].shape)) seed_.reset();
}

void Graph::set_attribute(NodeIndex index, std::string_view name, AttributeValue value) {
  Node& node = nodes_[index];
  Attributes attributes = node.attributes;
  attributes.insert_or_assign(std::string(name), std::move(value));
  try {
    check_attributes(*node.op, attributes);
  } catch (const Error& error) {
    throw at_node(error, *node.op, node.id, {node.id});
  }
  std::swap(node.attributes, attributes);
  try {
    std::vector<Shape> inputs;
    for (const NodeIndex input : node.inputs) inputs.push_back(nodes_[input].shape);
    if (!(shape_of(node, inputs) == node.shape)) reshape_all();
  } catch (...) {
    std::swap(node.attributes, attributes);
    throw;
  }
  clear();
}

void Graph::set_dtype(Dtype dtype) {
  if (dtype == dtype_) return;
  dtype_ = dtype;
  for (Node& node : nodes_) {
    if (node.op->is_leaf()) round_to(dtype_, node.value);
  }
  if (seed_) round_to(dtype_, *seed_);
  tapes_.clear();
  clear();
}

Tensor& Graph::leaf_value(NodeIndex leaf) {
  ++parameter_version_;
  return nodes_[leaf].value;
}

Call Graph::call(const Node& node, Inputs& inputs) const {
  std::size_t count = 0;
  for (const NodeIndex input : node.inputs) {
    if (!nodes_[input].has_value) {
      refuse(ErrorCode::NotComputed,
             {node.op->name, " \"", node.id, "\": its input \"", nodes_[input].id,
              "\" has no value yet. Run forward first."},
             {node.id, nodes_[input].id});
    }
    inputs[count++] = &nodes_[input].value;
  }
  return {std::span<const Tensor* const>(inputs.data(), count), *node.op, node.attributes, dtype_};
}

void Graph::forward_node(NodeIndex index) {
  Node& node = nodes_[index];
  Inputs inputs;
  const Call arguments = call(node, inputs);
  node.value.resize(node.shape);
  try {
    node.op->rule.forward(arguments, node.value);
  } catch (const Error& error) {
    throw at_node(error, *node.op, node.id, ids_of(nodes_, node));
  }
  round_to(dtype_, node.value);
  node.has_value = true;
}

Contributions Graph::backward_node(NodeIndex index, Wanted wanted) const {
  const Node& node = nodes_[index];
  if (!node.has_grad || !node.has_value) {
    refuse(ErrorCode::NotComputed,
           {node.op->name, " \"", node.id, "\": it has no ", (node.has_value ? "gradient" : "value"), " yet. Run ",
            (node.has_value ? "backward" : "forward"), " up to it first."},
           {node.id});
  }
  return contributions(index, node.grad, wanted);
}

Contributions Graph::contributions(NodeIndex index, const Tensor& upstream, Wanted wanted) const {
  Inputs inputs;
  const Node& node = nodes_[index];
  Contributions made = node.op->rule.backward(call(node, inputs), value(index), upstream, wanted);
  for (std::optional<Tensor>& each : made) {
    if (each) round_to(dtype_, *each);
  }
  return made;
}

std::optional<Tensor> Graph::local(NodeIndex index, std::size_t slot) const {
  Inputs inputs;
  const Node& node = nodes_[index];
  std::optional<Tensor> derivative = node.op->rule.local(call(node, inputs), value(index), slot);
  if (derivative) round_to(dtype_, *derivative);
  return derivative;
}

Tensor Graph::tangent(NodeIndex index, Tangents tangents) const {
  Inputs inputs;
  const Node& node = nodes_[index];
  Tensor moved = node.op->rule.tangent(call(node, inputs), value(index), tangents);
  round_to(dtype_, moved);
  return moved;
}

void Graph::receive(NodeIndex index, Tensor contribution) {
  Node& node = nodes_[index];
  if (node.has_grad) {
    accumulate(node.grad, contribution);
    round_to(dtype_, node.grad);
  } else {
    node.grad = std::move(contribution);
    node.has_grad = true;
    has_gradients_ = true;
  }
}

void Graph::clear() {
  for (Node& node : nodes_) {
    node.has_value = node.op->is_leaf();
    node.has_grad = false;
  }
  has_gradients_ = false;
}

void Graph::clear_values() {
  for (Node& node : nodes_) node.has_value = node.op->is_leaf();
}

void Graph::clear_gradients() {
  if (!has_gradients_) return;
  has_gradients_ = false;
  for (Node& node : nodes_) node.has_grad = false;
}

void Graph::forward(NodeIndex target) {
  if (ScalarTape* scalars = tape(target, GradientFor::Everything)) {
    static_cast<void>(run_forward(*scalars, nodes_));
    return;
  }
  for (const NodeIndex node : route(target).forward) {
    if (!nodes_[node].has_value) forward_node(node);
  }
}

void Graph::set_seed(std::optional<Tensor> seed) {
  if (seed) seed = seed_for(output_, seed);
  seed_ = std::move(seed);
}

Tensor Graph::seed_for(NodeIndex target, const std::optional<Tensor>& seed) const {
  const Node& node = nodes_[target];
  if (!seed) return target == output_ && seed_ ? *seed_ : Tensor(node.shape, 1.0);
  if (!(seed->shape() == node.shape)) {
    refuse(ErrorCode::ShapeMismatch,
           {"The seed has shape ", seed->shape(), " but \"", node.id, "\" has shape ", node.shape,
            ". Give one number for each element of \"", node.id, "\"."},
           {node.id});
  }
  Tensor rounded = *seed;
  round_to(dtype_, rounded);
  return rounded;
}

void Graph::backward(NodeIndex target, const std::optional<Tensor>& seed, GradientFor purpose) {
  Tensor start = seed_for(target, seed);
  if (ScalarTape* scalars = tape(target, purpose)) {
    const bool fresh = run_forward(*scalars, nodes_);
    clear_gradients();
    has_gradients_ = true;
    run_backward(*scalars, nodes_, target, start[0], fresh);
    return;
  }
  forward(target);
  clear_gradients();
  receive(target, std::move(start));
  const Route& way = route(target, purpose);
  for (std::size_t k = 0; k < way.backward.size(); ++k) {
    const NodeIndex node = way.backward[k];
    if (way.wanted[k] == 0 || !nodes_[node].has_grad) continue;
    Contributions contributions = backward_node(node, way.wanted[k]);
    for (std::size_t slot = 0; slot < contributions.size(); ++slot) {
      if (contributions[slot]) receive(nodes_[node].inputs[slot], std::move(*contributions[slot]));
    }
  }
}

const Tensor& Graph::value(NodeIndex index) const {
  const Node& node = nodes_[index];
  if (!node.has_value) {
    refuse(ErrorCode::NotComputed, {"\"", node.id, "\" has no value yet. Run forward, or step until it is computed."},
           {node.id});
  }
  return node.value;
}

Tensor Graph::grad(NodeIndex index) const {
  const Node& node = nodes_[index];
  return node.has_grad ? node.grad : Tensor(node.shape);
}

GraphDocument Graph::to_document() const {
  GraphDocument document;
  for (const NodeIndex index : document_order_) {
    const Node& node = nodes_[index];
    DocumentNode& copy = document.nodes.emplace_back();
    copy.id = node.id;
    copy.op = std::string(node.op->name);
    for (const NodeIndex input : node.inputs) copy.inputs.push_back(nodes_[input].id);
    if (node.op->is_leaf()) copy.value = node.value;
    copy.attributes = node.attributes;
    copy.label = node.label;
    copy.group = node.group;
    copy.note = node.note;
    copy.position = node.position;
    copy.closed = node.closed;
  }
  document.output = nodes_[output_].id;
  if (seed_) document.seed = *seed_;
  document.title = title_;
  document.note = note_;
  return document;
}

}  // namespace backprop
