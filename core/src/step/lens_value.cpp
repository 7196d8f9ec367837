#include <algorithm>
#include <cmath>

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

template <class T>
class ValueLens {
 public:
  ValueLens(ScalarGraph& scalars, const Graph<T>& graph, const Node<T>& node, std::size_t offset)
      : scalars_(scalars), graph_(graph), node_(node), offset_(offset) {}

  Id build() {
    const std::string_view op = node_.op->name;
    if (op == "matmul" || op == "affine") return product();
    if (op == "sum" || op == "mean") return reduction();
    if (op == "reshape") return scalars_.apply("reshape", {in(0).leaf(scalars_, offset_)});
    if (op == "softmax") return softmax(offset_);
    if (op == "softmax_with_loss") return cross_entropy();
    if (op == "mean_squared_error") return squared_error();
    const bool elementwise = node_.op->category == Category::Arithmetic || node_.op->category == Category::Function;
    if (elementwise) return same_op();
    throw Error(ErrorCode::Unsupported, "\"" + node_.id + "\": " + std::string(op) + " cannot be unfolded yet.", {node_.id});
  }

 private:
  [[nodiscard]] Named<T> in(std::size_t slot) const { return value_of(graph_, node_.inputs[slot]); }

  Id same_op() {
    std::vector<Id> inputs;
    for (std::size_t slot = 0; slot < node_.inputs.size(); ++slot) {
      const Named<T> input = in(slot);
      inputs.push_back(input.leaf(scalars_, broadcast_offset(input.tensor.shape(), node_.shape, offset_)));
    }
    return scalars_.apply(node_.op->name, std::move(inputs));
  }

  /// Σₖ X[row, k] · W[k, column] (+ B[column])
  Id product() {
    const Named<T> x = in(0);
    const Named<T> w = in(1);
    const Product p = product_of(x.tensor.shape(), w.tensor.shape());
    const auto inner = static_cast<std::size_t>(p.k);
    const auto columns = static_cast<std::size_t>(p.m);
    const std::size_t row = offset_ / columns;
    const std::size_t column = offset_ % columns;
    std::vector<Term> terms;
    for (std::size_t k = 0; k < inner; ++k) {
      const std::size_t in_x = row * inner + k;
      const std::size_t in_w = k * columns + column;
      terms.push_back(scalars_.product(x.name(in_x), x.at(in_x), w.name(in_w), w.at(in_w)));
    }
    const Id sum = scalars_.sum(terms);
    return node_.inputs.size() == 3 ? scalars_.apply("add", {sum, in(2).leaf(scalars_, column)}) : sum;
  }

  Id reduction() {
    const Named<T> x = in(0);
    const Shape& shape = x.tensor.shape();
    std::vector<Term> terms;
    for_each_broadcast(shape, reduced_shape(shape, node_.attributes), shape,
                       [&](std::size_t i, std::size_t result, std::size_t) {
                         if (result == offset_) terms.push_back(x.term(scalars_, i));
                       });
    const auto count = static_cast<double>(terms.size());
    const Id sum = scalars_.sum(terms);
    return node_.op->name == "mean" ? scalars_.apply("div", {sum, scalars_.constant(count)}) : sum;
  }

  /// Scores are shifted by their row's largest, as the operator does, so that no power overflows.
  Term power(const Named<T>& x, std::size_t at, double shift) {
    return {std::exp(x.at(at) - shift), [this, x, at, shift] {
              return scalars_.apply("exp", {scalars_.apply("sub", {x.leaf(scalars_, at), scalars_.constant(shift)})});
            }};
  }

  double largest(const Named<T>& x, std::size_t start, std::size_t classes) {
    const T* row = x.tensor.data() + start;
    return static_cast<double>(*std::max_element(row, row + classes));
  }

  Id sum_of_powers(const Named<T>& x, std::size_t start, std::size_t classes, double shift) {
    std::vector<Term> terms;
    for (std::size_t c = 0; c < classes; ++c) terms.push_back(power(x, start + c, shift));
    return scalars_.sum(terms);
  }

  Id softmax(std::size_t at) {
    const Named<T> x = in(0);
    const std::size_t classes = rows_of(x.tensor.shape()).classes;
    const std::size_t start = at / classes * classes;
    const double shift = largest(x, start, classes);
    return scalars_.apply("div", {power(x, at, shift).build(), sum_of_powers(x, start, classes, shift)});
  }

  /// (1/n) Σ over the samples of Σ t (ln Σ eˣ − x)
  Id cross_entropy() {
    const Named<T> x = in(0);
    const Named<T> t = in(1);
    const Rows rows = rows_of(x.tensor.shape());
    const bool labels = !(x.tensor.shape() == t.tensor.shape());
    std::vector<Term> samples;
    for (std::size_t r = 0; r < rows.count; ++r) {
      const std::size_t start = r * rows.classes;
      const double shift = largest(x, start, rows.classes);
      const double normaliser = log_sum_exp(x.tensor.data() + start, rows.classes);
      const auto log_of_sum = [this, x, start, rows, shift] {
        return scalars_.apply("add", {scalars_.apply("log", {sum_of_powers(x, start, rows.classes, shift)}),
                                      scalars_.constant(shift)});
      };
      for (std::size_t c = 0; c < rows.classes; ++c) {
        const double target = labels ? (static_cast<double>(c) == t.at(r) ? 1 : 0) : t.at(start + c);
        if (target == 0) continue;
        samples.push_back({target * (normaliser - x.at(start + c)), [this, x, t, labels, log_of_sum, at = start + c] {
                             const Id surprise = scalars_.apply("sub", {log_of_sum(), x.leaf(scalars_, at)});
                             return labels ? surprise : scalars_.apply("mul", {t.leaf(scalars_, at), surprise});
                           }});
      }
    }
    return scalars_.apply("div", {scalars_.sum(samples), scalars_.constant(static_cast<double>(rows.count))});
  }

  Id squared_error() {
    const Named<T> y = in(0);
    const Named<T> t = in(1);
    std::vector<Term> terms;
    for (std::size_t i = 0; i < y.tensor.size(); ++i) {
      const double difference = y.at(i) - t.at(i);
      terms.push_back({difference * difference, [this, y, t, i] {
                         return scalars_.apply("square", {scalars_.apply("sub", {y.leaf(scalars_, i), t.leaf(scalars_, i)})});
                       }});
    }
    return scalars_.apply("div", {scalars_.sum(terms), scalars_.constant(static_cast<double>(y.tensor.size()))});
  }

  ScalarGraph& scalars_;
  const Graph<T>& graph_;
  const Node<T>& node_;
  std::size_t offset_;
};

}  // namespace

template <class T>
ScalarGraph::Id value_lens(ScalarGraph& scalars, const Graph<T>& graph, NodeIndex node, std::size_t offset) {
  static_cast<void>(graph.value(node));  // NotComputed before its step
  return ValueLens<T>(scalars, graph, graph.node(node), offset).build();
}

template ScalarGraph::Id value_lens(ScalarGraph&, const Graph<float>&, NodeIndex, std::size_t);
template ScalarGraph::Id value_lens(ScalarGraph&, const Graph<double>&, NodeIndex, std::size_t);

}  // namespace backprop
