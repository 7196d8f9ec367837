#include "backprop/error.h"

#include "ops/concat.h"
#include "ops/permute.h"
#include "ops/product.h"
#include "ops/reduction.h"
#include "ops/rows.h"
#include "step/lens.h"
#include "tensor/broadcasting.h"

#include <algorithm>
#include <cmath>

namespace backprop {

namespace {

using Id = ScalarGraph::Id;

/// What one operator sends back to one element of one of its inputs.
class ContributionLens {
 public:
  ContributionLens(ScalarGraph& scalars, const Sent& sent) : scalars_(scalars), sent_(sent), node_(sent.node) {}

  Id build() {
    const std::string_view op = node_.op.name;
    if (node_.op.category == Category::Reduction) return reduction();
    switch (node_.op.slot(sent_.slot).combine) {
      case Combine::Times:
        return times();
      case Combine::Right:
        return product(true);
      case Combine::Left:
        return product(false);
      case Combine::Sum:
        return sum();
      case Combine::Reshape:
        return upstream().leaf(scalars_, sent_.offset);
      default:
        break;
    }
    if (op == "conv2d") return convolution_contribution(scalars_, sent_);
    if (op == "max_pool2d" || op == "avg_pool2d") return pooling_contribution(scalars_, sent_);
    if (op == "batch_norm" || op == "layer_norm") return norm_contribution(scalars_, sent_);
    if (op == "softmax") return softmax();
    if (op == "log_softmax") return log_softmax();
    if (node_.op.category == Category::Shape) return moved();
    refuse(ErrorCode::Unsupported, {"\"", node_.id, "\": the gradient of ", op, " cannot be unfolded yet."},
           {node_.id});
  }

 private:
  [[nodiscard]] const Named& upstream() const { return sent_.upstream; }
  [[nodiscard]] const Shape& input() const { return sent_.input(); }

  /// Elements of `shape` that were broadcast from the input's element, or that it was summed over.
  [[nodiscard]] std::vector<std::size_t> uses(const Shape& shape) const {
    std::vector<std::size_t> found;
    for_each_broadcast(shape, input(), shape, [&](std::size_t i, std::size_t source, std::size_t) {
      if (source == sent_.offset) found.push_back(i);
    });
    return found;
  }

  /// The name of a local derivative. The same node at two slots has two of one name.
  [[nodiscard]] std::string derivative_name() const {
    const std::string_view to = node_.inputs[sent_.slot].id();
    const bool twice = std::ranges::count(node_.inputs, to, &Named::id) > 1;
    return twice ? message({"∂", node_.id, "/∂", to, "#", sent_.slot + 1}) : message({"∂", node_.id, "/∂", to});
  }

  /// upstream · local, for every element of the result that this element went into.
  Id times() {
    const Tensor derivative = sent_.local();
    const bool scalar = node_.shape.rank() == 0;
    std::vector<Pair> pairs;
    for (const std::size_t i : uses(derivative.shape())) pairs.push_back({scalar ? 0 : i, i});
    const std::string name = derivative_name();
    return sum_of_products(scalars_, upstream(), Named(name, derivative), pairs);
  }

  /// dX = dY · Wᵀ: Σ over columns; dW = Xᵀ · dY: Σ over rows.
  Id product(bool to_x) {
    const Product p = product_of(node_.inputs[0].shape(), node_.inputs[1].shape());
    std::vector<Pair> pairs;
    for (std::size_t q = 0; q < (to_x ? p.m : p.n); ++q) {
      const std::size_t up = to_x ? sent_.offset / p.k * p.m + q : q * p.m + sent_.offset % p.m;
      const std::size_t at = to_x ? sent_.offset % p.k * p.m + q : q * p.k + sent_.offset / p.m;
      pairs.push_back({up, at});
    }
    return sum_of_products(scalars_, upstream(), node_.inputs[to_x ? 1 : 0], pairs);
  }

  Id sum() { return sum_of(scalars_, upstream(), uses(node_.shape)); }

  /// Every element of a sum receives the gradient of the result that it went into; of a mean, its share; of the
  /// largest, all or nothing.
  Id reduction() {
    std::size_t into = 0;
    for_each_broadcast(input(), reduced_shape(input(), node_.attributes), input(),
                       [&](std::size_t i, std::size_t result, std::size_t) {
                         if (i == sent_.offset) into = result;
                       });
    Id id = upstream().leaf(scalars_, into);
    if (node_.op.name == "max") {
      const Tensor derivative = sent_.local();
      const std::string name = derivative_name();
      return scalars_.apply("mul", {id, Named(name, derivative).leaf(scalars_, sent_.offset)});
    }
    if (node_.op.name != "mean") return id;
    const auto count = static_cast<double>(input().count()) / static_cast<double>(node_.shape.count());
    return scalars_.apply("div", {id, scalars_.constant(count)});
  }

  /// The one element of the result where it stands now.
  Id moved() {
    if (node_.op.name == "concat") {
      std::vector<Shape> shapes;
      for (const Named& each : node_.inputs) shapes.push_back(each.shape());
      const Joined joined = joined_of(shapes, node_.attributes);
      const std::size_t run = joined.runs[sent_.slot];
      return upstream().leaf(scalars_,
                             sent_.offset / run * joined.row + joined.starts[sent_.slot] + sent_.offset % run);
    }
    const Permutation axes = permutation_of(input(), node_.attributes);
    std::size_t at = 0;
    while (permuted_offset(input(), axes, at) != sent_.offset) ++at;
    return upstream().leaf(scalars_, at);
  }

  [[nodiscard]] std::vector<std::size_t> row() const {
    const std::size_t classes = rows_of(input()).classes;
    std::vector<std::size_t> offsets;
    for (std::size_t c = 0; c < classes; ++c) offsets.push_back(sent_.offset / classes * classes + c);
    return offsets;
  }

  /// yₖ (gₖ − Σ gᵢ yᵢ)
  Id softmax() {
    std::vector<Pair> pairs;
    for (const std::size_t i : row()) pairs.push_back({i, i});
    const Id sum = sum_of_products(scalars_, upstream(), node_.value, pairs);
    const Id inner = scalars_.apply("sub", {upstream().leaf(scalars_, sent_.offset), sum});
    return scalars_.apply("mul", {node_.value.leaf(scalars_, sent_.offset), inner});
  }

  /// gₖ − exp(yₖ) Σ gᵢ
  Id log_softmax() {
    const Id sum = sum_of(scalars_, upstream(), row());
    const Id probability = scalars_.apply("exp", {node_.value.leaf(scalars_, sent_.offset)});
    const Id part = scalars_.apply("mul", {probability, sum});
    return scalars_.apply("sub", {upstream().leaf(scalars_, sent_.offset), part});
  }

  ScalarGraph& scalars_;
  const Sent& sent_;
  const Seen& node_;
};

}  // namespace

ScalarGraph::Id contribution_lens(ScalarGraph& scalars, const Sent& sent) {
  return ContributionLens(scalars, sent).build();
}

}  // namespace backprop
