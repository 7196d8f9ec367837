#include <algorithm>

#include "backprop/error.h"
#include "ops/product.h"
#include "ops/reduction.h"
#include "ops/rows.h"
#include "step/lens.h"
#include "tensor/broadcasting.h"

namespace backprop {

namespace {

using Id = ScalarGraph::Id;
using Term = ScalarGraph::Term;

/// What one operator sends back to one element of one of its inputs.
template <class T>
class ContributionLens {
 public:
  ContributionLens(ScalarGraph& scalars, const Graph<T>& graph, const Node<T>& node, std::size_t slot, std::size_t offset)
      : scalars_(scalars),
        graph_(graph),
        node_(node),
        slot_(slot),
        offset_(offset),
        input_(graph.node(node.inputs[slot]).shape),
        upstream_{"∂" + node.id, node.grad} {}

  Id build() {
    const Combine combine = node_.op->slots[slot_].combine;
    if (node_.op->category == Category::Reduction) return reduction();
    if (combine == Combine::Times) return times();
    if (combine == Combine::Right || combine == Combine::Left) return product(combine);
    if (combine == Combine::Sum) return sum();
    if (combine == Combine::Reshape) return upstream_.leaf(scalars_, offset_);
    if (node_.op->name == "softmax") return softmax();
    throw Error(ErrorCode::Unsupported,
                "\"" + node_.id + "\": the gradient of " + std::string(node_.op->name) + " cannot be unfolded yet.",
                {node_.id});
  }

 private:
  [[nodiscard]] Tensor<T> local() const {
    std::vector<const Tensor<T>*> inputs;
    for (const NodeIndex input : node_.inputs) inputs.push_back(&graph_.node(input).value);
    return *node_.op->template rule<T>().local({inputs, node_.attributes}, node_.value, slot_);
  }

  /// Visits the elements of `shape` that were broadcast from the input's element, or that it was summed over.
  template <class Visit>
  void each_use(const Shape& shape, const Shape& from, Visit visit) const {
    for_each_broadcast(shape, from, shape, [&](std::size_t i, std::size_t source, std::size_t) {
      if (source == offset_) visit(i);
    });
  }

  /// upstream · local, for every element of the result that this element went into.
  Id times() {
    const Tensor<T> derivative = local();
    const std::string name =
        "∂" + node_.id + "/∂" + graph_.node(node_.inputs[slot_]).id + (twice() ? "#" + std::to_string(slot_ + 1) : "");
    const bool scalar_upstream = node_.shape.rank() == 0;
    std::vector<Term> terms;
    each_use(derivative.shape(), input_, [&](std::size_t i) {
      const std::size_t up = scalar_upstream ? 0 : i;
      terms.push_back(scalars_.product(upstream_.name(up), upstream_.at(up), element_name(name, derivative.shape(), i),
                                       static_cast<double>(derivative[i])));
    });
    return scalars_.sum(terms);
  }

  /// The same node at two slots has two derivatives of one name.
  [[nodiscard]] bool twice() const {
    return std::ranges::count(node_.inputs, node_.inputs[slot_]) > 1;
  }

  /// dX = dY · Wᵀ: Σ over columns; dW = Xᵀ · dY: Σ over rows.
  Id product(Combine combine) {
    const bool to_x = combine == Combine::Right;
    const Named<T> other = value_of(graph_, node_.inputs[to_x ? 1 : 0]);
    const Product p = product_of(graph_.node(node_.inputs[0]).shape, graph_.node(node_.inputs[1]).shape);
    const auto n = static_cast<std::size_t>(p.n);
    const auto k = static_cast<std::size_t>(p.k);
    const auto m = static_cast<std::size_t>(p.m);
    std::vector<Term> terms;
    for (std::size_t q = 0; q < (to_x ? m : n); ++q) {
      const std::size_t up = to_x ? offset_ / k * m + q : q * m + offset_ % m;
      const std::size_t at = to_x ? offset_ % k * m + q : q * k + offset_ / m;
      terms.push_back(scalars_.product(upstream_.name(up), upstream_.at(up), other.name(at), other.at(at)));
    }
    return scalars_.sum(terms);
  }

  Id sum() {
    std::vector<Term> terms;
    each_use(node_.shape, input_, [&](std::size_t i) { terms.push_back(upstream_.term(scalars_, i)); });
    return scalars_.sum(terms);
  }

  /// Every element of a sum receives the gradient of the result that it went into; of a mean, its share.
  Id reduction() {
    Id id;
    for_each_broadcast(input_, reduced_shape(input_, node_.attributes), input_,
                       [&](std::size_t i, std::size_t result, std::size_t) {
                         if (i == offset_) id = upstream_.leaf(scalars_, result);
                       });
    if (node_.op->name != "mean") return id;
    const auto count = static_cast<double>(input_.count()) / static_cast<double>(node_.shape.count());
    return scalars_.apply("div", {id, scalars_.constant(count)});
  }

  /// yₖ (gₖ − Σ gᵢ yᵢ)
  Id softmax() {
    const Named<T> y{node_.id, node_.value};
    const std::size_t classes = rows_of(input_).classes;
    const std::size_t start = offset_ / classes * classes;
    std::vector<Term> terms;
    for (std::size_t i = start; i < start + classes; ++i) {
      terms.push_back(scalars_.product(upstream_.name(i), upstream_.at(i), y.name(i), y.at(i)));
    }
    const Id inner = scalars_.apply("sub", {upstream_.leaf(scalars_, offset_), scalars_.sum(terms)});
    return scalars_.apply("mul", {y.leaf(scalars_, offset_), inner});
  }

  ScalarGraph& scalars_;
  const Graph<T>& graph_;
  const Node<T>& node_;
  std::size_t slot_;
  std::size_t offset_;
  const Shape& input_;
  Named<T> upstream_;
};

}  // namespace

template <class T>
ScalarGraph::Id gradient_lens(ScalarGraph& scalars, const Graph<T>& graph, NodeIndex node, std::size_t offset) {
  std::vector<Id> received;
  for (NodeIndex user = node + 1; user < graph.size(); ++user) {
    const Node<T>& operation = graph.node(user);
    if (!operation.has_grad || !operation.has_value) continue;
    for (std::size_t slot = 0; slot < operation.inputs.size(); ++slot) {
      if (operation.inputs[slot] != node || operation.op->slots[slot].combine == Combine::None) continue;
      received.push_back(ContributionLens<T>(scalars, graph, operation, slot, offset).build());
    }
  }
  const Named<T> gradient{"∂" + graph.node(node).id, graph.node(node).grad};
  if (received.empty()) {  // the seed, or a node that no gradient reaches
    const bool reached = graph.node(node).has_grad;
    return scalars.leaf(element_name(gradient.id, graph.node(node).shape, offset), reached ? gradient.at(offset) : 0);
  }
  Id total = received.front();
  for (std::size_t i = 1; i < received.size(); ++i) total = scalars.apply("add", {total, received[i]});
  return total;
}

template ScalarGraph::Id gradient_lens(ScalarGraph&, const Graph<float>&, NodeIndex, std::size_t);
template ScalarGraph::Id gradient_lens(ScalarGraph&, const Graph<double>&, NodeIndex, std::size_t);

}  // namespace backprop
