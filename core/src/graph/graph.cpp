#include "backprop/graph.h"

#include "backprop/error.h"

#include "graph/build.h"
#include "graph/tape.h"

#include <algorithm>

namespace backprop {

namespace {

template <class T>
std::vector<std::string> ids_of(const std::vector<Node<T>>& nodes, const Node<T>& node) {
  std::vector<std::string> ids{node.id};
  for (const NodeIndex input : node.inputs) ids.push_back(nodes[input].id);
  return ids;
}

}  // namespace

template <class T>
Graph<T>::Graph(const GraphDocument& document) : title_(document.title), note_(document.note) {
  const Wiring wiring = wire(document);
  std::vector<NodeIndex> place(document.nodes.size());
  nodes_.reserve(document.nodes.size());
  for (const std::size_t from : wiring.order) {
    const DocumentNode& source = document.nodes[from];
    place[from] = nodes_.size();
    Node<T>& node = nodes_.emplace_back();
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
      node.value = convert<T>(*source.value);
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
  if (document.seed) seed_ = seed_for(output_, convert<T>(*document.seed));
}

template <class T>
Shape Graph<T>::shape_of(const Node<T>& node, std::span<const Shape> inputs) const {
  try {
    return node.op->infer_shape({inputs, node.attributes});
  } catch (const Error& error) {
    throw at_node(error, *node.op, node.id, ids_of(nodes_, node));
  }
}

template <class T>
void Graph<T>::infer_shapes(std::vector<Shape>& shapes) const {
  shapes.clear();
  std::int64_t total = 0;
  std::vector<Shape> inputs;
  for (const Node<T>& node : nodes_) {
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

template <class T>
NodeIndex Graph<T>::index_of(std::string_view id) const {
  const auto found = index_.find(id);
  if (found == index_.end()) {
    refuse(ErrorCode::UnknownNode, {"There is no node \"", id.substr(0, kMaxNameBytes), "\" in this graph."});
  }
  return found->second;
}

template <class T>
void Graph<T>::set(NodeIndex leaf, Tensor<T> value) {
  std::vector<std::pair<NodeIndex, Tensor<T>>> values;
  values.emplace_back(leaf, std::move(value));
  set_together(std::move(values));
}

template <class T>
void Graph<T>::set_together(std::vector<std::pair<NodeIndex, Tensor<T>>> values) {
  bool reshaped = false;
  for (const auto& [leaf, value] : values) {
    const Node<T>& node = nodes_[leaf];
    if (!node.op->is_leaf()) {
      refuse(ErrorCode::NotALeaf,
             {node.op->name, " \"", node.id, "\": an operator computes its value. Set one of its inputs instead."},
             {node.id});
    }
    reshaped = reshaped || !(value.shape() == node.shape);
  }
  const auto swap_all = [&] {
    for (auto& [leaf, value] : values) {
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

template <class T>
void Graph<T>::reshape_all() {
  std::vector<Shape> shapes;
  infer_shapes(shapes);
  for (NodeIndex i = 0; i < nodes_.size(); ++i) nodes_[i].shape = shapes[i];
  tapes_.clear();
  // A seed given for the old shape says nothing about the new one.
  if (seed_ && !(seed_->shape() == nodes_[output_].shape)) seed_.reset();
}

template <class T>
void Graph<T>::set_attribute(NodeIndex index, std::string_view name, AttributeValue value) {
  Node<T>& node = nodes_[index];
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

template <class T>
Tensor<T>& Graph<T>::leaf_value(NodeIndex leaf) {
  ++parameter_version_;
  return nodes_[leaf].value;
}

template <class T>
Call<T> Graph<T>::call(const Node<T>& node, Inputs& inputs) const {
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
  return {std::span<const Tensor<T>* const>(inputs.data(), count), node.attributes};
}

template <class T>
void Graph<T>::forward_node(NodeIndex index) {
  Node<T>& node = nodes_[index];
  Inputs inputs;
  const Call<T> arguments = call(node, inputs);
  node.value.resize(node.shape);
  try {
    node.op->template rule<T>().forward(arguments, node.value);
  } catch (const Error& error) {
    throw at_node(error, *node.op, node.id, ids_of(nodes_, node));
  }
  node.has_value = true;
}

template <class T>
Contributions<T> Graph<T>::backward_node(NodeIndex index, Wanted wanted) const {
  const Node<T>& node = nodes_[index];
  if (!node.has_grad || !node.has_value) {
    refuse(ErrorCode::NotComputed,
           {node.op->name, " \"", node.id, "\": it has no ", (node.has_value ? "gradient" : "value"), " yet. Run ",
            (node.has_value ? "backward" : "forward"), " up to it first."},
           {node.id});
  }
  Inputs inputs;
  return node.op->template rule<T>().backward(call(node, inputs), node.value, node.grad, wanted);
}

template <class T>
void Graph<T>::receive(NodeIndex index, Tensor<T> contribution) {
  Node<T>& node = nodes_[index];
  if (node.has_grad) {
    accumulate(node.grad, contribution);
  } else {
    node.grad = std::move(contribution);
    node.has_grad = true;
    has_gradients_ = true;
  }
}

template <class T>
void Graph<T>::clear() {
  for (Node<T>& node : nodes_) {
    node.has_value = node.op->is_leaf();
    node.has_grad = false;
  }
  has_gradients_ = false;
}

template <class T>
void Graph<T>::clear_values() {
  for (Node<T>& node : nodes_) node.has_value = node.op->is_leaf();
}

template <class T>
void Graph<T>::clear_gradients() {
  if (!has_gradients_) return;
  has_gradients_ = false;
  for (Node<T>& node : nodes_) node.has_grad = false;
}

template <class T>
void Graph<T>::forward(NodeIndex target) {
  if constexpr (std::is_same_v<T, double>) {
    if (ScalarTape* scalars = tape(target, GradientFor::Everything)) {
      static_cast<void>(run_forward(*scalars, nodes_));
      return;
    }
  }
  for (const NodeIndex node : route(target).forward) {
    if (!nodes_[node].has_value) forward_node(node);
  }
}

template <class T>
void Graph<T>::set_seed(std::optional<Tensor<T>> seed) {
  if (seed) seed = seed_for(output_, seed);
  seed_ = std::move(seed);
}

template <class T>
Tensor<T> Graph<T>::seed_for(NodeIndex target, const std::optional<Tensor<T>>& seed) const {
  const Node<T>& node = nodes_[target];
  if (!seed) return target == output_ && seed_ ? *seed_ : Tensor<T>(node.shape, T{1});
  if (!(seed->shape() == node.shape)) {
    refuse(ErrorCode::ShapeMismatch,
           {"The seed has shape ", seed->shape(), " but \"", node.id, "\" has shape ", node.shape,
            ". Give one number for each element of \"", node.id, "\"."},
           {node.id});
  }
  return *seed;
}

template <class T>
void Graph<T>::backward(NodeIndex target, const std::optional<Tensor<T>>& seed, GradientFor purpose) {
  Tensor<T> start = seed_for(target, seed);
  if constexpr (std::is_same_v<T, double>) {
    if (ScalarTape* scalars = tape(target, purpose)) {
      const bool fresh = run_forward(*scalars, nodes_);
      clear_gradients();
      has_gradients_ = true;
      run_backward(*scalars, nodes_, target, start[0], fresh);
      return;
    }
  }
  forward(target);
  clear_gradients();
  receive(target, std::move(start));
  const Route& way = route(target, purpose);
  for (std::size_t k = 0; k < way.backward.size(); ++k) {
    const NodeIndex node = way.backward[k];
    if (way.wanted[k] == 0 || !nodes_[node].has_grad) continue;
    Contributions<T> contributions = backward_node(node, way.wanted[k]);
    for (std::size_t slot = 0; slot < contributions.size(); ++slot) {
      if (contributions[slot]) receive(nodes_[node].inputs[slot], std::move(*contributions[slot]));
    }
  }
}

template <class T>
const Tensor<T>& Graph<T>::value(NodeIndex index) const {
  const Node<T>& node = nodes_[index];
  if (!node.has_value) {
    refuse(ErrorCode::NotComputed, {"\"", node.id, "\" has no value yet. Run forward, or step until it is computed."},
           {node.id});
  }
  return node.value;
}

template <class T>
Tensor<T> Graph<T>::grad(NodeIndex index) const {
  const Node<T>& node = nodes_[index];
  return node.has_grad ? node.grad : Tensor<T>(node.shape);
}

template <class T>
GraphDocument Graph<T>::to_document() const {
  GraphDocument document;
  for (const NodeIndex index : document_order_) {
    const Node<T>& node = nodes_[index];
    DocumentNode& copy = document.nodes.emplace_back();
    copy.id = node.id;
    copy.op = std::string(node.op->name);
    for (const NodeIndex input : node.inputs) copy.inputs.push_back(nodes_[input].id);
    if (node.op->is_leaf()) copy.value = convert<double>(node.value);
    copy.attributes = node.attributes;
    copy.label = node.label;
    copy.group = node.group;
    copy.note = node.note;
    copy.position = node.position;
    copy.closed = node.closed;
  }
  document.output = nodes_[output_].id;
  if (seed_) document.seed = convert<double>(*seed_);
  document.title = title_;
  document.note = note_;
  return document;
}

template class Graph<float>;
template class Graph<double>;

}  // namespace backprop
