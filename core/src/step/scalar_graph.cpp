#include "step/scalar_graph.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "backprop/lens.h"

namespace backprop {

ScalarGraph::Id ScalarGraph::leaf(const std::string& name, double value) {
  if (ids_.contains(name)) return name;
  // A name of the longest length plus an index would be refused when the document is read back.
  return add_leaf("input", name.size() <= kMaxNameBytes ? name : unused("v"), value, {});
}

ScalarGraph::Id ScalarGraph::constant(double value, std::string label) {
  return add_leaf("constant", unused("c"), value, std::move(label));
}

ScalarGraph::Id ScalarGraph::apply(std::string_view op, std::vector<Id> inputs) {
  DocumentNode node;
  node.id = unused(op);
  node.op = op;
  node.inputs = std::move(inputs);
  if (op == "reshape") node.attributes.emplace("shape", std::vector<std::int64_t>{});
  document_.nodes.push_back(std::move(node));
  return document_.nodes.back().id;
}

ScalarGraph::Term ScalarGraph::product(std::string x_name, double x, std::string y_name, double y) {
  return {x * y, [this, x_name = std::move(x_name), x, y_name = std::move(y_name), y] {
            return apply("mul", {leaf(x_name, x), leaf(y_name, y)});
          }};
}

ScalarGraph::Term ScalarGraph::element(std::string name, double value) {
  return {value, [this, name = std::move(name), value] { return leaf(name, value); }};
}

ScalarGraph::Id ScalarGraph::sum(const std::vector<Term>& terms) {
  if (terms.empty()) return constant(0);
  std::vector<std::size_t> order(terms.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::size_t shown = std::min(terms.size(), kLensTerms);
  // NaN counts as largest: it must not hide in the rest.
  const auto weight = [&](std::size_t i) {
    return std::isnan(terms[i].value) ? std::numeric_limits<double>::infinity() : std::abs(terms[i].value);
  };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return weight(a) > weight(b); });
  std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown));

  Id total = terms[order[0]].build();
  for (std::size_t i = 1; i < shown; ++i) total = apply("add", {total, terms[order[i]].build()});
  if (shown == terms.size()) return total;
  double rest = 0;
  for (std::size_t i = shown; i < order.size(); ++i) rest += terms[order[i]].value;
  return apply("add", {total, constant(rest, "… (" + std::to_string(terms.size() - shown) + ")")});
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
