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

/// Offset in `from` of the element that is broadcast to element `offset` of `to`.
std::size_t broadcast_offset(const Shape& from, const Shape& to, std::size_t offset) {
  const auto extents = padded_extents(to);
  const auto strides = broadcast_strides(from, to);
  std::size_t found = 0;
  for (std::size_t axis = kMaxRank; axis-- > 0;) {
    const auto extent = static_cast<std::size_t>(extents[axis]);
    found += offset % extent * static_cast<std::size_t>(strides[axis]);
    offset /= extent;
  }
  return found;
}

class ValueLens {
 public:
  ValueLens(ScalarGraph& scalars, const Seen& node, std::size_t offset)
      : scalars_(scalars), node_(node), offset_(offset) {}

  Id build() {
    const std::string_view op = node_.op.name;
    if (op == "matmul" || op == "affine") return product();
    if (op == "conv2d") return convolution_value(scalars_, node_, offset_);
    if (op == "max_pool2d" || op == "avg_pool2d") return pooling_value(scalars_, node_, offset_);
    if (op == "batch_norm" || op == "layer_norm") return norm_value(scalars_, node_, offset_);
    if (op == "dropout") return masked();
    if (node_.op.category == Category::Reduction) return reduction();
    // A label is no product and no sum: it says where the 1 stands.
    if (op == "one_hot" && !(in(0).shape() == node_.shape)) return scalars_.constant(node_.value.at(offset_));
    if (node_.op.category == Category::Shape) return same(moved());
    if (op == "softmax") return softmax();
    if (op == "log_softmax") return log_softmax();
    if (op == "softmax_with_loss") return cross_entropy();
    if (op == "sigmoid_with_loss") return binary_cross_entropy();
    if (op == "mean_squared_error") return squared_error();
    const bool elementwise = node_.op.category == Category::Arithmetic || node_.op.category == Category::Function;
    if (elementwise) return same_op();
    refuse(ErrorCode::Unsupported, {"\"", node_.id, "\": ", op, " cannot be unfolded yet."}, {node_.id});
  }

 private:
  [[nodiscard]] const Named& in(std::size_t slot) const { return node_.inputs[slot]; }

  Id same(Id leaf) { return scalars_.apply("reshape", {leaf}); }

  Id same_op() {
    std::vector<Id> inputs;
    for (const Named& input : node_.inputs) {
      inputs.push_back(input.leaf(scalars_, broadcast_offset(input.shape(), node_.shape, offset_)));
    }
    return scalars_.apply(node_.op.name, inputs, node_.attributes);
  }

  /// The one element of an input that stands here now.
  Id moved() {
    if (node_.op.name == "transpose") {
      const Permutation axes = permutation_of(in(0).shape(), node_.attributes);
      return in(0).leaf(scalars_, permuted_offset(in(0).shape(), axes, offset_));
    }
    if (node_.op.name == "concat") {
      std::vector<Shape> shapes;
      for (const Named& input : node_.inputs) shapes.push_back(input.shape());
      const Joined joined = joined_of(shapes, node_.attributes);
      const std::size_t along = offset_ % joined.row;
      std::size_t slot = shapes.size() - 1;
      while (along < joined.starts[slot]) --slot;
      return in(slot).leaf(scalars_, offset_ / joined.row * joined.runs[slot] + along - joined.starts[slot]);
    }
    return in(0).leaf(scalars_, offset_);
  }

  /// x times what the mask makes of it, which is a number of the rule.
  Id masked() {
    const double x = in(0).at(offset_);
    const Tensor one(node_.shape, 1);
    const Tensor* inputs[] = {&one};
    Tensor mask(node_.shape);
    node_.op.rule.forward({inputs, node_.op, node_.attributes}, mask);
    if (mask[offset_] == 0 && !std::isfinite(x)) return scalars_.constant(0);  // dropped, not multiplied by 0
    return scalars_.apply("mul", {in(0).leaf(scalars_, offset_), scalars_.constant(mask[offset_])});
  }

  /// Σₖ X[row, k] · W[k, column] (+ B[column])
  Id product() {
    const Product p = product_of(in(0).shape(), in(1).shape());
    const std::size_t row = offset_ / p.m;
    const std::size_t column = offset_ % p.m;
    std::vector<Pair> pairs;
    for (std::size_t k = 0; k < p.k; ++k) pairs.push_back({row * p.k + k, k * p.m + column});
    const Id sum = sum_of_products(scalars_, in(0), in(1), pairs);
    return node_.inputs.size() == 3 ? scalars_.apply("add", {sum, in(2).leaf(scalars_, column)}) : sum;
  }

  Id reduction() {
    const Named& x = in(0);
    std::vector<std::size_t> members;
    std::vector<double> values;
    for_each_broadcast(x.shape(), reduced_shape(x.shape(), node_.attributes), x.shape(),
                       [&](std::size_t i, std::size_t result, std::size_t) {
                         if (result != offset_) return;
                         members.push_back(i);
                         values.push_back(x.at(i));
                       });
    const auto leaf = [&](std::size_t i) { return x.leaf(scalars_, members[i]); };
    if (node_.op.name == "max") return scalars_.largest(values, leaf);
    Id sum = scalars_.sum(values, leaf);
    if (node_.op.name != "mean") return sum;
    return scalars_.apply("div", {sum, scalars_.constant(static_cast<double>(members.size()))});
  }

  /// One row of scores. They are shifted by the largest, as the operator does, so that no power overflows.
  struct Row {
    std::size_t start, classes;
    double shift;
  };
  [[nodiscard]] Row row_of(std::size_t offset) const {
    const std::size_t classes = rows_of(in(0).shape()).classes;
    Row row{.start = offset / classes * classes, .classes = classes, .shift = 0};
    row.shift = in(0).at(row.start);
    for (std::size_t c = 1; c < classes; ++c) row.shift = std::max(row.shift, in(0).at(row.start + c));
    return row;
  }
  [[nodiscard]] double power_value(const Row& row, std::size_t at) const { return std::exp(in(0).at(at) - row.shift); }
  Id power(const Row& row, std::size_t at) {
    return scalars_.apply("exp", {scalars_.apply("sub", {in(0).leaf(scalars_, at), scalars_.constant(row.shift)})});
  }
  Id sum_of_powers(const Row& row) {
    std::vector<double> values;
    for (std::size_t c = 0; c < row.classes; ++c) values.push_back(power_value(row, row.start + c));
    return scalars_.sum(values, [&](std::size_t c) { return power(row, row.start + c); });
  }
  Id log_of_sum(const Row& row) {
    return scalars_.apply("add", {scalars_.apply("log", {sum_of_powers(row)}), scalars_.constant(row.shift)});
  }

  Id softmax() {
    const Row row = row_of(offset_);
    const Id above = power(row, offset_);
    return scalars_.apply("div", {above, sum_of_powers(row)});
  }

  Id log_softmax() {
    const Id x = in(0).leaf(scalars_, offset_);
    return scalars_.apply("sub", {x, log_of_sum(row_of(offset_))});
  }

  Id mean_of(const std::vector<double>& values, ScalarGraph::Build build, std::size_t count) {
    const Id sum = scalars_.sum(values, build);
    return scalars_.apply("div", {sum, scalars_.constant(static_cast<double>(count))});
  }

  /// (1/n) Σ over the samples of Σ t (ln Σ eˣ − x)
  Id cross_entropy() {
    const Named& x = in(0);
    const Named& t = in(1);
    const Rows rows = rows_of(x.shape());
    const bool labels = !(x.shape() == t.shape());
    std::vector<std::size_t> scores;
    std::vector<double> values;
    for (std::size_t r = 0; r < rows.count; ++r) {
      const Row row = row_of(r * rows.classes);
      double powers = 0;
      for (std::size_t c = 0; c < rows.classes; ++c) powers += power_value(row, row.start + c);
      const double normaliser = row.shift + std::log(powers);
      for (std::size_t c = 0; c < rows.classes; ++c) {
        const std::size_t at = row.start + c;
        const double target = labels ? (static_cast<double>(c) == t.at(r) ? 1 : 0) : t.at(at);
        if (target == 0) continue;
        scores.push_back(at);
        values.push_back(target * (normaliser - x.at(at)));
      }
    }
    const auto surprise = [&](std::size_t i) {
      const Id normaliser = log_of_sum(row_of(scores[i]));
      const Id missing = scalars_.apply("sub", {normaliser, x.leaf(scalars_, scores[i])});
      return labels ? missing : scalars_.apply("mul", {t.leaf(scalars_, scores[i]), missing});
    };
    return mean_of(values, surprise, rows.count);
  }

  /// (1/n) Σ t softplus(−x) + (1 − t) softplus(x)
  Id binary_cross_entropy() {
    const Named& x = in(0);
    const Named& t = in(1);
    const auto softplus = [](double score) { return std::max(score, 0.0) + std::log1p(std::exp(-std::abs(score))); };
    std::vector<double> values;
    for (std::size_t i = 0; i < x.size(); ++i) {
      values.push_back((t.at(i) == 0 ? 0 : t.at(i) * softplus(-x.at(i))) +
                       (t.at(i) == 1 ? 0 : (1 - t.at(i)) * softplus(x.at(i))));
    }
    const auto surprise = [&](std::size_t i) {
      const Id score = x.leaf(scalars_, i);
      const auto if_yes = [&] { return scalars_.apply("softplus", {scalars_.apply("neg", {score})}); };
      const auto if_no = [&] { return scalars_.apply("softplus", {score}); };
      if (t.at(i) == 1) return if_yes();
      if (t.at(i) == 0) return if_no();
      const Id answer = t.leaf(scalars_, i);
      const Id yes = scalars_.apply("mul", {answer, if_yes()});
      const Id other = scalars_.apply("sub", {scalars_.constant(1), answer});
      return scalars_.apply("add", {yes, scalars_.apply("mul", {other, if_no()})});
    };
    return mean_of(values, surprise, x.size());
  }

  Id squared_error() {
    const Named& y = in(0);
    const Named& t = in(1);
    std::vector<double> values;
    for (std::size_t i = 0; i < y.size(); ++i) values.push_back((y.at(i) - t.at(i)) * (y.at(i) - t.at(i)));
    const auto square = [&](std::size_t i) {
      return scalars_.apply("square", {scalars_.apply("sub", {y.leaf(scalars_, i), t.leaf(scalars_, i)})});
    };
    return mean_of(values, square, y.size());
  }

  ScalarGraph& scalars_;
  const Seen& node_;
  std::size_t offset_;
};

}  // namespace

ScalarGraph::Id value_lens(ScalarGraph& scalars, const Seen& node, std::size_t offset) {
  return ValueLens(scalars, node, offset).build();
}

}  // namespace backprop
