#include "step/scalar_graph.h"

#include "backprop/lens.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace backprop {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Positions 0 to count − 1, those of the largest weight first, equal ones as they stand.
template <class Weight>
std::vector<std::size_t> ordered_by(std::size_t count, Weight weight) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return weight(a) > weight(b); });
  return order;
}

}  // namespace

ScalarGraph::Id ScalarGraph::leaf(const std::string& name, double value) {
  if (ids_.contains(name)) return name;
  // A name of the longest length plus an index would be refused when the document is read back.
  return add_leaf("input", name.size() <= kMaxNameBytes ? name : unused("v"), value, {});
}

ScalarGraph::Id ScalarGraph::constant(double value, std::string label) {
  return add_leaf("constant", unused("c"), value, std::move(label));
}

ScalarGraph::Id ScalarGraph::apply(std::string_view op, std::vector<Id> inputs, Attributes attributes) {
  DocumentNode node;
  node.id = unused(op);
  node.op = op;
  node.inputs = std::move(inputs);
  node.attributes = std::move(attributes);
  if (op == "reshape") node.attributes.emplace("shape", std::vector<std::int64_t>{});
  document_.nodes.push_back(std::move(node));
  return document_.nodes.back().id;
}

ScalarGraph::Id ScalarGraph::sum(const std::vector<double>& values, const Build& build) {
  // NaN counts as largest: it must not hide in the rest.
  const auto weight = [&](std::size_t i) { return std::isnan(values[i]) ? kInfinity : std::abs(values[i]); };
  return chain("add", ordered_by(values.size(), weight), build, values);
}

ScalarGraph::Id ScalarGraph::largest(const std::vector<double>& values, const Build& build) {
  const auto weight = [&](std::size_t i) { return std::isnan(values[i]) ? kInfinity : values[i]; };
  return chain("maximum", ordered_by(values.size(), weight), build, values);
}

ScalarGraph::Id ScalarGraph::chain(std::string_view op, std::vector<std::size_t> order, const Build& build,
                                   const std::vector<double>& values) {
  if (order.empty()) return constant(0);
  const std::size_t shown = std::min(order.size(), kLensTerms);
  std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown));
  Id total = build(order[0]);
  for (std::size_t i = 1; i < shown; ++i) total = apply(op, {total, build(order[i])});
  if (shown == order.size()) return total;
  double rest = values[order[shown]];
  for (std::size_t i = shown + 1; i < order.size(); ++i) {
    rest = op == "add" ? rest + values[order[i]] : std::max(rest, values[order[i]]);
  }
  return apply(op, {total, constant(rest, message({"… (", order.size() - shown, ")"}))});
}

GraphDocument ScalarGraph::document(Id root) {
  const auto node = std::ranges::find(document_.nodes, root, &DocumentNode::id);
  document_.output = node->value ? apply("reshape", {root}) : std::move(root);
  return std::move(document_);
}

ScalarGraph::Id ScalarGraph::unused(std::string_view stem) {
  for (std::size_t number = 1;; ++number) {
    Id id = std::string(stem) + std::to_string(number);
    if (ids_.insert(id).second) return id;
  }
}

ScalarGraph::Id ScalarGraph::add_leaf(std::string_view op, Id id, double value, std::string label) {
  ids_.insert(id);
  DocumentNode node;
  node.id = id;
  node.op = op;
  node.value = Tensor<double>::scalar(value);
  node.label = std::move(label);
  document_.nodes.push_back(std::move(node));
  return id;
}

}  // namespace backprop
