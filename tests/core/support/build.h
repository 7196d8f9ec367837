#pragma once

#include "backprop/document.h"
#include "backprop/graph.h"

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

/// Short ways to write graphs down in tests.
namespace backprop::test {

inline Tensor vector(std::vector<double> elements) {
  const auto count = static_cast<std::int64_t>(elements.size());
  return {Shape{count}, std::move(elements)};
}
inline Tensor matrix(std::int64_t rows, std::int64_t columns, std::vector<double> elements) {
  return {Shape{rows, columns}, std::move(elements)};
}

inline DocumentNode leaf(std::string id, std::string op, Tensor value) {
  DocumentNode node;
  node.id = std::move(id);
  node.op = std::move(op);
  node.value = std::move(value);
  return node;
}
inline DocumentNode input(std::string id, double value) { return leaf(std::move(id), "input", Tensor::scalar(value)); }
inline DocumentNode input(std::string id, Tensor value) { return leaf(std::move(id), "input", std::move(value)); }
inline DocumentNode parameter(std::string id, Tensor value) {
  return leaf(std::move(id), "parameter", std::move(value));
}
inline DocumentNode constant(std::string id, double value) {
  return leaf(std::move(id), "constant", Tensor::scalar(value));
}
inline DocumentNode op(std::string id, std::string name, std::vector<std::string> inputs, Attributes attributes = {}) {
  DocumentNode node;
  node.id = std::move(id);
  node.op = std::move(name);
  node.inputs = std::move(inputs);
  node.attributes = std::move(attributes);
  return node;
}

inline GraphDocument document(std::vector<DocumentNode> nodes) {
  GraphDocument document;
  document.nodes = std::move(nodes);
  return document;
}

/// The numbers of a tensor that holds single precision.
inline std::vector<float> singles(const Tensor& tensor) { return {tensor.elements().begin(), tensor.elements().end()}; }

/// A graph with its numbers read by name.
struct Run {
  explicit Run(std::vector<DocumentNode> nodes) : graph(document(std::move(nodes))) {}

  Run& backward(const std::optional<Tensor>& seed = std::nullopt) {
    graph.backward(graph.output(), seed);
    return *this;
  }
  [[nodiscard]] double value(std::string_view id, std::size_t i = 0) const {
    return graph.value(graph.index_of(id))[i];
  }
  [[nodiscard]] double grad(std::string_view id, std::size_t i = 0) const { return graph.grad(graph.index_of(id))[i]; }
  [[nodiscard]] std::vector<double> values(std::string_view id) const {
    const auto elements = graph.value(graph.index_of(id)).elements();
    return {elements.begin(), elements.end()};
  }
  [[nodiscard]] std::vector<double> grads(std::string_view id) const {
    const Tensor grad = graph.grad(graph.index_of(id));
    return {grad.elements().begin(), grad.elements().end()};
  }

  Graph graph;
};

inline std::vector<DocumentNode> apple() {
  return {input("apple", 100), input("count", 2), op("price", "mul", {"apple", "count"}), input("tax", 1.1),
          op("total", "mul", {"price", "tax"})};
}

inline std::vector<DocumentNode> apples_and_oranges() {
  return {input("apple", 100),
          input("apples", 2),
          op("apple_price", "mul", {"apple", "apples"}),
          input("orange", 150),
          input("oranges", 3),
          op("orange_price", "mul", {"orange", "oranges"}),
          op("price", "add", {"apple_price", "orange_price"}),
          input("tax", 1.1),
          op("total", "mul", {"price", "tax"})};
}

}  // namespace backprop::test
