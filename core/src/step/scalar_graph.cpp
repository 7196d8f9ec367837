#include "step/scalar_graph.h"

#include "backprop/error.h"
#include "backprop/lens.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace backprop {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Positions of the weights, the largest first, equal ones as they stand. NaN counts as largest: it must not hide in
/// the rest.
std::vector<std::size_t> ordered_by(std::vector<double> weights) {
  for (double& each : weights) each = std::isnan(each) ? kInfinity : each;
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return weights[a] > weights[b]; });
  return order;
}

}  // namespace

ScalarGraph::Id ScalarGraph::leaf(const std::string& name, double value) {
  if (const auto found = leaves_.find(name); found != leaves_.end()) return found->second;
  // A name of the longest length plus an index would be refused when the document is read back, and an operator of the
  // lens may have the name already.
  const bool as_is = name.size() <= kMaxNameBytes && !names_.contains(name);
  return leaves_[name] = add_leaf("input", as_is ? name : unused("v"), value);
}

ScalarGraph::Id ScalarGraph::constant(double value) { return add_leaf("constant", unused("c"), value); }

ScalarGraph::Id ScalarGraph::apply(std::string_view op, std::initializer_list<Id> inputs) {
  const Id id = add(op, unused(op));
  for (const Id input : inputs) (*this)[id].inputs.push_back((*this)[input].id);
  if (op == "reshape") (*this)[id].attributes.emplace("shape", std::vector<std::int64_t>{});
  return id;
}

ScalarGraph::Id ScalarGraph::apply(std::string_view op, std::span<const Id> inputs, const Attributes& attributes) {
  const Id id = apply(op, {});
  for (const Id input : inputs) (*this)[id].inputs.push_back((*this)[input].id);
  (*this)[id].attributes = attributes;
  return id;
}

ScalarGraph::Id ScalarGraph::sum(const std::vector<double>& values, Build build) {
  std::vector<double> weights;
  for (const double each : values) weights.push_back(std::abs(each));
  return chain("add", ordered_by(std::move(weights)), build, values);
}

ScalarGraph::Id ScalarGraph::largest(const std::vector<double>& values, Build build) {
  return chain("maximum", ordered_by(values), build, values);
}

ScalarGraph::Id ScalarGraph::chain(std::string_view op, std::vector<std::size_t> order, Build build,
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
  const Id others = constant(rest);
  (*this)[others].label = message({"… (", order.size() - shown, ")"});
  return apply(op, {total, others});
}

GraphDocument ScalarGraph::document(Id root) {
  if ((*this)[root].value) root = apply("reshape", {root});
  document_.output = (*this)[root].id;
  return std::move(document_);
}

std::string ScalarGraph::unused(std::string_view stem) {
  for (std::size_t number = 1;; ++number) {
    std::string name = message({stem, number});
    if (!names_.contains(name)) return name;
  }
}

ScalarGraph::Id ScalarGraph::add(std::string_view op, std::string name) {
  names_.insert(name);
  DocumentNode& node = document_.nodes.emplace_back();
  node.id = std::move(name);
  node.op = op;
  return static_cast<Id>(document_.nodes.size() - 1);
}

ScalarGraph::Id ScalarGraph::add_leaf(std::string_view op, std::string name, double value) {
  const Id id = add(op, std::move(name));
  (*this)[id].value = Tensor::scalar(value);
  return id;
}

}  // namespace backprop
